"""Rows in, rows out: CSV and XLSX, whatever program wrote them."""

"""Pure: the words of an offer letter, and the PDF that the candidate keeps."""

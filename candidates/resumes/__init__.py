"""Pure: the bytes of a resume to its kind, and to its text in a process of its own."""

"""People from a file: staged, looked at, then loaded five hundred lines at a time."""

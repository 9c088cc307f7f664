"""One believable company, made by the same verbs that everybody uses, at moments of its past."""

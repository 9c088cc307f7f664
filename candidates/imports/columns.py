"""Which column of a file means what, whoever exported it."""

from collections.abc import Mapping, Sequence

from ats.errors import Invalid

# What a line can say. Several columns of one target are read in their order.
TARGETS = {
    "name": "the whole name",
    "first_name": "given name, where the name has columns of its own",
    "last_name": "family name",
    "email": "addresses, the first is the primary one",
    "phone": "phone numbers",
    "location": "where they live",
    "links": "web addresses",
    "tags": "tags, by comma or semicolon",
    "requisition": "number of the requisition, if it is not one for the whole file",
    "stage": "stage, by its name",
    "status": "active, rejected or withdrawn; hired is refused",
    "reason": "why they were rejected or withdrew",
    "source": "where they came from",
    "applied_on": "when they applied: 2026-03-04, or in words",
}
Columns = dict[str, list[str]]

# The headers of what each system exports, as of its public help pages, and usual words.
PRESETS: dict[str, dict[str, tuple[str, ...]]] = {
    "greenhouse": {
        "first_name": ("First Name", "Candidate First Name"),
        "last_name": ("Last Name", "Candidate Last Name"),
        "name": ("Name", "Candidate Name", "Candidate"),
        "email": ("Email", "Email Address", "Emails", "Email Addresses", "Candidate Email"),
        "phone": ("Phone", "Phone Number", "Phone Numbers", "Mobile Phone"),
        "location": ("Address", "Location", "Addresses"),
        "links": ("Website", "LinkedIn", "Social Media", "Social Media Addresses", "Websites"),
        "tags": ("Tags", "Candidate Tags"),
        "stage": ("Stage", "Current Stage", "Stage Name"),
        "status": ("Status", "Application Status"),
        "reason": ("Rejection Reason", "Reason"),
        "source": ("Source", "Source Name"),
        "applied_on": ("Applied On", "Application Date", "Date Applied", "Applied At"),
        "requisition": ("Requisition ID", "Requisition"),
    },
    "lever": {
        "name": ("Candidate Name", "Name", "Full Name"),
        "email": ("Candidate Email", "Email", "Emails"),
        "phone": ("Phone", "Phones", "Candidate Phone"),
        "location": ("Location", "Candidate Location"),
        "links": ("Links", "LinkedIn URL"),
        "tags": ("Tags", "Candidate Tags"),
        "stage": ("Current Stage", "Stage", "Stage Name"),
        "status": ("Archived", "Archive Status", "Status"),
        "reason": ("Archive Reason", "Archived Reason"),
        "source": ("Source", "Origin", "Sources"),
        "applied_on": ("Created At", "Applied At", "Date Created", "Created Date"),
        "requisition": ("Requisition Code", "Requisition"),
    },
    "ashby": {
        "name": ("Candidate Name", "Name"),
        "email": ("Primary Email", "Email", "Primary Email Address", "Emails"),
        "phone": ("Primary Phone Number", "Phone Number", "Phone"),
        "location": ("Candidate Location", "Location"),
        "links": ("LinkedIn", "LinkedIn URL", "Social Links", "Website"),
        "tags": ("Candidate Tags", "Tags"),
        "stage": ("Current Interview Stage", "Interview Stage", "Current Stage", "Stage"),
        "status": ("Application Status", "Status"),
        "reason": ("Archive Reason", "Rejection Reason"),
        "source": ("Source", "Source Title"),
        "applied_on": ("Application Created At", "Applied At", "Created At", "Application Date"),
        "requisition": ("Requisition ID", "Requisition Identifier"),
    },
}
ONCE = {"name", "stage", "status", "reason", "source", "applied_on", "requisition", "location"}


def guess(header: Sequence[str], preset: str = "") -> Columns:
    """By the names that the preset's system gives them, or that any of them does."""
    known = [PRESETS[preset]] if preset else list(PRESETS.values())
    columns: Columns = {}
    taken: set[str] = set()
    for target, label in TARGETS.items():
        names = {folded(target): 0, folded(label): 0}
        for each in known:
            names |= {folded(name): place for place, name in enumerate(each.get(target, ()), 1)}
        found = [name for name in header if folded(name) in names and name not in taken]
        found.sort(key=lambda name: names[folded(name)])
        if found := found[:1] if target in ONCE else found:
            columns[target] = found
            taken |= set(found)
    if {"first_name", "last_name"} <= set(columns):
        columns.pop("name", None)
    return columns


def folded(name: str) -> str:
    return "".join(sign for sign in name.casefold() if sign.isalnum())


def check_columns(header: Sequence[str], columns: Mapping[str, Sequence[str]]) -> Columns:
    """Raises `Invalid("columns", ...)` for what is no target, or no column of the file."""
    if unknown := set(columns) - set(TARGETS):
        raise Invalid("columns", f"There is no {min(unknown)!r:.100}: {', '.join(TARGETS)}.")
    for target, names in columns.items():
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            raise Invalid("columns", f"{target} is a list of columns by their names.")
        if missing := [name for name in names if name not in header]:
            raise Invalid("columns", f"The file has no column {missing[0]!r:.100}.")
    chosen = {target: list(names) for target, names in columns.items() if names}
    if not {"name", "first_name", "last_name"} & set(chosen):
        raise Invalid("columns", "No column says what people are called: name one as name.")
    return chosen

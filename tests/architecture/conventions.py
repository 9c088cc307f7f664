"""The house's rules that can be read off the source. Each takes text and names what breaks it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
APPS = ("requisitions", "candidates", "interviews")
GUARDED = {"status", "stage"}
RECRUITING = re.compile(r"candidate|requisition|interview|applicant|hiring", re.IGNORECASE)
WIRING = ("settings.py", "urls.py", "celery.py", "site.py", "generated.py")
KERNEL_MAY_SAY = (*WIRING, "admin", "templates/admin")
DEMO = re.compile(r"management/commands/demo|ats/demo")


def sources(*folders: str) -> Iterator[tuple[str, str]]:
    """(path from the root, text) of every Python file, migrations left out."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield str(path.relative_to(ROOT)), path.read_text()


def writes_guarded_state(path: str, text: str) -> list[str]:
    """Only `actions/` sets `status` or `stage`."""
    if "/actions/" in path or "/models/" in path:
        return []
    return [
        f"{path}:{node.lineno} sets {name}"
        for node in ast.walk(ast.parse(text))
        for name in guarded_writes(node)
    ]


def guarded_writes(node: ast.AST) -> Iterator[str]:
    targets: list[ast.expr] = []
    if isinstance(node, ast.Assign):
        targets = node.targets
    elif isinstance(node, ast.AugAssign | ast.AnnAssign):
        targets = [node.target]
    for target in targets:
        for part in ast.walk(target):
            is_own = isinstance(part, ast.Attribute) and is_self(part.value)
            if isinstance(part, ast.Attribute) and part.attr in GUARDED and not is_own:
                yield part.attr
    if isinstance(node, ast.Call):
        yield from guarded_calls(node)


def is_self(node: ast.expr) -> bool:
    """A view's or a page's own attribute is not a row's column."""
    return isinstance(node, ast.Name) and node.id == "self"


def guarded_calls(call: ast.Call) -> Iterator[str]:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if name in {"update", "bulk_update"}:
        yield from (keyword.arg for keyword in call.keywords if keyword.arg in GUARDED)
    if name == "setattr" and len(call.args) > 1 and isinstance(call.args[1], ast.Constant):
        yield from (str(call.args[1].value) for _ in [0] if call.args[1].value in GUARDED)


def names_recruiting_in_kernel(path: str, text: str) -> list[str]:
    """The kernel has never heard of what it is used for."""
    inside = path.removeprefix("ats/")
    if inside.startswith(KERNEL_MAY_SAY) or DEMO.search(path):
        return []
    return [
        f"{path}:{number} says {found.group()!r}"
        for number, line in enumerate(text.splitlines(), 1)
        if (found := RECRUITING.search(line))
    ]


def functions(text: str) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef))


def is_atomic(function: ast.FunctionDef) -> bool:
    return any("atomic" in ast.unparse(decorator) for decorator in function.decorator_list)


def calls(function: ast.FunctionDef) -> set[str]:
    return {
        node.func.id if isinstance(node.func, ast.Name) else node.func.attr
        for node in ast.walk(function)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute)
    }


RECORDS = {"record", "record_first"}


def silent_actions(files: list[tuple[str, str]]) -> list[str]:
    """Every atomic action records an event, itself or through what it calls."""
    graph = {
        (path, function.name): calls(function)
        for path, text in files
        for function in functions(text)
    }

    def meant(path: str, name: str) -> set[tuple[str, str]]:
        """The function of this name in the same file, or else those in any other."""
        here = (path, name)
        return {here} if here in graph else {each for each in graph if each[1] == name}

    links = {
        place: set().union(*(meant(place[0], name) for name in called), called & RECORDS)
        for place, called in graph.items()
    }
    speaking: set[Any] = set(RECORDS)
    while more := {place for place, reached in links.items() if reached & speaking} - speaking:
        speaking |= more
    return [
        f"{path}:{function.lineno} {function.name} records nothing"
        for path, text in files
        for function in functions(text)
        if is_atomic(function) and (path, function.name) not in speaking
    ]


def hurried_actions(path: str, text: str) -> list[str]:
    """One `now()` per verb: two times in one fact cannot both be true."""
    return [
        f"{path}:{function.lineno} {function.name} asks the clock twice"
        for function in functions(text)
        if ast.unparse(function).count("now()") > 1
    ]


# What scopes a list: what a reader may see, what the public may, what waits for one's own answer.
SCOPES = ("visible_to", "super().get_queryset", "on_the_board", "pending_for")
# Departments, offices, the library: everybody who works here may look these up.
OPEN_TO_COLLEAGUES = {"CompanyViewSet"}


def unscoped_viewsets(path: str, text: str) -> list[str]:
    """A viewset that has its own `get_queryset` still goes through a scope."""
    return [
        f"{path}:{function.lineno} {view.name} reads without a scope"
        for view in ast.walk(ast.parse(text))
        if isinstance(view, ast.ClassDef) and view.name not in OPEN_TO_COLLEAGUES
        for function in view.body
        if isinstance(function, ast.FunctionDef) and function.name == "get_queryset"
        if not any(scope in ast.unparse(function) for scope in SCOPES)
    ]


def migration_imports(path: str, text: str) -> list[str]:
    """A migration must still run when the code that it was made from is gone."""
    ours = re.compile(r"^\s*(?:from|import) (ats|\w+s)\b", re.MULTILINE)
    known = {"ats", *APPS}
    found = [match.group(1) for match in ours.finditer(text)]
    return [f"{path} imports {name}" for name in found if name in known]


def pretends(path: str, text: str) -> list[str]:
    """Only the demo company may make up the time."""
    if DEMO.search(path) or path == "ats/clock.py":
        return []
    return [f"{path} pretends another time" for _ in re.finditer(r"\bpretend\(", text)]

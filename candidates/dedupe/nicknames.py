"""Short names and the full ones that they stand for: our own list of common ones."""

from pathlib import Path

LISTS = Path(__file__).parent / "lists"


def listed(name: str) -> frozenset[str]:
    return frozenset((LISTS / name).read_text(encoding="utf-8").split())


def table(lines: str) -> dict[str, frozenset[str]]:
    """Each word with the first words of the lines that it stands in, and itself."""
    full: dict[str, set[str]] = {}
    for line in filter(None, lines.splitlines()):
        for word in line.split():
            full.setdefault(word, {word}).add(line.split()[0])
    return {word: frozenset(found) for word, found in full.items()}


NICKNAMES = table((LISTS / "nicknames.txt").read_text(encoding="utf-8"))

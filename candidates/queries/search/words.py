"""What a person typed into the search box, as a tree of words. Pure: it raises for no text.

    java (kotlin or scala) "machine learning" econ* -junior

Words that stand together must all be there. `or` (also OR and |) means either; parentheses group;
"quoted words" stand side by side; a star ends the beginning of a word. A minus, or NOT, is about
the whole search wherever it stands: nobody in whose profile or resumes the word is.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain

LONGEST = 500
MOST = 40
DEEPEST = 10
QUOTES = {'"': '"', "“": "”", "„": "“”", "«": "»", "»": "«", "”": "”"}
EITHER = {"or", "OR", "Or", "|", "||"}
BOTH = {"and", "AND", "And", "&", "&&"}
NOT = {"NOT"}
OPEN, CLOSE = "(", ")"


@dataclass(frozen=True)
class Term:
    """Words side by side; `is_beginning` if the last one may go on."""

    text: str
    is_beginning: bool = False

    @property
    def said(self) -> str:
        return f"a word that begins with “{self.text}”" if self.is_beginning else f"“{self.text}”"


@dataclass(frozen=True)
class All:
    parts: tuple["Node", ...]

    @property
    def said(self) -> str:
        return " and ".join(inside(part) for part in self.parts)


@dataclass(frozen=True)
class Either:
    parts: tuple["Node", ...]

    @property
    def said(self) -> str:
        return " or ".join(inside(part) for part in self.parts)


Node = Term | All | Either


def inside(node: Node) -> str:
    return node.said if isinstance(node, Term) else f"({node.said})"


@dataclass(frozen=True)
class Asked:
    """`wanted` is None where nothing is; `notes` say what was understood otherwise than typed."""

    wanted: Node | None
    without: tuple[Node, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """How the text was understood; "" for nothing."""
        said = f"The profile or a resume says {bare(self.wanted)}" if self.wanted else ""
        if self.without:
            besides = "; nowhere " if said else "The profile and the resumes say nowhere "
            said += besides + " or ".join(inside(each) for each in self.without)
        return " ".join([*([f"{said}."] if said else []), *self.notes])

    @property
    def terms(self) -> list[Term]:
        """All that is wanted, to be marked where it is found."""
        return list(terms_of(self.wanted)) if self.wanted else []


def bare(node: Node) -> str:
    return node.said


def terms_of(node: Node) -> Iterator[Term]:
    if isinstance(node, Term):
        yield node
    else:
        yield from chain.from_iterable(terms_of(part) for part in node.parts)


def understand(text: str) -> Asked:
    reader = Reader(printable(text))
    wanted = reader.either(0)
    while reader.more:  # a parenthesis that nobody opened
        reader.take()
        reader.note("A parenthesis that nothing opens was left out.")
        wanted = together([wanted, reader.either(0)])
    return Asked(wanted, tuple(reader.without), tuple(reader.notes))


def printable(text: str) -> str:
    """Without halves of characters and what controls a terminal; the rest as it was typed."""
    return "".join(" " if unicodedata.category(sign) in ("Cc", "Cs") else sign for sign in text)


def says_something(text: str) -> bool:
    return any(sign.isalnum() for sign in text)


@dataclass
class Reader:
    text: str
    without: list[Node] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        if len(self.text) > LONGEST:
            self.text = self.text[:LONGEST]
            self.note(f"Only the first {LONGEST} characters count.")
        self.tokens = list(self.tokens_of())
        words = [place for place, (kind, _) in enumerate(self.tokens) if kind == "term"]
        if len(words) > MOST:
            del self.tokens[words[MOST] :]
            self.note(f"Only the first {MOST} words count.")
        self.at = 0

    def note(self, sentence: str) -> None:
        if sentence not in self.notes:
            self.notes.append(sentence)

    # From signs to tokens

    def tokens_of(self) -> Iterator[tuple[str, str]]:
        """(kind, text); the kind is term, phrase, minus, either, both, or a parenthesis."""
        at = 0
        while at < len(self.text):
            sign = self.text[at]
            if sign.isspace():
                at += 1
            elif sign in (OPEN, CLOSE):
                yield sign, sign
                at += 1
            elif sign == "-" and self.begins_something(at):
                yield "minus", sign
                at += 1
            elif sign in QUOTES:
                phrase, at = self.quoted(at)
                yield "phrase", phrase
            else:
                word, at = self.word(at)
                yield kind_of(word), word

    def begins_something(self, at: int) -> bool:
        """A minus before a word, and no hyphen or dash."""
        before = self.text[at - 1] if at else " "
        after = self.text[at + 1 : at + 2]
        return (before.isspace() or before == OPEN) and bool(after) and not after.isspace()

    def quoted(self, at: int) -> tuple[str, int]:
        closers = QUOTES[self.text[at]] + '"'
        ends = [place for closer in closers if (place := self.text.find(closer, at + 1)) > 0]
        if not ends:
            self.note("A quotation mark that nothing closes was closed at the end.")
        end = min(ends, default=len(self.text))
        return self.text[at + 1 : end], end + 1

    def word(self, at: int) -> tuple[str, int]:
        end = at
        while end < len(self.text) and not self.ends_word(self.text[end]):
            end += 1
        return self.text[at:end], end

    def ends_word(self, sign: str) -> bool:
        return sign.isspace() or sign in QUOTES or sign in (OPEN, CLOSE)

    # From tokens to a tree

    @property
    def more(self) -> bool:
        return self.at < len(self.tokens)

    @property
    def next(self) -> str:
        return self.tokens[self.at][0] if self.more else ""

    def take(self) -> str:
        self.at += 1
        return self.tokens[self.at - 1][1]

    def either(self, depth: int) -> Node | None:
        parts = [self.all(depth)]
        while self.next == "either":
            self.take()
            parts.append(self.all(depth))
        found = [part for part in parts if part is not None]
        if len(found) < len(parts) > 1:
            self.note("An “or” with nothing on one side was left out.")
        return Either(tuple(found)) if len(found) > 1 else found[0] if found else None

    def all(self, depth: int) -> Node | None:
        parts = []
        while self.more and self.next not in ("either", CLOSE):
            parts.append(self.item(depth))
        return together(parts)

    def item(self, depth: int) -> Node | None:
        """One word, phrase or group; None for what joins or says nothing, and for what is not
        wanted, which is kept apart."""
        kind, text = self.next, self.take()
        match kind:
            case "minus":
                is_last = not self.more or self.next in ("either", CLOSE)
                unwanted = None if is_last else self.item(depth)
                self.without.extend([unwanted] if unwanted else [])
                return None
            case "both":
                return None
            case "(":
                return self.group(depth)
            case "phrase":
                return self.term(text, Term(" ".join(text.split())))
            case _:
                return self.plain(text)

    def group(self, depth: int) -> Node | None:
        if depth >= DEEPEST:
            self.note(f"Parentheses deeper than {DEEPEST} were left out.")
            return None
        found = self.either(depth + 1)
        if self.next == CLOSE:
            self.take()
        else:
            self.note("A parenthesis that nothing closes was closed at the end.")
        return found

    def plain(self, word: str) -> Term | None:
        text = word.strip("*")
        begins = word.endswith("*")
        if begins and sum(sign.isalnum() for sign in text) < 2:
            self.note("A star needs two letters before it: it was left out.")
            begins = False
        if "*" in text or word.startswith("*"):
            self.note("A star counts only at the end of a word.")
        return self.term(word, Term(" ".join(text.replace("*", " ").split()), begins))

    def term(self, typed: str, term: Term) -> Term | None:
        if says_something(term.text):
            return term
        if typed.strip():
            self.note("Signs without a letter or a digit were left out.")
        return None


def kind_of(word: str) -> str:
    if word in EITHER:
        return "either"
    if word in BOTH:
        return "both"
    return "minus" if word in NOT else "term"


def together(parts: list[Node | None]) -> Node | None:
    found = [part for part in parts if part is not None]
    return All(tuple(found)) if len(found) > 1 else found[0] if found else None

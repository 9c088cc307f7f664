"""Who matches: the parameters of a search as one query over people that the reader may see.

In order of recency or name, never by how well somebody matches: no computed number ranks people.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import reduce
from itertools import chain
from operator import and_, or_
from typing import Any

from django.db.models import F, Q, QuerySet

from ats.accounts.models import User
from ats.custom_fields.asking import OPERATORS, question
from ats.custom_fields.enums import RANGED, Audience, FieldKind
from ats.custom_fields.models import CustomField
from ats.errors import Invalid
from candidates.models import Application, Candidate, CandidateValue, SearchWords
from candidates.models.words import folded
from candidates.queries.search.criteria import CRITERIA, Part, Wrong, addressed, called
from candidates.queries.search.matching import matching
from candidates.queries.search.words import Asked, Either, Node, Term, terms_of, understand

Params = Mapping[str, Sequence[str]]
WORDS = "q"
CUSTOM = "custom."
# What reads texts about people, so that it is kept on record who looked for what.
RECORDED = (WORDS, "name", "email", "phone", "place", "competency")
MOST_VALUES = 50
NUMBER = re.compile(r"\+?[\d\s()./-]{6,40}", re.ASCII)


@dataclass(frozen=True)
class Chip:
    """One value of the search in words, to be shown and taken away."""

    parameter: str
    value: str
    said: str


@dataclass
class Search:
    """A search as this reader may ask it. `problems` are what cannot be asked (any more), by
    parameter; with one of them it finds nobody, and never more people than were asked for."""

    user: User
    params: dict[str, list[str]]
    words: Asked | None = None
    parts: dict[str, list[Part]] = field(default_factory=dict)
    chips: list[Chip] = field(default_factory=list)
    problems: list[tuple[str, str]] = field(default_factory=list)

    @property
    def sentence(self) -> str:
        """How all of it was understood."""
        said = [self.words.sentence] if self.words else []
        others = [chip.said for chip in self.chips if chip.parameter != WORDS]
        return " ".join([*said, *(f"{each[:1].upper()}{each[1:]}." for each in others)])

    @property
    def is_recorded(self) -> bool:
        return any(name in self.params for name in RECORDED)

    def people(self) -> QuerySet[Candidate]:
        seen = Candidate.objects.alias(
            folded_name=folded(F("name")), folded_place=folded(F("location"))
        )
        if self.problems:
            return seen.none()
        rows = self.with_applications(seen)
        for condition in chain(self.conditions("person"), self.said()):
            rows = rows.filter(condition)
        return rows

    def with_applications(self, rows: QuerySet[Candidate]) -> QuerySet[Candidate]:
        wanted = list(self.conditions("application"))
        if not wanted:
            return rows.visible_to(self.user)  # type: ignore[attr-defined,no-any-return]
        mine = Application.objects.visible_to(self.user).filter(reduce(and_, wanted))
        return rows.filter(pk__in=mine.values("candidate"))

    def conditions(self, kind: str) -> Iterator[Q]:
        """Per parameter: any of its values, or each of them by itself."""
        for name, parts in self.parts.items():
            found = [getattr(part, kind) for part in parts if getattr(part, kind) is not None]
            criterion = CRITERIA.get(name)
            if criterion and criterion.many and not criterion.all_of_them and found:
                yield reduce(or_, found)
            else:
                yield from found

    def said(self) -> Iterator[Q]:
        """What profile and resumes say, read only where this reader may read."""
        for parts in self.parts.values():
            yield from (Q(pk__in=self.saying(part.words)) for part in parts if part.words)
        if self.words is None:
            return
        if self.words.wanted:
            rows = self.saying(self.words.wanted)
            reached = reached_at(self.words.wanted, self.user)
            yield Q(pk__in=rows if reached is None else rows.union(reached))
        if self.words.without:
            yield ~Q(pk__in=self.saying(Either(self.words.without)))
        if not (self.words.wanted or self.words.without):
            yield Q(pk__in=[])

    def saying(self, node: Node) -> QuerySet[Any]:
        return saying(node, self.user).values("candidate")


def reached_at(node: Node, user: User) -> QuerySet[Any] | None:
    """Whose address or number was typed into the box for words."""
    text = " ".join(term.text for term in terms_of(node))
    read = addressed if isinstance(node, Term) and "@" in text else called
    if read is called and not NUMBER.fullmatch(text):
        return None
    try:
        return Candidate.objects.filter(read(text, user).person or Q()).values("pk")
    except Wrong:
        return None


def saying(node: Node, user: User) -> QuerySet[SearchWords]:
    """Whose words, and those of which resumes, match; as far as this reader may read them."""
    return SearchWords.objects.visible_to(user).filter(matching(node))


def read_search(user: User, params: Params) -> Search:
    """Whatever is given; what cannot be meant is among the problems."""
    search = Search(user, {name: list(values) for name, values in params.items()})
    custom = custom_criteria(user) if any(name.startswith(CUSTOM) for name in params) else {}
    for name, values in search.params.items():
        if len(values) > MOST_VALUES:
            search.problems.append((name, f"Give at most {MOST_VALUES} values."))
        elif name == WORDS:
            text = " ".join(values)
            search.words = understand(text)
            search.chips.append(Chip(name, text, search.words.sentence))
        elif name in CRITERIA or name in custom:
            read_values(search, name, values, custom.get(name))
        else:
            search.problems.append((name, unknown(name, [WORDS, *CRITERIA, *custom])))
    return search


def read_values(search: Search, name: str, values: Sequence[str], custom: Any) -> None:
    read = custom or CRITERIA[name].read
    for value in values:
        try:
            part = read(value, search.user)
        except Wrong as problem:
            search.problems.append((name, str(problem)))
        else:
            search.parts.setdefault(name, []).append(part)
            search.chips.append(Chip(name, value, part.said))


def unknown(name: str, known: Sequence[str]) -> str:
    near = get_close_matches(name, known, n=1)
    return f"There is no such parameter. {f'Did you mean {near[0]!r}?' if near else ''}".strip()


def custom_criteria(user: User) -> dict[str, Any]:
    """By parameter, as on every list that has custom fields."""
    return {
        f"{CUSTOM}{each.key}{operator}": asking(each, operator)
        for each in CustomField.objects.asked("candidate").visible_to(user)
        if each.kind != FieldKind.LONG_TEXT
        for operator in ("", *(OPERATORS if each.kind in RANGED else ()))
    }


SIGNS = {"": "is", "__gte": "is at least", "__lte": "is at most", "__gt": "is more than"}


def asking(asked: CustomField, operator: str) -> Any:
    def read(text: str, user: User) -> Part:
        try:
            columns = question(asked, text)
        except Invalid as problem:
            raise Wrong(problem.sentence) from None
        wanted = {
            name + operator * (name in ("number", "day")): value for name, value in columns.items()
        }
        rows = CandidateValue.objects.filter(field=asked, **wanted)
        condition = Q(pk__in=rows.values("candidate"))
        if asked.audience != Audience.TEAM:
            condition &= Q(pk__in=Candidate.objects.recruited_by(user).values("pk"))
        return Part(f"{asked.name} {SIGNS.get(operator, 'is less than')} {text}", person=condition)

    return read

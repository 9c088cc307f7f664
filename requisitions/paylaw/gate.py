"""Which pay transparency laws a posting falls under, what they ask for, and what it lacks."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from requisitions.paylaw.places import Place, place, places

IN_POSTING, BEFORE_INTERVIEW, ON_REQUEST = "in_posting", "before_interview", "on_request"
RANGE, BENEFITS, OTHER_PAY, CLOSING_DATE = "range", "benefits", "other_pay", "closing_date"
WORDS = {
    RANGE: "a pay range",
    BENEFITS: "a general description of the benefits",
    OTHER_PAY: "a general description of bonuses and other pay",
    CLOSING_DATE: "the day on which applications close",
}
HOW = {
    IN_POSTING: "for a pay range in the posting",
    BEFORE_INTERVIEW: "that applicants know the pay before the interview",
}
# How many of a unit of time there are in a working year, to compare ranges with a yearly limit.
A_YEAR = {"year": 1, "month": 12, "week": 52, "day": 260, "hour": 2080}
NOWHERE = (
    "No pay range is given: add a minimum and a maximum with currency and period."
    " No place is stated that tells which law holds, so that the strictest is assumed."
)


@dataclass(frozen=True)
class Rule:
    """One law: where it holds, since when, for whom, what it asks for and what refuses to publish.

    `region` and `city` are "" where the whole country or region is meant; country "EU" is the 27.
    `min_employees` counts the employer's people; `widest` and `exempt_above` are yearly amounts.
    """

    key: str
    name: str
    law: str
    country: str
    region: str = ""
    city: str = ""
    when: str = IN_POSTING
    asks: tuple[str, ...] = (RANGE,)
    blocks: tuple[str, ...] = (RANGE,)
    min_employees: int = 1
    covers_remote: bool = True
    covers_internal: bool = True
    widest: Decimal | None = None
    exempt_above: Decimal | None = None
    effective_on: date = date.min
    ends_on: date | None = None

    @property
    def place(self) -> Place:
        cities = (self.city.casefold(),) if self.city else ()
        return Place(self.name, self.country, self.region, cities)

    def holds(self, today: date, employees: int | None, is_internal: bool) -> bool:
        """A size that nobody told us counts as large enough."""
        is_dated = self.effective_on <= today and (self.ends_on is None or today < self.ends_on)
        is_large = employees is None or employees >= self.min_employees
        return is_dated and is_large and (self.covers_internal or not is_internal)


@dataclass(frozen=True)
class Range:
    """`office` is the place of the office that it is for; without scope and office: everywhere."""

    minimum: Decimal
    maximum: Decimal
    currency: str
    period: str
    scope: str = ""
    office: Place | None = None

    @property
    def where(self) -> list[Place]:
        """The places that it is for; none where it holds everywhere, or names no known place."""
        if self.office:
            return [self.office]
        return [each for each in places(self.scope) if each.is_known] if self.scope else []

    def covers(self, target: Place) -> bool:
        where = self.where
        same = self.scope.casefold().strip() == target.text.casefold().strip()
        return same or not where or any(each.contains(target) for each in where)

    @property
    def words(self) -> str:
        where = f" for {self.scope}" if self.scope else ""
        return f"{self.minimum:,.0f} to {self.maximum:,.0f} {self.currency}{where}"


@dataclass(frozen=True)
class Job:
    """What the gate has to know of a posting."""

    places: Sequence[Place]
    ranges: Sequence[Range]
    is_remote: bool = False
    is_internal: bool = False
    says: frozenset[str] = frozenset()


@dataclass
class Finding:
    """One place, the laws that hold there, and in sentences what refuses and what is advised."""

    place: Place
    rules: list[Rule]
    blockers: list[str] = field(default_factory=list)
    advice: list[str] = field(default_factory=list)


def check(job: Job, rules: Iterable[Rule], *, employees: int | None, today: date) -> list[Finding]:
    """One finding per place; a remote job without a place can be done under any law."""
    held = [rule for rule in rules if rule.holds(today, employees, job.is_internal)]
    where = list(job.places) or [Place("anywhere" if job.is_remote else "")]
    return [look(job, each, [rule for rule in held if reaches(rule, each, job)]) for each in where]


def reaches(rule: Rule, at: Place, job: Job) -> bool:
    """The place lies under the law; or the law lies within a wider place, as in "Remote, US"."""
    if rule.place.contains(at):
        return True
    if not at.is_known:
        return job.is_remote and rule.covers_remote
    within = at.contains(rule.place) and not at.cities
    return within and (rule.covers_remote if job.is_remote else not rule.city)


def look(job: Job, at: Place, rules: list[Rule]) -> Finding:
    finding = Finding(at, rules)
    told = [rule for rule in rules if rule.when != ON_REQUEST]
    missing = [rule for rule in told if RANGE in rule.asks and not covered(job, at, rule)]
    if missing:
        refusing = [rule for rule in missing if RANGE in rule.blocks]
        finding.blockers += [range_sentence(at, refusing)] if refusing else []
        only_advised = [rule for rule in missing if rule not in refusing]
        finding.advice += [range_sentence(at, only_advised)] if only_advised else []
    elif not at.is_known and not job.ranges:
        finding.blockers.append(NOWHERE)
    for rule in told:
        finding.blockers += too_wide(job, at, rule)
    for thing in (BENEFITS, OTHER_PAY, CLOSING_DATE):
        lacking(finding, thing, [rule for rule in told if thing in rule.asks], job)
    finding.advice += [on_request(rule) for rule in rules if rule.when == ON_REQUEST]
    return finding


def target_of(at: Place, rule: Rule) -> Place:
    """Where a range has to hold for a law: in the place, or in the part of it under the law."""
    return at if rule.place.contains(at) else rule.place


def covered(job: Job, at: Place, rule: Rule) -> bool:
    return any(each.covers(target_of(at, rule)) and each.maximum > 0 for each in job.ranges)


def range_sentence(at: Place, rules: list[Rule]) -> str:
    if len(rules) > 3:
        names = listed([rule.name for rule in rules[:3]] + [f"{len(rules) - 3} more places"])
        where = f"that covers {at.named()}, or one " if at.is_known else ""
        return (
            f"This posting can be filled from {names}, where the law asks for a pay range: add a"
            f" pay range {where}without a scope, which holds everywhere."
        )
    cover = f"add a pay range that covers {at.named() if at.is_known else 'them'}"
    return f"This posting can be filled from {spot(at, rules)}, where {asked(rules)}: {cover}."


def asked(rules: list[Rule]) -> str:
    """ "A (X) and B (Y) ask for ...", those that ask alike together."""
    said = []
    for when in (IN_POSTING, BEFORE_INTERVIEW):
        if laws := [rule for rule in rules if rule.when == when]:
            verb = "asks" if len(laws) == 1 else "ask"
            said.append(f"{laws_of(laws)} {verb} {HOW[when]}")
    return ", and ".join(said)


def laws_of(rules: list[Rule]) -> str:
    names = [f"{rule.law} ({rule.name})" for rule in rules[:3]]
    return listed(names + ([f"{len(rules) - 3} more"] if len(rules) > 3 else []))


def spot(at: Place, rules: list[Rule]) -> str:
    """The place; for a wide one the parts of it that have such a law."""
    if any(rule.place.contains(at) for rule in rules):
        return at.named()
    return listed(list(dict.fromkeys(rule.name for rule in rules)))


def too_wide(job: Job, at: Place, rule: Rule) -> Iterator[str]:
    """Ranges of the law's own country that begin at nothing, or span more than it allows."""
    for each in job.ranges:
        if not each.covers(target_of(at, rule)) or each.maximum <= 0:
            continue
        if each.minimum <= 0 and RANGE in rule.blocks:
            yield (
                f"The range {each.words} begins at nothing, and {rule.law} ({rule.name}) asks for"
                " both ends: write the least that is paid."
            )
        if rule.widest and is_local(each, rule) and spans_too_much(each, rule):
            yield (
                f"The range {each.words} spans more than {rule.widest:,.0f} a year, the most that"
                f" {rule.law} ({rule.name}) allows: narrow it."
            )


def is_local(each: Range, rule: Rule) -> bool:
    return {"CA": "CAD", "US": "USD"}.get(rule.country) == each.currency


def spans_too_much(each: Range, rule: Rule) -> bool:
    a_year = A_YEAR.get(each.period, 0)
    top, span = each.maximum * a_year, (each.maximum - each.minimum) * a_year
    is_exempt = rule.exempt_above is not None and top > rule.exempt_above
    return rule.widest is not None and span > rule.widest and not is_exempt


def lacking(finding: Finding, thing: str, rules: list[Rule], job: Job) -> None:
    if thing in job.says or not rules:
        return
    verb = "asks" if len(rules) == 1 else "ask"
    said = f"{laws_of(rules)} {verb} for {WORDS[thing]}, and none is given."
    sentence = said[0].upper() + said[1:]
    refuses = any(thing in rule.blocks for rule in rules)
    (finding.blockers if refuses else finding.advice).append(sentence)


def on_request(rule: Rule) -> str:
    return f"{rule.law} ({rule.name}): applicants are told the range when they ask or are offered."


def listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def located(row: dict[str, str]) -> Place:
    """From {text, city, region, country}, as postings keep their locations."""
    return place(row["text"], city=row["city"], region=row["region"], country=row["country"])

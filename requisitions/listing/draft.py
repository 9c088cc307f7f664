"""A listing while it is being read: values so far, and where each came from."""

from collections.abc import Iterable
from dataclasses import replace

from requisitions.listing.fields import EMPLOYMENT, LOCATIONS, PAY, WORKPLACE
from requisitions.listing.lines import Line
from requisitions.listing.model import (
    AdvertisedPay,
    FaqItem,
    Listing,
    Location,
    PayRange,
    Qualification,
    Source,
    Unplaced,
)
from requisitions.listing.pay import Pay
from requisitions.listing.placeholders import holds_blank, is_blank
from requisitions.listing.places import without_repeats

LAYOUT = "layout"
ADVERTISED = "advertised_pay"
_WEAK = ("permanent", "temporary", "contract")


class Draft:
    def __init__(self) -> None:
        self.text = ""
        """The whole text, where a name may be confirmed."""
        self.title: str | None = None
        self.company: str | None = None
        self.places: list[Location] = []
        self.workplace: str | None = None
        self.employment: str | None = None
        self.singles: list[PayRange] = []
        self.ranges: list[PayRange] = []
        self.wholes: list[Pay] = []
        """With commission and the like counted in; only where there is no other."""
        self.weak: set[PayRange] = set()
        """With a "$" that may be any country's."""
        self.doubtful = ""
        self.city_labelled = False
        self.workplace_among_places = False
        """Told by an entry of a list of places, such as "Austin / Remote"."""
        self.location_stated = False
        self.assumed = False
        self.stated_periods: set[str] = set()
        self.texts: dict[str, list[str]] = {}
        self.required: list[Qualification] = []
        self.preferred: list[Qualification] = []
        self.faq: list[FaqItem] = []
        self.closes_on: str | None = None
        self.closed = False
        self.warnings: list[str] = []
        self.loose: list[Line] = []
        self._sources: dict[str, dict[int, float]] = {}

    def credit(self, field: str, line: Line, confidence: float) -> None:
        """Say that a line fills or heads a field."""
        numbers = self._sources.setdefault(field, {})
        for number in line.numbers:
            numbers[number] = max(confidence, numbers.get(number, 0.0))

    def leave(self, line: Line) -> None:
        """Hand a line on to whoever can still use it; unplaced in the end."""
        self.loose.append(line)

    def add_text(self, field: str, text: str, line: Line, confidence: float) -> None:
        if is_blank(text):
            self.leave(line)
            return
        self.texts.setdefault(field, []).append(text)
        self.credit(field, line, confidence)

    def set_title(self, title: str, line: Line, confidence: float) -> None:
        if holds_blank(title):
            self.leave(line)
            return
        self.title = self.title or title
        self.credit("title", line, confidence)

    def set_company(self, company: str, line: Line, confidence: float) -> None:
        if holds_blank(company):
            self.leave(line)
            return
        self.company = self.company or company
        self.credit("company", line, confidence)

    def add_places(self, places: Iterable[Location], line: Line, confidence: float) -> None:
        found = [place for place in places if not holds_blank(place.text)]
        if not found:
            self.leave(line)
            return
        self.places += found
        self.credit(LOCATIONS, line, confidence)

    def set_workplace(self, workplace: str, line: Line, confidence: float) -> None:
        if self.workplace_among_places and self.workplace != workplace:
            self.workplace = None
        self.workplace_among_places = False
        if self.workplace and self.workplace != workplace:
            self.warn(f"The listing says both {_words(self.workplace)} and {_words(workplace)}.")
        self.workplace = self.workplace or workplace
        self.credit(WORKPLACE, line, confidence)

    def set_employment(self, employment: str, line: Line, confidence: float) -> None:
        if self.employment in _WEAK and employment not in _WEAK:
            self.employment = employment
        self.employment = self.employment or employment
        self.credit(EMPLOYMENT, line, confidence)

    def add_pay(self, pay: Pay, line: Line, confidence: float) -> None:
        self._note_period(pay)
        if pay.weak:
            self.weak.add(pay.range)
        if pay.whole:
            self.wholes.append(pay)
            self.credit(PAY, line, confidence)
        elif pay.single:
            self.singles.append(pay.range)
            self.credit(ADVERTISED, line, confidence)
        else:
            self.ranges.append(pay.range)
            self.credit(PAY, line, confidence)

    def _note_period(self, pay: Pay) -> None:
        self.assumed = self.assumed or pay.assumed
        if pay.range.period and not pay.assumed:
            self.stated_periods.add(pay.range.period)

    def add_end(self, pay: Pay, line: Line, *, upper: bool) -> None:
        """One end of a range whose other end has a line of its own."""
        amount = pay.range.max
        end = replace(pay.range, min=None) if upper else replace(pay.range, max=None)
        if self.ranges and getattr(self.ranges[-1], "max" if upper else "min") is None:
            last = self.ranges[-1]
            whole = replace(last, max=amount) if upper else replace(last, min=amount)
            self.ranges[-1] = whole
        else:
            self.ranges.append(end)
        self._note_period(pay)
        self.credit(PAY, line, 0.95)

    def close(self, line: Line) -> None:
        self.closed = True
        self.credit("closed", line, 0.95)

    def set_closing(self, day: str, line: Line, confidence: float) -> None:
        self.closes_on = self.closes_on or day
        self.credit("closes_on", line, confidence)

    def doubt_closing(self, text: str, line: Line) -> None:
        """A day that is settled once the listing's country is known."""
        self.doubtful = self.doubtful or text
        self.credit("closes_on", line, 0.6)

    def warn(self, sentence: str) -> None:
        if sentence not in self.warnings:
            self.warnings.append(sentence)

    def credited(self, *fields: str) -> set[int]:
        """The numbers of the lines that these fields (or any, if none is named) came from."""
        chosen = fields or tuple(self._sources)
        return {number for field in chosen for number in self._sources.get(field, {})}

    def advertised(self) -> AdvertisedPay | None:
        for pay in self.singles:
            if pay.min is not None:
                return AdvertisedPay(pay.min, pay.currency, pay.period)
        return None

    def pay_ranges(self) -> list[PayRange]:
        """Each range once; a figure without any range is a range with equal ends."""
        unique: dict[object, PayRange] = {}
        for pay in self.ranges or self.singles:
            key = (pay.min, pay.max, pay.currency)
            known = unique.get(key)
            if known is None or (known.scope is None and pay.scope):
                unique[key] = pay
        return list(unique.values())

    def finish(self, unplaced: list[Unplaced]) -> Listing:
        def several(field: str) -> tuple[str, ...]:
            return tuple(self.texts.get(field, ()))

        return Listing(
            title=self.title,
            company=self.company,
            locations=tuple(without_repeats(self.places)),
            workplace=self.workplace,
            employment_type=self.employment,
            advertised_pay=self.advertised(),
            pay_ranges=tuple(self.pay_ranges()),
            highlights=several("highlights"),
            summary="\n\n".join(several("summary")) or None,
            responsibilities=several("responsibilities"),
            required=tuple(self.required),
            preferred=tuple(self.preferred),
            competencies=several("competencies"),
            topics=several("topics"),
            benefits=several("benefits"),
            how_to_apply="\n".join(several("how_to_apply")) or None,
            guidance=several("guidance"),
            faq=tuple(self.faq),
            closes_on=self.closes_on,
            closed=self.closed,
            warnings=tuple(self.warnings),
            unplaced=tuple(unplaced),
            sources={field: _spans(numbers) for field, numbers in self._sources.items()},
        )


def _spans(numbers: dict[int, float]) -> tuple[Source, ...]:
    """Runs of consecutive lines with one confidence."""
    spans: list[Source] = []
    for number in sorted(numbers):
        confidence = numbers[number]
        last = spans[-1] if spans else None
        if last and last.last == number - 1 and last.confidence == confidence:
            spans[-1] = Source(last.first, number, confidence)
        else:
            spans.append(Source(number, number, confidence))
    return tuple(spans)


def _words(code: str) -> str:
    return code.replace("_", " ")

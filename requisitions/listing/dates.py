"""When a listing closes, and whether it has closed."""

import re
from datetime import date

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar janvier enero janeiro gennaio januari styczeń stycznia leden ledna",
            "february feb februar février febrero fevereiro febbraio februari luty lutego",
            "march mar märz mars marzo março maart marzec marca marts",
            "april apr avril abril aprile kwiecień kwietnia",
            "may mai mayo maio maggio mei maj maja května",
            "june jun juni juin junio junho giugno czerwiec czerwca června",
            "july jul juli juillet julio julho luglio lipiec lipca července",
            "august aug août agosto augustus augusti sierpień sierpnia srpna",
            "september sep sept septembre septiembre setembro settembre wrzesień września",
            "october oct oktober okt octobre octubre outubro ottobre październik października",
            "november nov novembre noviembre novembro listopad listopada listopadu",
            "december dec dezember dez décembre diciembre dezembro dicembre grudnia desember",
        ),
        1,
    )
    for name in names.split()
}
_ISO = re.compile(r"(?<!\d)(\d{4})[-/.年]\s?(\d{1,2})[-/.月]\s?(\d{1,2})(?!\d)")
_DAY_FIRST = re.compile(
    r"\b(\d{1,2})(?:st|nd|rd|th|er|º|°)?\.?[ -](?:of |de )?([^\W\d_]{3,12})\.?,?[ -](?:de "
    r"|del )?(\d{4})\b"
)
_MONTH_FIRST = re.compile(r"\b([^\W\d_]{3,12})\.? +(\d{1,2})(?:st|nd|rd|th)?,? +(\d{4})\b")
_DOTTED = re.compile(r"\b(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})\b")
_SLASHED = re.compile(r"\b(\d{1,2})[/-](\d{1,2})[/-](\d{4}|\d{2})\b")
_CLOSED = re.compile(
    r"(?i)\b(?:this|the|our) (?:\w+ ){0,2}(?:listing|job|position|posting|role|vacancy|advert\w*"
    r"|opening|opportunity)"
    r" (?:has|is|was) (?:now |been |already )*(?:closed|expired|filled|no longer (?:available"
    r"|accepting|open|active))"
    r"|no longer accepting applications|applications? (?:are|is|have"
    r"|has) (?:now )?(?:been )?closed"
    r"|stelle (?:ist|wurde) (?:bereits )?besetzt|(?:offre|annonce) (?:est )?(?:expirée|clôturée"
    r"|pourvue)"
)
_DEADLINE = re.compile(
    r"(?i)\b(?:deadline|closing date|closes?(?: on)?|apply (?:by|before|until|no later than)"
    r"|prior to|no later than"
    r"|applications? (?:\w+ ){0,4}(?:by|before|until|close\w*)|(?:submit|send|apply|e-?mail"
    r"|mail|post)\b.{0,140}?\b(?:by"
    r"|before|until)|bewerbungsfrist"
    r"|aplikuj do|senast|sista ansökningsdag|ansøgningsfrist|søknadsfrist|uiterlijk|vóór|voor"
    r"|tot(?: en met)?|t/m|bewerbung\w* (?:\w+ ){0,3}bis|antes del|hasta el|fecha (?:límite"
    r"|de cierre)|cierre|data limite|data final|inscrições"
    r"|termin"
    r"|sollicitatie(?:termijn|deadline)|reageer|最終|募集期間|até(?: o dia)?"
    r"|entro (?:e non oltre )?il|scadenza|jusqu'au|avant le|plazo|締切|応募期限"
    r"|bewirb dich bis|bis (?:zum|spätestens)|date limite|open until"
    r"|accept\w* (?:\w+ ){0,3}(?:until|through))\b.{0,60}$"
)


def is_closed(text: str) -> bool:
    return len(text) < 500 and _CLOSED.search(text) is not None


def read_date(text: str) -> str | None:
    """The first date as YYYY-MM-DD; None where day and month could be confused."""
    text = text[:400]
    if found := _ISO.search(text):
        return _date(found[1], found[2], found[3])
    if (found := _MONTH_FIRST.search(text)) and (month := _MONTHS.get(found[1].lower())):
        return _date(found[3], month, found[2])
    if (found := _DAY_FIRST.search(text)) and (month := _MONTHS.get(found[2].lower())):
        return _date(found[3], month, found[1])
    if found := _DOTTED.search(text):
        return _date(found[3], found[2], found[1])
    return _slashed(text)


def is_doubtful(text: str) -> bool:
    """Whether the date is one such as 01/05/2027, whose day and month could be confused."""
    return read_date(text) is None and _SLASHED.search(text[:400]) is not None


def read_doubtful(text: str, *, month_first: bool) -> str | None:
    found = _SLASHED.search(text[:400])
    if found is None:
        return None
    month, day = (found[1], found[2]) if month_first else (found[2], found[1])
    return _date(found[3], month, day)


def deadline(text: str) -> str | None:
    """The date in a sentence that says until when one may apply."""
    text = text[:1000]
    at = _due(text)
    return None if at is None else read_date(text[at:])


def doubtful_deadline(text: str) -> str | None:
    """The date in such a sentence, where its day and month could be confused."""
    at = _due(text[:1000])
    rest = "" if at is None else text[at:1000]
    return rest if rest and is_doubtful(rest) else None


def _due(text: str) -> int | None:
    """Where the date of such a sentence starts."""
    found = next((m for pattern in (_ISO, _MONTH_FIRST, _DAY_FIRST, _DOTTED, _SLASHED)
                  if (m := pattern.search(text))), None)  # fmt: skip
    if found is None or not _DEADLINE.search(text[max(0, found.start() - 150) : found.start()]):
        return None
    return found.start()


def _slashed(text: str) -> str | None:
    found = _SLASHED.search(text)
    if found is None:
        return None
    first, second = int(found[1]), int(found[2])
    if first > 12 or first == second:
        return _date(found[3], second, first)
    return _date(found[3], first, second) if second > 12 else None


def _date(year: str | int, month: str | int, day: str | int) -> str | None:
    try:
        century = 2000 if int(year) < 100 else 0
        return date(century + int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None

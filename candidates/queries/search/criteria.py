"""What a search can ask beside words: each parameter is read once, for the API, the console and
saved searches alike, and says in words what it means.

Several values of one parameter mean any of them; of `tag` and `competency` all of them.
What is asked of an application has to be true of one application, and one that the reader may
see: a narrower list never tells of another.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Lower

from ats.accounts.models import User
from ats.outbox.models import Delivery
from candidates.enums import ApplicationStatus
from candidates.models import (
    Application,
    Candidate,
    CandidateTag,
    EmailAddress,
    PhoneNumber,
    PoolMembership,
    SearchWords,
    Source,
    StageVisit,
    Tag,
    TalentPool,
)
from candidates.models.words import digits, folded
from candidates.queries.search.matching import matching
from candidates.queries.search.words import Either, Term, says_something
from requisitions.models import Competency, Department, JobPosting, Requisition, Stage

LONGEST = 200
# Says that an application has arrived: no contact yet.
RECEIVED = "candidates/received"


class Wrong(ValueError):
    """Why a value cannot be meant, as a sentence."""


@dataclass(frozen=True)
class Part:
    """One value of a criterion, understood: what it asks of the person, of one application, or
    of the words of profile and resumes."""

    said: str
    person: Q | None = None
    application: Q | None = None
    words: Either | None = None


Read = Callable[[str, User], Part]


@dataclass(frozen=True)
class Criterion:
    label: str
    read: Read
    many: bool = False
    all_of_them: bool = field(default=False, kw_only=True)


def row_of(rows: QuerySet[Any], text: str, what: str) -> Any:
    try:
        found = rows.filter(public_id=UUID(text)).first()
    except ValueError:
        raise Wrong(f"Name {what} by its id.") from None
    if found is None:
        raise Wrong(f"There is no such {what.partition(' ')[2]}, or you may not see it any more.")
    return found


def day_of(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Wrong("Write a day that exists, as in 2026-12-31.") from None


def begin_of(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def yes_or_no(text: str) -> bool:
    if text not in ("true", "false"):
        raise Wrong("Say true or false.")
    return text == "true"


def short(text: str) -> str:
    text = "".join(sign if sign.isprintable() else " " for sign in text).strip()
    if not 0 < len(text) <= LONGEST:
        raise Wrong(f"Write 1 to {LONGEST} characters.")
    return text


# Who they are


def named(text: str, user: User) -> Part:
    """Nearly this name, or a part of it."""
    name = short(text)
    if not says_something(name):
        raise Wrong("Write a letter at least.")
    wanted = folded(Value(name))
    nearly = Q(folded_name__trigram_similar=wanted) | Q(folded_name__trigram_word_similar=wanted)
    if not name.isascii():
        nearly = Q(pk__in=exactly(name, wanted).union(alike(wanted)))
    return Part(f"the name resembles “{name}”", person=nearly)


def alike(wanted: Any) -> QuerySet[Any]:
    rows = Candidate.objects.alias(like=folded(F("name")))
    nearly = Q(like__trigram_similar=wanted) | Q(like__trigram_word_similar=wanted)
    return rows.filter(nearly).values("pk")


def exactly(name: str, wanted: Any) -> QuerySet[Any]:
    """Where the database's locale knows the letters of English alone, it takes no others for
    letters that could be mistyped; as words they are found everywhere."""
    rows = SearchWords.objects.filter(resume=None).alias(held=folded(F("candidate__name")))
    return rows.filter(matching(Term(name)), held__contains=wanted).values("candidate")


def addressed(text: str, user: User) -> Part:
    piece = short(text).lower()
    if len(piece) < 3:
        raise Wrong("Write three characters of the address at least.")
    rows = EmailAddress.objects.alias(lower=Lower("address")).filter(lower__contains=piece)
    return Part(f"an e-mail address contains “{piece}”", person=Q(pk__in=rows.values("candidate")))


def called(text: str, user: User) -> Part:
    """Without the zeros that are dialled before it: abroad a number begins otherwise."""
    number = "".join(sign for sign in short(text) if sign in "0123456789").lstrip("0")
    if len(number) < 4:
        raise Wrong("Write four digits of the number at least.")
    rows = PhoneNumber.objects.alias(digits=digits("number")).filter(digits__contains=number)
    return Part(f"a phone number contains {number}", person=Q(pk__in=rows.values("candidate")))


def placed(text: str, user: User) -> Part:
    place = short(text)
    return Part(f"lives in “{place}”", person=Q(folded_place__contains=folded(Value(place))))


def tagged(text: str, user: User) -> Part:
    tag = row_of(Tag.objects.select_related("merged_into"), text, "a tag")
    tag = tag.merged_into or tag
    rows = CandidateTag.objects.filter(tag=tag.pk)
    return Part(f"tagged {tag}", person=Q(pk__in=rows.values("candidate")))


def pooled(text: str, user: User) -> Part:
    pool = row_of(TalentPool.objects.visible_to(user), text, "a pool")
    rows = PoolMembership.objects.filter(pool=pool.pk)
    return Part(f"in the pool {pool}", person=Q(pk__in=rows.values("candidate")))


def owned(text: str, user: User) -> Part:
    owner = row_of(User.objects.all(), text, "a colleague")
    return Part(f"looked after by {owner}", person=Q(owner=owner.pk))


def do_not_contact(text: str, user: User) -> Part:
    asked = yes_or_no(text)
    said = "asked not to be contacted" if asked else "may be contacted"
    return Part(said, person=Q(do_not_contact=asked))


def contacted(text: str, user: User) -> Part:
    letters = Delivery.objects.exclude(letter=RECEIVED).filter(
        about_id=OuterRef("public_id"), recipient_id=OuterRef("candidate__public_id")
    )
    rows = Application.objects.visible_to(user).filter(Exists(letters)).values("candidate")
    if yes_or_no(text):
        return Part("was written to", person=Q(pk__in=rows))
    return Part("was never written to", person=~Q(pk__in=rows))


def busy_since(day: date, user: User) -> Q:
    """Whose application was sent, moved or closed since."""
    at = begin_of(day)
    entered = StageVisit.objects.filter(entered_at__gte=at).values("application")
    touched = Q(applied_at__gte=at) | Q(closed_at__gte=at) | Q(pk__in=entered)
    return Q(pk__in=Application.objects.visible_to(user).filter(touched).values("candidate"))


def active_since(text: str, user: User) -> Part:
    day = day_of(text)
    return Part(f"applied, moved or closed since {day}", person=busy_since(day, user))


def quiet_since(text: str, user: User) -> Part:
    day = day_of(text)
    return Part(f"nothing happened since {day}", person=~busy_since(day, user))


# What they applied for, and where they stand


def for_requisition(text: str, user: User) -> Part:
    row = row_of(Requisition.objects.visible_to(user), text, "a requisition")
    return Part(f"applied for {row.title}, {row.number}", application=Q(requisition=row.pk))


def through_posting(text: str, user: User) -> Part:
    seen = Requisition.objects.visible_to(user)
    row = row_of(JobPosting.objects.filter(requisition__in=seen), text, "a posting")
    return Part(f"applied through the posting {row.title}", application=Q(posting=row.pk))


def in_stage(text: str, user: User) -> Part:
    seen = Requisition.objects.visible_to(user)
    row = row_of(Stage.objects.filter(requisition__in=seen), text, "a stage")
    return Part(f"stands in the stage {row.name}", application=Q(stage=row.pk))


def with_status(text: str, user: User) -> Part:
    if text not in ApplicationStatus.values:
        raise Wrong(f"Choose one of: {', '.join(ApplicationStatus.values)}.")
    said = ApplicationStatus(text).label.lower()
    return Part(f"an application is {said}", application=Q(status=text))


def from_source(text: str, user: User) -> Part:
    row = row_of(Source.objects.visible_to(user), text, "a source")
    return Part(f"came from {row.name}", application=Q(source=row.pk))


def within_department(text: str, user: User) -> Part:
    row = row_of(Department.objects.all(), text, "a department")
    parts = list(Department.objects.under(row.pk).values_list("pk", flat=True))
    return Part(f"applied within {row.name}", application=Q(requisition__department__in=parts))


def applied_after(text: str, user: User) -> Part:
    day = day_of(text)
    return Part(f"applied on {day} or later", application=Q(applied_at__gte=begin_of(day)))


def applied_before(text: str, user: User) -> Part:
    day = day_of(text)
    try:
        end = begin_of(day + timedelta(days=1))
    except OverflowError:
        raise Wrong("Write an earlier day.") from None
    return Part(f"applied on {day} or before", application=Q(applied_at__lt=end))


# What they can show


def shows(text: str, user: User) -> Part:
    """A mention is where a person begins to read, and says nothing about how good somebody is."""
    row = row_of(Competency.objects.all(), text, "a competency")
    names = [name for name in (row.name, *row.aliases) if says_something(name)]
    return Part(f"mentions {row.name}", words=Either(tuple(Term(name) for name in names)))


CRITERIA: dict[str, Criterion] = {
    "name": Criterion("The name or a part of it, typing errors forgiven.", named),
    "email": Criterion("In an e-mail address.", addressed),
    "phone": Criterion("In a phone number: digits only count.", called),
    "place": Criterion("In where they live.", placed),
    "requisition": Criterion("Who applied for it.", for_requisition, many=True),
    "posting": Criterion("Who applied through it.", through_posting, many=True),
    "stage": Criterion("Who stands there now, or stood there at the end.", in_stage, many=True),
    "status": Criterion("Of an application.", with_status, many=True),
    "source": Criterion("Where an application came from.", from_source, many=True),
    "department": Criterion("Or one that is part of it.", within_department, many=True),
    "applied_after": Criterion("On this day or later (UTC).", applied_after),
    "applied_before": Criterion("On this day or before (UTC).", applied_before),
    "tag": Criterion("Given more than once: all of them.", tagged, True, all_of_them=True),
    "pool": Criterion("In one of these talent pools.", pooled, many=True),
    "owner": Criterion("Whom this colleague looks after.", owned, many=True),
    "competency": Criterion(
        "The resume mentions its name or an alias. Given more than once: all of them.",
        shows,
        True,
        all_of_them=True,
    ),
    "contacted": Criterion("Whether anybody wrote to them.", contacted),
    "active_since": Criterion("Something happened on this day or later.", active_since),
    "quiet_since": Criterion("Nothing happened on this day or later.", quiet_since),
    "do_not_contact": Criterion("Whether they asked not to be contacted.", do_not_contact),
}

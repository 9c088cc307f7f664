"""A person's own story: applies, is seen, is heard, and it ends, or has not ended yet."""

from datetime import timedelta
from decimal import Decimal
from unicodedata import normalize

from ats.approvals.engine import StepSpec
from ats.demo.courses import End, Person, Terms, Verdict
from ats.demo.hearing import hear
from ats.demo.roles import Role
from ats.demo.timeline import Story
from ats.events.actors import Actor
from candidates.actions.application import (
    hire_application,
    move_application,
    reactivate_application,
    reject_application,
    withdraw_application,
)
from candidates.actions.apply import submit_application
from candidates.actions.files import FileIn
from candidates.actions.note import add_note
from candidates.actions.offer import (
    accept_offer,
    approve_offer,
    decline_offer,
    draft_offer,
    send_offer,
    submit_offer,
)
from candidates.actions.resume import store_reading
from candidates.enums import LIVE_OFFERS, RejectionKind
from candidates.models import Application, Offer, RejectionReason, Source
from candidates.resumes.sandbox import Reading
from interviews.actions.debrief import decide_debrief
from interviews.models import Debrief
from requisitions.enums import OpeningStatus
from requisitions.models import Opening

LETTERS = str.maketrans({"ł": "l", "Ł": "L", "ı": "i", "'": "", " ": "-"})
WELCOME = "We would be glad to have you with us.\n\nThe team cooks on Thursdays."


def apply(role: Role, person: Person, number: int) -> Story:
    course, days = person.course, role.days
    # Not all at once: each at their own minute of the day.
    yield days.at(course.applied, f"{9 + number % 8:02}:{number * 7 % 60:02}", person.timezone)
    application = arrive(role, person)
    if course.screened is not None:
        yield days.at(course.screened, f"{9 + number % 3:02}:20")
        move(role, application, "screen")
        if course.note:
            add_note(application, body=course.note, by=role.recruiter)
    for place, loop in enumerate(course.loops):
        if place == 0:
            yield days.at(loop.booked or loop.days[0] - 4, "08:30")
            move(role, application, "interview")
        yield from hear(role, application, loop)
        if place == 0 and course.verdict:
            yield from conclude(role, application, course.verdict)
    if course.terms:
        yield from offer(role, application, course.terms)
    if course.end:
        yield from end(role, application, course.end)


def arrive(role: Role, person: Person) -> Application:
    """By the public door. The text of the resume is known, so nobody has to read the file."""
    address = address_of(person.name)
    text = resume_of(role, person, address)
    file = FileIn(f"{address.partition('@')[0]}.txt", text.encode())
    application = submit_application(
        role.posting, name=person.name, email=address, resume=file, consent=True, by=Actor.public()
    )
    for resume in application.resumes.all():
        reading = Reading("read", text=text, language="en", name=person.name, emails=[address])
        store_reading(resume, reading=reading, by=Actor.system("read_resumes"))
    candidate = application.candidate
    candidate.location, candidate.timezone = person.place, person.timezone
    candidate.save(update_fields=["location", "timezone"])
    application.source = Source.objects.get(name=person.source)
    application.save(update_fields=["source"])
    return application


def address_of(name: str) -> str:
    plain = normalize("NFKD", name.translate(LETTERS)).encode("ascii", "ignore").decode().lower()
    return f"{plain}@mail.example.org"


def resume_of(role: Role, person: Person, address: str) -> str:
    did = [f"- {role.data.achievements[place]}" for place in person.did]
    school = role.data.schools[sum(person.did) % len(role.data.schools)]
    lines = [person.name, f"{person.place} | {address}", "", person.headline, "", *did]
    return "\n".join([*lines, "", "Education", school, ""])


def move(role: Role, application: Application, stage: str) -> None:
    move_application(application, stage=role.stages[stage], by=role.recruiter)


def conclude(role: Role, application: Application, verdict: Verdict) -> Story:
    """The debrief opened by itself when the last scorecard came in."""
    yield role.days.at(verdict.day, "13:10")
    move(role, application, "debrief")
    debrief = Debrief.objects.get(application=application)
    panel = {key for slot in role.data.plan for key in slot.panel} | {role.data.manager}
    decide_debrief(
        debrief,
        decision=verdict.decision,
        reason=verdict.reason,
        participants=[role.staff[key] for key in sorted(panel)],
        by=role.manager,
    )
    if verdict.decision == "more_evidence":
        move(role, application, "interview")


def offer(role: Role, application: Application, terms: Terms) -> Story:
    days, by, dora = role.days, role.recruiter, role.actor("dora")
    yield days.at(terms.drafted, "15:05")
    drafted = write_offer(role, application, terms)
    if terms.submitted is not None:
        yield days.at(terms.submitted, "15:30")
        submit_offer(drafted, steps=[StepSpec([role.staff["dora"]])], by=by)
    if terms.approved is not None:
        yield days.at(terms.approved, "16:10")
        approve_offer(drafted, comment="Within the range.", by=dora)
    if terms.sent is not None:
        yield days.at(terms.sent, "16:45")
        send_offer(drafted, by=by)
    yield from answer(role, application, drafted, terms)


def write_offer(role: Role, application: Application, terms: Terms) -> Offer:
    days, by = role.days, role.recruiter
    move(role, application, "offer")
    begins = max(terms.drafted + 30, 12)
    return draft_offer(
        application,
        opening=free_seat(role),
        pay_amount=Decimal(terms.pay),
        pay_currency=role.data.currency,
        pay_period=role.data.period,
        start_on=days.day(begins),
        expires_at=days.at(terms.drafted + 12, "17:00") + timedelta(hours=1),
        letter=WELCOME,
        by=by,
    )


def free_seat(role: Role) -> Opening:
    """An open one that nobody else's offer names."""
    promised = Offer.objects.filter(status__in=LIVE_OFFERS).values("opening")
    return role.requisition.openings.filter(status=OpeningStatus.OPEN).exclude(pk__in=promised)[0]


def answer(role: Role, application: Application, sent: Offer, terms: Terms) -> Story:
    link = Actor.link(sent.public_id)
    if terms.declined is not None:
        yield role.days.at(terms.declined, "11:20")
        decline_offer(sent, by=link)
    if terms.accepted is not None:
        yield role.days.at(terms.accepted, "12:15")
        accept_offer(sent, by=link)
    if terms.hired is not None:
        yield role.days.at(terms.hired, "09:30")
        move(role, application, "hired")
        hire_application(application, by=role.recruiter)


def end(role: Role, application: Application, how: End) -> Story:
    yield role.days.at(how.day, "14:35")
    left = how.how == "withdraw"
    kind = RejectionKind.THEY_WITHDREW if left else RejectionKind.WE_REJECTED
    reason, _ = RejectionReason.objects.get_or_create(name=how.reason, defaults={"kind": kind})
    if left:
        withdraw_application(application, reason=reason, by=role.recruiter)
        return
    reject_application(
        application, reason=reason, note=how.note, letter=how.letter, by=role.recruiter
    )
    if how.how == "mistake":
        yield role.days.at(how.day, "16:05")
        reactivate_application(application, by=role.recruiter)
        add_note(application, body=how.note, by=role.recruiter)

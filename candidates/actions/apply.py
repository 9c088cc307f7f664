"""The public door: one application, whole or not at all."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import connection, transaction
from django.db.models import Value
from django.db.models.functions import Lower

from ats import clock
from ats.base import lock
from ats.errors import Blocked, DomainError, Invalid
from ats.events.actors import Actor
from ats.events.log import record
from candidates.actions.answers import check_answers
from candidates.actions.files import FileIn, check_file, keep_attachment, keep_resume
from candidates.actions.visits import enter
from candidates.enums import AddressStatus, AttachmentPurpose, ConsentKind
from candidates.models import Application, Candidate, Consent, EmailAddress, Referral
from candidates.queries.consent import text_in_force
from candidates.queries.origins import (
    CAREERS_SITE,
    INTERNAL,
    Origin,
    origin_of,
    standing_application,
)
from requisitions.enums import TAKES_APPLICATIONS
from requisitions.models import JobPosting, Requisition
from requisitions.queries.board import is_open
from requisitions.queries.stages import first_stage

ON_THE_TEAM = (
    "You are on the hiring team of this role and would read what is said about you. Nothing was"
    " sent: ask its recruiter to take you off the team first."
)


class PostingClosed(DomainError):
    code = "posting_closed"


@transaction.atomic
def submit_application(
    posting: JobPosting,
    *,
    name: str,
    email: str,
    phone: str = "",
    resume: FileIn | None = None,
    cover_letter: FileIn | None = None,
    answers: dict[str, Any] | None = None,
    details: dict[str, Any] | None = None,
    consent: bool,
    via: str = "",
    source: str = CAREERS_SITE,
    by: Actor,
) -> Application:
    """The new application, or the one that this person already has here: nothing changes then.

    Everything is checked before anybody is looked up, so that a refusal tells a stranger nothing.
    `details` is what another form asks beside ours, kept as it was said; `via` the word of a
    tracking link or of a referral that they followed, if any.
    Raises `Invalid` per field and `PostingClosed`.
    """
    at = clock.now()
    posting = still_open(posting, at, is_colleague=by.user is not None)
    said: dict[str, Any] = {
        "name": check_name(name),
        "email": check_address(email),
        "phone": check_phone(phone),
        "answers": check_answers(posting.requisition, answers or {}),
        "consent": check_consent(consent, at),
        "resume": check_file("resume", resume),
    }
    if cover_letter:
        said["cover_letter"] = check_file("cover_letter", cover_letter)
    if details:
        said["details"] = details
    candidate = find_or_add(said["name"], said["email"], by)
    if earlier := standing_application(candidate, posting.requisition, at):
        return earlier
    origin = origin_of(candidate, posting, said["email"], via=via, usual=source, at=at)
    application = begin(candidate, posting.requisition, said, origin, at, by, posting=posting)
    agree(application, candidate, at)
    if resume:
        keep_resume(application, resume, at)
    if cover_letter:
        keep_attachment(application, cover_letter, at, purpose=AttachmentPurpose.COVER_LETTER)
    keep_files(application, answers or {}, at)
    record(
        "application.submitted",
        application,
        candidate,
        by=by,
        posting=posting,
        source=application.source,
    )
    if origin.referral:
        credit(origin.referral, application, by)
    return application


def keep_files(application: Application, answers: dict[str, Any], at: datetime) -> None:
    """Those that answer a question of the form."""
    files = {key: given for key, given in answers.items() if isinstance(given, FileIn)}
    purpose = AttachmentPurpose.ANSWER
    for question in application.requisition.questions.filter(public_id__in=files):
        given = files[str(question.public_id)]
        keep_attachment(application, given, at, purpose=purpose, question=question)


def agree(application: Application, candidate: Candidate, at: datetime) -> None:
    """Their tick, with the version of the words that are in force."""
    words = text_in_force(ConsentKind.APPLICATION, candidate.language)
    Consent.objects.create(
        candidate=candidate,
        application=application,
        kind=ConsentKind.APPLICATION,
        text=words,
        given_at=at,
    )


@transaction.atomic
def apply_as_colleague(
    posting: JobPosting,
    *,
    phone: str = "",
    resume: FileIn | None = None,
    answers: dict[str, Any] | None = None,
    consent: bool,
    via: str = "",
    by: Actor,
) -> Application:
    """As `submit_application`, under the name and the address of their account.

    Not for the hiring team of that role: they would read what is said about them.
    """
    assert by.user is not None
    if posting.requisition.team.filter(user=by.user).exists():
        raise Blocked([ON_THE_TEAM])
    return submit_application(
        posting,
        name=by.user.name,
        email=by.user.email,
        phone=phone,
        resume=resume,
        answers=answers,
        consent=consent,
        via=via,
        source=INTERNAL,
        by=by,
    )


def begin(
    candidate: Candidate,
    requisition: Requisition,
    said: dict[str, Any],
    origin: Origin,
    at: datetime,
    by: Actor,
    posting: JobPosting | None = None,
) -> Application:
    """In the first stage; the caller records how it came about."""
    if said["phone"]:
        candidate.phones.get_or_create(number=said["phone"])
    application = Application.objects.create(
        candidate=candidate,
        requisition=requisition,
        posting=posting,
        stage=first_stage(requisition),
        source=origin.source,
        credited_to=origin.credited_to,
        tracking_link=origin.link,
        submitted=said,
        applied_at=at,
    )
    enter(application, application.stage, at, by)
    return application


def credit(referral: Referral, application: Application, by: Actor) -> None:
    referral.application, referral.is_credited = application, True
    referral.save(update_fields=["application", "is_credited"])
    record("referral.applied", referral, application, by=by, is_credited=True)


def still_open(posting: JobPosting, at: datetime, *, is_colleague: bool) -> JobPosting:
    """The posting as it is now, while its requisition can neither be filled nor cancelled.

    A shared lock, taken before all others: applicants do not wait for each other.
    """
    share(posting.requisition_id)
    posting = JobPosting.objects.select_related("requisition").get(pk=posting.pk)
    if posting.requisition.status not in TAKES_APPLICATIONS or not is_open(
        posting, at, is_colleague=is_colleague
    ):
        raise PostingClosed(
            "This job no longer takes applications. Nothing was sent: look at the open jobs."
        )
    return posting


def share(requisition: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM requisitions_requisition WHERE id = %s FOR SHARE", [requisition]
        )


def check_name(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise Invalid("name", "Tell us your name.")
    if len(name) > 400:
        raise Invalid("name", "A name has at most 400 characters here.")
    if not plain(name):
        raise Invalid("name", "A name holds no control characters.")
    return name


def plain(text: str) -> bool:
    """No control character and no half of a character."""
    return not any(ord(sign) < 32 or 127 <= ord(sign) < 160 or is_half(sign) for sign in text)


def is_half(sign: str) -> bool:
    return 0xD800 <= ord(sign) <= 0xDFFF


def check_address(email: str) -> str:
    email = email.strip()
    try:
        validate_email(email)
    except ValidationError:
        raise Invalid("email", "This is no e-mail address, so we could not answer you.") from None
    if len(email) > 254:
        raise Invalid("email", "An e-mail address has at most 254 characters.")
    return email


def check_phone(phone: str) -> str:
    phone = phone.strip()
    if len(phone) > 40 or not plain(phone):
        raise Invalid("phone", "A phone number has at most 40 characters.")
    return phone


def check_consent(consent: bool, at: datetime) -> dict[str, Any]:
    if not consent:
        raise Invalid("consent", "We may only keep your application if you agree to it.")
    return {"given": True, "at": at.isoformat()}


def find_or_add(name: str, email: str, by: Actor) -> Candidate:
    """The person with this address, locked; made once however many requests arrive together."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(lower(%s), 7))", [email])
    while held := known_by(email):
        candidate = lock(held.candidate)
        # Whoever was erased or merged meanwhile is not known by this address any more.
        if candidate.merged_into_id is None and candidate.emails.filter(pk=held.pk).exists():
            return candidate
    return add_candidate(name, email, by)


def known_by(email: str) -> EmailAddress | None:
    return (
        EmailAddress.objects.annotate(lower=Lower("address"))
        .filter(lower=Lower(Value(email)), candidate__merged_into=None)
        .exclude(status=AddressStatus.INVALID)
        .select_related("candidate")
        .order_by("status", "pk")
        .first()
    )


def add_candidate(name: str, email: str, by: Actor) -> Candidate:
    candidate = Candidate.objects.create(name=name)
    candidate.emails.create(address=email, is_primary=True)
    record("candidate.added", candidate, by=by)
    return candidate

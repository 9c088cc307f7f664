"""What a merge will move, what stands against it, and what taking it back would do."""

from typing import Any

from django.db.models import Max

from ats.events.actors import Actor
from ats.jobs.models import JobItem
from ats.outbox.models import Delivery
from ats.reminders.models import Reminder
from candidates.enums import ApplicationStatus
from candidates.models import (
    Application,
    Candidate,
    CandidateTag,
    CandidateValue,
    Consent,
    EmailAddress,
    LegalHold,
    MatchKey,
    Merge,
    PhoneNumber,
    PoolMembership,
    PossibleDuplicate,
    PrivacyRequest,
    Resume,
    SearchWords,
)
from candidates.models.merging import MOVING, MovingRule, moves, stays

# Columns that are the row's own, whoever it is merged into.
OWN = {"id", "public_id", "created_at", "merged_into", "name"}


def two_active_applications(survivor: Candidate, other: Candidate) -> list[str]:
    active = Application.objects.filter(status=ApplicationStatus.ACTIVE)
    there = active.filter(candidate=survivor).values("requisition")
    both = active.filter(candidate=other, requisition__in=there).select_related("requisition")
    return [
        f"Both have an active application for {each.requisition.number}:"
        " withdraw or reject one of them first."
        for each in both.order_by("pk")
    ]


def register() -> None:
    moves(Application, called="applications", clash=two_active_applications)
    moves(Resume, called="resumes", follows="application")
    moves(EmailAddress, called="e-mail addresses", resets={"is_primary": False})
    moves(PhoneNumber, called="phone numbers")
    moves(CandidateTag, called="tags")
    moves(PoolMembership, called="talent pools")
    moves(CandidateValue, called="custom fields", once="field")
    moves(Consent, called="consents", follows="application")
    # What only site admins may know of is moved without being named.
    moves(LegalHold)
    moves(PrivacyRequest)
    moves(Candidate, "merged_into", called="people merged before")
    moves(Delivery, "recipient_id", called="letters", by_id=True)
    moves(Delivery, "about_id", called="letters about them", by_id=True)
    moves(Reminder, "subject_id", called="reminders", by_id=True)
    moves(JobItem, "subject_id", by_id=True)
    stays(SearchWords, "candidate", because="each resume takes its words along")
    stays(MatchKey, "candidate", because="made anew from what each has after the merge")
    stays(PossibleDuplicate, "first", "second", because="looked for anew after the merge")
    stays(Merge, "survivor", "other", because="the journal says who it was then")


def name_of(rule: MovingRule, person: Candidate) -> Any:
    return person.public_id if rule.by_id else person.pk


def rows_of(rule: MovingRule, person: Candidate) -> Any:
    return rule.model._base_manager.filter(**{rule.column: name_of(rule, person)}).order_by("pk")


def merge_blockers(survivor: Candidate, other: Candidate) -> list[str]:
    """Sentences: what has to be solved before these two can be one."""
    if survivor.pk == other.pk:
        return ["This is the same person: choose two different ones."]
    if gone := [each for each in (survivor, other) if each.merged_into_id]:
        return [f"{each} was merged into {each.merged_into} already." for each in gone]
    if any(each.erased_at for each in (survivor, other)):
        return ["One of them was erased: nothing is left that could be merged."]
    clashes = [rule.clash(survivor, other) for rule in MOVING.values() if rule.clash]
    return [sentence for found in clashes for sentence in found]


def newest() -> dict[str, int]:
    """The last key of each table: what comes later has a higher one."""
    models = {rule.model for rule in MOVING.values()}
    found = {m._meta.label_lower: m._base_manager.aggregate(last=Max("pk"))["last"] for m in models}
    return {label: last or 0 for label, last in found.items()}


def columns() -> list[Any]:
    """What a person's row itself says about them."""
    fields = Candidate._meta.concrete_fields
    return [
        each for each in fields if each.name not in OWN and each.editable and not each.generated
    ]


def joined(mine: Any, theirs: Any) -> Any:
    """The survivor's, unless they have none; lists together; a warning stays one."""
    if isinstance(mine, list):
        return [*mine, *(each for each in theirs if each not in mine)]
    return mine or theirs


def differences(survivor: Candidate, other: Candidate) -> dict[str, list[Any]]:
    """Per column in which they differ: the survivor's, the other's, and what the merge makes."""
    pairs = [
        (each.attname, getattr(survivor, each.attname), getattr(other, each.attname))
        for each in columns()
    ]
    differing = {
        n: [mine, theirs, joined(mine, theirs)] for n, mine, theirs in pairs if mine != theirs
    }
    names = [survivor.name, other.name, survivor.name]
    return {"name": names, **differing} if survivor.name != other.name else differing


def is_told(rule: MovingRule) -> bool:
    return bool(rule.called)


def will_move(other: Candidate) -> dict[str, int]:
    """How many rows, in the words of the trade, without those that there are none of."""
    counts: dict[str, int] = {}
    for rule in filter(is_told, MOVING.values()):
        counts[rule.called] = counts.get(rule.called, 0) + rows_of(rule, other).count()
    return {called: count for called, count in counts.items() if count}


def undo_blockers(merge: Merge) -> list[str]:
    """Why this merge cannot be taken back now."""
    survivor, other = merge.survivor, merge.other
    if merge.undone_at:
        return ["This merge was undone before."]
    if survivor.erased_at or other.erased_at:
        return ["They were erased since: there is nothing left to give back."]
    if survivor.merged_into_id:
        return [f"{survivor} was merged into {survivor.merged_into} later: undo that merge first."]
    if other.merged_into_id != survivor.pk:
        return [f"{other} is not merged into {survivor} any more."]
    return []


def came_later(merge: Merge) -> dict[str, int]:
    """What the survivor got after the merge, by itself or by another merge: it stays there."""
    counts: dict[str, int] = {}
    gone = {each["rule"]: set(each["rows"]) for each in merge.moved}
    for rule in filter(is_told, MOVING.values()):
        since = merge.newest.get(rule.model._meta.label_lower, 0)
        late = rows_of(rule, merge.survivor).filter(pk__gt=since)
        if rule.follows:
            late = late.exclude(**{f"{rule.follows}__in": moved_applications(merge)})
        ids = set(late.values_list("pk", flat=True)) - gone.get(rule.key, set())
        counts[rule.called] = counts.get(rule.called, 0) + len(ids)
    return {called: count for called, count in counts.items() if count}


def moved_applications(merge: Merge) -> list[int]:
    key = f"{Application._meta.label_lower}.candidate"
    return [pk for each in merge.moved if each["rule"] == key for pk in each["rows"]]


def preview_merge(candidate: Candidate, *, other: Candidate, by: Actor) -> dict[str, Any]:
    """What `merge` would do with these two; nothing is changed."""
    return {
        "survivor": candidate,
        "other": other,
        "blockers": merge_blockers(candidate, other),
        "moves": will_move(other),
        "differs": said(differences(candidate, other)),
    }


def said(differing: dict[str, list[Any]]) -> list[dict[str, Any]]:
    """The columns in which two people differ, to be read; a colleague by name."""
    return [
        {
            "field": column.removesuffix("_id").replace("_", " "),
            "survivor": shown(column, mine),
            "other": shown(column, theirs),
            "becomes": shown(column, made),
        }
        for column, (mine, theirs, made) in differing.items()
    ]


def shown(column: str, value: Any) -> str:
    field = Candidate._meta.get_field(column)
    if value and field.is_relation:
        return str(field.related_model._base_manager.filter(pk=value).first() or "")  # type: ignore[union-attr]
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value or "")

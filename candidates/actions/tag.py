"""What people are marked with. Tags are the company's own words: retired or merged, never lost."""

from django.db import connection, transaction

from ats import clock
from ats.base import lock
from ats.errors import DomainError, Invalid
from ats.events.actors import Actor
from ats.events.log import record
from candidates.actions.names import check_name_of
from candidates.models import Candidate, CandidateTag, Tag


@transaction.atomic
def tag(candidate: Candidate, *, tag: Tag | str, by: Actor) -> Candidate:
    """Mark a person; a second time changes nothing.

    `tag` is a row or a name, in any case and with any accents; a new name is a new tag, and the
    name of a merged tag means the one that took it over. Raises `Invalid` for a retired one.
    """
    candidate = lock(candidate)
    found = usable(tag if isinstance(tag, Tag) else find_or_add_tag(tag, by=by))
    facts = {"tagged_at": clock.now(), "tagged_by": by.user}
    if candidate.tagged.get_or_create(tag=found, defaults=facts)[1]:
        record("candidate.tagged", candidate, by=by, tag=found)
    return candidate


@transaction.atomic
def untag(candidate: Candidate, *, tag: Tag | str, by: Actor) -> Candidate:
    """Take a mark off a person who has it; whoever does not have it stays as they are."""
    candidate = lock(candidate)
    found = tag if isinstance(tag, Tag) else Tag.objects.called(tag).first()
    if found is None:
        raise Invalid("tag", "There is no such tag. Nothing was changed.")
    if candidate.tagged.filter(tag=found).delete()[0]:
        record("candidate.untagged", candidate, by=by, tag=found)
    return candidate


def usable(tag: Tag) -> Tag:
    """The tag, or the one that took it over, as it stays until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM candidates_tag WHERE id = %s FOR SHARE", [tag.pk])
    tag = Tag.objects.select_related("merged_into").get(pk=tag.pk)
    if tag.merged_into:
        return usable(tag.merged_into)
    if tag.retired_at:
        raise Invalid("tag", f"{tag} is retired: choose another tag, or ask an admin for it back.")
    return tag


def find_or_add_tag(name: str, *, by: Actor) -> Tag:
    """Two who think of the same new name at once get one tag, and no error."""
    name = check_name_of("tag", name)
    found = Tag.objects.called(name).first()
    if found is None:
        one_name_at_a_time()
        found = Tag.objects.called(name).first()
    return found or add_tag(name=name, by=by)


@transaction.atomic
def add_tag(*, name: str, by: Actor) -> Tag:
    """A name is one tag, whatever its case and accents."""
    name = check_name_of("name", name)
    one_name_at_a_time()
    refuse_known(name, None)
    made = Tag.objects.create(name=name, created_at=clock.now())
    record("tag.added", made, by=by)
    return made


@transaction.atomic
def rename_tag(tag: Tag, *, name: str, by: Actor) -> Tag:
    """Whoever has it keeps it, under the new name."""
    name = check_name_of("name", name)
    one_name_at_a_time()
    tag = lock(tag)
    refuse_known(name, tag)
    tag.name = name
    tag.save(update_fields=["name"])
    record("tag.renamed", tag, by=by)
    return tag


@transaction.atomic
def merge_tag(tag: Tag, *, into: Tag, by: Actor) -> Tag:
    """Everybody with this tag has `into` in its place; its name means `into` from now on."""
    if tag == into:
        raise Invalid("into", "Name another tag: this one cannot become a part of itself.")
    tag, into = locked_both(tag, into)
    if tag.merged_into_id or into.retired_at:
        raise DomainError("Only a tag in use takes over another, and each only once.")
    held = CandidateTag.objects.filter(tag=into).values("candidate")
    CandidateTag.objects.filter(tag=tag).exclude(candidate__in=held).update(tag=into)
    CandidateTag.objects.filter(tag=tag).delete()
    Tag.objects.filter(merged_into=tag).update(merged_into=into)
    tag.merged_into, tag.retired_at = into, tag.retired_at or clock.now()
    tag.save(update_fields=["merged_into", "retired_at"])
    record("tag.merged", tag, into, by=by, into=into)
    return tag


@transaction.atomic
def retire_tag(tag: Tag, *, by: Actor) -> Tag:
    """Nobody is given it any more; whoever has it keeps it."""
    tag = lock(tag)
    if tag.retired_at is None:
        tag.retired_at = clock.now()
        tag.save(update_fields=["retired_at"])
        record("tag.retired", tag, by=by)
    return tag


@transaction.atomic
def restore_tag(tag: Tag, *, by: Actor) -> Tag:
    """It can be given again."""
    tag = lock(tag)
    if tag.merged_into:
        raise DomainError(f"{tag} became a part of {tag.merged_into}: use that one.")
    if tag.retired_at:
        tag.retired_at = None
        tag.save(update_fields=["retired_at"])
        record("tag.restored", tag, by=by)
    return tag


def locked_both(one: Tag, other: Tag) -> tuple[Tag, Tag]:
    """In the order of their keys, so that two merges wait and never block each other."""
    rows = Tag.objects.select_for_update(of=("self",)).order_by("pk")
    found = rows.in_bulk([one.pk, other.pk])
    return found[one.pk], found[other.pk]


def refuse_known(name: str, tag: Tag | None) -> None:
    known = Tag.objects.called(name).first()
    if known and known != tag:
        state = ", which is retired" if known.retired_at else ""
        raise Invalid("name", f"There is a tag called {known} already{state}.")


def one_name_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('tags', 3))")

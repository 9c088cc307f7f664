"""The library of competencies: every edit keeps the earlier text, and nothing is deleted."""

from collections.abc import Mapping
from typing import Any

from django.db import connection, transaction

from ats import clock
from ats.base import lock
from ats.errors import DomainError, Invalid
from ats.events.actors import Actor
from ats.events.log import record
from requisitions.actions.competency import find_competency
from requisitions.models import Competency, EarlierCompetency

TEXTS = ("name", "definition", "category", "aliases", "anchors")
ANCHORED = ("1", "3", "5")


@transaction.atomic
def add_competency(*, name: str, by: Actor, **fields: Any) -> Competency:
    """With `definition`, `anchors` (1, 3 and 5; 2 and 4 if wanted), `category` and `aliases`."""
    one_at_a_time()
    texts = tidy({"name": name, **fields})
    check_texts(texts, None)
    competency = Competency.objects.create(**texts)
    record("competency.added", competency, by=by)
    return competency


@transaction.atomic
def edit_competency(competency: Competency, *, by: Actor, **fields: Any) -> Competency:
    """A new version; the earlier text is kept, and frozen rubrics name what they froze."""
    one_at_a_time()
    competency = lock(competency)
    texts = tidy(fields)
    check_texts(texts, competency)
    before = {name: getattr(competency, name) for name in TEXTS}
    changed = [name for name, value in texts.items() if before[name] != value]
    if not changed:
        return competency
    EarlierCompetency.objects.create(
        competency=competency, version=competency.version, content=before, until=clock.now()
    )
    for name in changed:
        setattr(competency, name, texts[name])
    competency.version += 1
    competency.save(update_fields=["version", *changed])
    record("competency.edited", competency, by=by, version=competency.version)
    return competency


@transaction.atomic
def retire_competency(competency: Competency, *, by: Actor) -> Competency:
    """Nobody chooses it any more; requisitions that ask for it keep it, and so do scorecards."""
    competency = lock(competency)
    if competency.retired_at is None:
        competency.retired_at = clock.now()
        competency.save(update_fields=["retired_at"])
        record("competency.retired", competency, by=by)
    return competency


@transaction.atomic
def restore_competency(competency: Competency, *, by: Actor) -> Competency:
    """It can be chosen again."""
    competency = lock(competency)
    if competency.merged_into:
        raise DomainError(f"{competency} became a part of {competency.merged_into}: use that one.")
    if competency.retired_at:
        competency.retired_at = None
        competency.save(update_fields=["retired_at"])
        record("competency.restored", competency, by=by)
    return competency


@transaction.atomic
def merge_competency(competency: Competency, *, into: Competency, by: Actor) -> Competency:
    """`into` answers to its name and aliases from now on, and this entry is retired.

    What asked for it, or was rated under it, keeps it: history is not rewritten.
    """
    one_at_a_time()
    competency, into = lock(competency), lock(into)
    if competency == into:
        raise Invalid("into", "Name another entry: this one cannot become a part of itself.")
    if into.retired_at or competency.merged_into:
        raise DomainError("Only an entry in use takes over another, and each only once.")
    names = [competency.name, *competency.aliases]
    competency.merged_into, competency.retired_at = into, competency.retired_at or clock.now()
    competency.save(update_fields=["merged_into", "retired_at"])
    edit_competency(into, aliases=[*into.aliases, *names], by=by)
    record("competency.merged", competency, into, by=by, into=into)
    return competency


def one_at_a_time() -> None:
    """Names and aliases of the whole library are compared, so two edits wait for each other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('competencies', 3))")


def tidy(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Without blanks around, without aliases that say the same twice or repeat the name."""
    if unknown := set(fields) - set(TEXTS):
        raise TypeError(f"a competency has no {sorted(unknown)}")
    texts = dict(fields)
    for name in {"name", "definition", "category"} & set(texts):
        texts[name] = texts[name].strip()
    if "anchors" in texts:
        said = {at: words.strip() for at, words in texts["anchors"].items()}
        texts["anchors"] = {at: words for at, words in said.items() if words}
    if "aliases" in texts:
        own = {str(texts.get("name", "")).casefold(), ""}
        once = {each.strip().casefold(): each.strip() for each in reversed(texts["aliases"])}
        texts["aliases"] = [once[key] for key in reversed(once) if key not in own]
    return texts


def check_texts(texts: Mapping[str, Any], competency: Competency | None) -> None:
    if not texts.get("name", "given"):
        raise Invalid("name", "A competency has a name.")
    anchors = texts.get("anchors", {})
    lacking = [at for at in ANCHORED if not anchors.get(at)]
    if anchors and lacking:
        raise Invalid(f"anchors/{lacking[0]}", "Describe the behaviour at 1, 3 and 5 at least.")
    names = {"name": [texts["name"]]} if "name" in texts else {}
    for field, said in {**names, "aliases": texts.get("aliases", [])}.items():
        for name in said:
            refuse_known(name, field, competency)


def refuse_known(name: str, field: str, competency: Competency | None) -> None:
    known = find_competency(name)
    if known and known != competency and not is_part_of(known, competency):
        raise Invalid(
            field, f"The library knows {name!r} as {known}: edit or merge that entry instead."
        )


def is_part_of(known: Competency, competency: Competency | None) -> bool:
    return competency is not None and known.merged_into_id == competency.pk

"""Letters to begin an offer with."""

from typing import Any

from django.db import transaction

from ats import clock
from ats.base import lock
from ats.errors import Invalid
from ats.events.actors import Actor
from ats.events.log import record
from candidates.models import OfferTemplate
from candidates.offer_letters.tokens import unknown_tokens

LONGEST = 50_000


@transaction.atomic
def add_offer_template(*, name: str, body: str, by: Actor) -> OfferTemplate:
    template = OfferTemplate(name=name.strip(), body=body, edited_by=by.user, edited_at=clock.now())
    check(template)
    template.save(force_insert=True)
    record("offer_template.added", template, by=by)
    return template


def check(template: OfferTemplate) -> None:
    if not template.name:
        raise Invalid("name", "Give the template a name.")
    if not template.body.strip():
        raise Invalid("body", "An empty letter says nothing.")
    if len(template.body) > LONGEST:
        raise Invalid("body", f"Write at most {LONGEST:,} characters.")
    if found := unknown_tokens(template.body):
        raise Invalid("body", " ".join(found))
    others = OfferTemplate.objects.exclude(pk=template.pk)
    if others.filter(name__iexact=template.name).exists():
        raise Invalid("name", "Another template has this name already.")


@transaction.atomic
def edit_offer_template(template: OfferTemplate, *, by: Actor, **fields: Any) -> OfferTemplate:
    """Offers that were drafted from it keep their words."""
    if unknown := set(fields) - {"name", "body"}:
        raise TypeError(f"an offer template has no {sorted(unknown)}")
    template = lock(template)
    changed = sorted(name for name, value in fields.items() if getattr(template, name) != value)
    for name in changed:
        setattr(template, name, fields[name])
    check(template)
    if changed:
        template.edited_by, template.edited_at = by.user, clock.now()
        template.save(update_fields=[*changed, "edited_by", "edited_at"])
        record("offer_template.edited", template, by=by, fields=changed)
    return template


@transaction.atomic
def retire_offer_template(template: OfferTemplate, *, by: Actor) -> OfferTemplate:
    """Nobody begins with it any more; doing it again changes nothing."""
    template = lock(template)
    if template.retired_at is None:
        template.retired_at = clock.now()
        template.save(update_fields=["retired_at"])
        record("offer_template.retired", template, by=by)
    return template


@transaction.atomic
def restore_offer_template(template: OfferTemplate, *, by: Actor) -> OfferTemplate:
    template = lock(template)
    if template.retired_at is not None:
        template.retired_at = None
        template.save(update_fields=["retired_at"])
        record("offer_template.restored", template, by=by)
    return template

"""What this app keeps about a candidate: how it is told, and what stays when they are erased.

Children before parents. Rows that numbers are made of stay (an application, its visits to
stages, an offer's figures) and say nothing about a person any more.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.db.models.functions import Lower

from ats.approvals.models import Approval, Replacement, Vote
from ats.base import Row
from ats.privacy.registry import are_people, deleted, emptied, holds, holds_nothing, kept
from candidates import models as tables
from candidates.models.candidate import NOBODY

PRIVATE = "a colleague's private note: their own freedom of thought (GDPR, Article 15(4))"
COLLEAGUES = "who of us it was, which is about them (GDPR, Article 15(4))"
NEGOTIATION = "how we prepared an offer among ourselves (UK DPA 2018, Schedule 2, 23)"


def approvals_of(person: Row) -> QuerySet[Approval]:
    """Every round in which an offer to them was approved."""
    asked = Approval.objects.filter(
        pk__in=tables.Offer.objects.filter(application__candidate=person.pk).values("approval")
    )
    first = Q(pk__in=asked.values("first")) | Q(first__in=asked.values("first"))
    return Approval.objects.filter(first | Q(pk__in=asked) | Q(first__in=asked))


def whoever_they_were(model: type[Model]) -> Callable[[Row], QuerySet[Any]]:
    def rows(person: Row) -> QuerySet[Any]:
        them = Q(candidate=person.pk) | Q(candidate__merged_into=person.pk)
        return model._default_manager.filter(them)

    return rows


def naming(person: Row) -> Q:
    """Searches in which any of their names, addresses or numbers was typed. Those for somebody of
    the same name are emptied with them: nobody can tell whom a colleague had in mind."""
    names = tables.Candidate.objects.get(pk=person.pk).name
    words = [] if names == NOBODY else [each for each in names.split() if len(each) > 1]
    addresses = tables.EmailAddress.objects.filter(candidate=person.pk)
    numbers = tables.PhoneNumber.objects.filter(candidate=person.pk)
    words += [
        *addresses.values_list("address", flat=True),
        *numbers.values_list("number", flat=True),
    ]
    wanted = Q(pk__in=[])
    for word in words:
        wanted |= Q(asked__icontains=word)
    return wanted


holds(
    Vote,
    of=lambda person: Vote.objects.filter(step__approval__in=approvals_of(person)),
    erase=emptied("comment"),
    untold=NEGOTIATION,
)
holds(
    Replacement,
    of=lambda person: Replacement.objects.filter(step__approval__in=approvals_of(person)),
    erase=emptied("reason"),
    untold=NEGOTIATION,
)
holds(
    Approval,
    of=approvals_of,
    erase=kept,
    keeps={"note": "the product's own words: which terms changed"},
    untold=NEGOTIATION,
)
holds(
    tables.Offer,
    of="application__candidate",
    erase=emptied("letter", "letter_as_sent", "decline_reason", letter_file=""),
    keeps={
        "pay_currency": "a figure without a person",
        "letter_sha256": "the hash of what was accepted, which leads back to nobody",
    },
)
holds(
    tables.NoteVersion,
    of="note__application__candidate",
    erase=deleted,
    tells=lambda rows, person: rows.exclude(note__visibility="private"),
)
holds(tables.NoteMention, of="note__application__candidate", erase=deleted, untold=COLLEAGUES)
holds(
    tables.FollowUp,
    of="application__candidate",
    erase=deleted,
    untold={"user": COLLEAGUES, "asked_by": COLLEAGUES},
)
holds(
    tables.Note,
    of="application__candidate",
    erase=deleted,
    untold={"author": COLLEAGUES, "visibility": PRIVATE},
    tells=lambda rows, person: rows.exclude(visibility="private"),
)
holds(
    tables.Referral,
    of=lambda person: tables.Referral.objects.filter(
        Q(application__candidate=person.pk)
        | Q(email__in=tables.EmailAddress.objects.filter(candidate=person.pk).values("address"))
    ),
    erase=deleted,
    untold={"referrer": COLLEAGUES, "slug": "a key to a door, and no word about anybody"},
)
holds(
    tables.AgencySubmission,
    of="application__candidate",
    erase=kept,
    keeps={"decision": "our own words: which agency was first, and when"},
)
holds(tables.SearchWords, of="candidate", erase=deleted, untold="words of the resumes, again")
holds(
    tables.SearchRecord,
    of=lambda person: tables.SearchRecord.objects.filter(naming(person)),
    erase=emptied(asked={}),
    untold="what our colleagues typed, which may be about somebody of the same name",
)
holds(
    tables.SavedSearch,
    of=lambda person: tables.SavedSearch.objects.filter(naming(person)),
    erase=emptied(asked={}),
    keeps={"name": "the colleague's own title for it"},
    untold="what our colleagues typed, which may be about somebody of the same name",
)
holds(tables.Attachment, of="application__candidate", erase=deleted)
holds(tables.Resume, of="candidate", erase=deleted)
holds(
    tables.StageRuleRun,
    of=lambda person: tables.StageRuleRun.objects.filter(
        event__subjects__object_id__in=tables.Application.objects.filter(
            candidate=person.pk
        ).values("public_id")
    ),
    erase=emptied("detail"),
    untold={"detail": "why a rule of ours did nothing"},
)
holds(
    tables.PlannedRejection,
    of="application__candidate",
    erase=emptied("detail"),
    keeps={"letter": "a word of ours: now, later or never"},
    untold={"stopped_by": COLLEAGUES},
)


def lines_about(person: Row) -> QuerySet[tables.ImportedLine]:
    """Lines of a file that became an application of theirs, or that hold an address of theirs."""
    found = Q(application__candidate=person.pk)
    for address in tables.EmailAddress.objects.filter(candidate=person.pk):
        found |= Q(cells__contains=[address.address])
    return tables.ImportedLine.objects.filter(found)


holds(tables.ImportedLine, of=lines_about, erase=emptied("fault", cells=[]))
holds(tables.StageVisit, of="application__candidate", erase=kept, untold={"moved_by": COLLEAGUES})
holds(tables.ApplicationAccess, of="application__candidate", erase=deleted, untold=COLLEAGUES)
holds(
    tables.Application,
    of="candidate",
    erase=emptied("rejection_note", "needs_attention", submitted={}),
)
holds(tables.CandidateTag, of="candidate", erase=deleted, untold={"tagged_by": COLLEAGUES})
holds(tables.PoolMembership, of="candidate", erase=deleted, untold={"added_by": COLLEAGUES})
holds(tables.CandidateValue, of="candidate", erase=deleted)
holds(tables.Consent, of="candidate", erase=kept)
holds(
    tables.PrivacyRequest,
    of="candidate",
    erase=emptied("reason"),
    untold={"answered_by": COLLEAGUES},
)
# A hold that is in force refuses the erasure.
holds(
    tables.LegalHold,
    of="candidate",
    erase=emptied("reason", "release_reason"),
    untold="disputes are prepared in confidence (UK DPA 2018, Schedule 2, 19)",
)
holds(
    tables.PrivacyAsk,
    of=lambda person: tables.PrivacyAsk.objects.annotate(low=Lower("address")).filter(
        low__in=tables.EmailAddress.objects.filter(candidate=person.pk).values(low=Lower("address"))
    ),
    erase=deleted,
    untold="the question for this archive",
)
# Somebody who was merged into them is them too: their row, and what stayed on it.
holds(tables.EmailAddress, of=whoever_they_were(tables.EmailAddress), erase=deleted)
holds(tables.PhoneNumber, of=whoever_they_were(tables.PhoneNumber), erase=deleted)
holds(
    tables.MatchKey,
    of=whoever_they_were(tables.MatchKey),
    erase=deleted,
    untold="hashes under which they are looked up",
)
holds(
    tables.PossibleDuplicate,
    of=tables.PossibleDuplicate.objects.about,
    erase=deleted,
    untold="whom a program took them for, which is about somebody else too",
)
holds(
    tables.Merge,
    of=lambda person: tables.Merge.objects.filter(Q(survivor=person.pk) | Q(other=person.pk)),
    erase=emptied(differed={}),
    keeps={"moved": "keys of rows", "newest": "keys of rows"},
    untold={"merged_by": COLLEAGUES, "undone_by": COLLEAGUES},
)
are_people(tables.Candidate)
holds(
    tables.Candidate,
    of=lambda person: tables.Candidate.objects.filter(Q(pk=person.pk) | Q(merged_into=person.pk)),
    erase=emptied(
        name=NOBODY, location="", timezone="", links=[], language="en", do_not_contact=True
    ),
    untold={"owner": COLLEAGUES},
)
holds_nothing(
    tables.ConsentText,
    tables.RetentionRule,
    tables.Source,
    tables.RejectionReason,
    tables.StageRule,
    tables.PeopleImport,
    tables.Tag,
    tables.TalentPool,
    tables.OfferTemplate,
    tables.Agency,
    tables.AgencyContact,
    tables.TrackingLink,
    tables.ReapplyPolicy,
    tables.FillPlan,
    because="how the company hires, in its own words",
)

"""The person."""

import pgtrigger
from django.apps import apps
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from ats.accounts.models import User
from ats.base import Row
from candidates.enums import AddressStatus
from candidates.models.merging import FollowsMerges
from candidates.models.words import digits, folded, pieces
from requisitions.enums import TeamRole

# How whoever was erased is called from then on.
NOBODY = "Erased candidate"


class CandidateSet(models.QuerySet["Candidate"]):
    def visible_to(self, user: User) -> "CandidateSet":
        """People with an application that this reader may see."""
        applications = apps.get_model("candidates", "Application")._default_manager.all()
        mine = applications.visible_to(user)  # type: ignore[attr-defined]
        seen = self.filter(merged_into=None, pk__in=mine.values("candidate"))
        return seen if user.is_site_admin else seen.filter(restricted_at=None)

    def known_to(self, user: User) -> "CandidateSet":
        """With those who were merged into somebody visible: their old ids still mean a person."""
        seen = self.visible_to(user).values("pk")
        return self.filter(Q(pk__in=seen) | Q(merged_into__in=seen))

    def recruited_by(self, user: User) -> "CandidateSet":
        """Those whose custom fields for recruiters only this reader may see."""
        applications = apps.get_model("candidates", "Application")._default_manager.all()
        mine = applications.worked_on_by(user, TeamRole.RECRUITER)  # type: ignore[attr-defined]
        return self.filter(pk__in=mine.values("candidate"))


# The row of the person, and of each resume, in which the profile stands as well.
PERSON_WORDS = """
    INSERT INTO candidates_searchwords (candidate_id, words)
    VALUES (NEW.id, profile_words(NEW.name, NEW.location))
    ON CONFLICT (candidate_id) WHERE resume_id IS NULL DO UPDATE SET words = EXCLUDED.words;
    IF TG_OP = 'UPDATE' THEN
        UPDATE candidates_searchwords held
        SET words = profile_words(NEW.name, NEW.location) || resume_words(r.text)
        FROM candidates_resume r
        WHERE held.candidate_id = NEW.id AND r.id = held.resume_id;
    END IF;
    RETURN NULL;
"""


class Candidate(Row):
    name = models.CharField(max_length=400)
    location = models.CharField(max_length=300, blank=True)
    timezone = models.CharField(max_length=64, blank=True)
    language = models.CharField(max_length=12, default="en")
    links = ArrayField(models.URLField(max_length=500), default=list, blank=True)
    do_not_contact = models.BooleanField(default=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    tags = models.ManyToManyField("candidates.Tag", through="CandidateTag", related_name="+")
    pools = models.ManyToManyField(
        "candidates.TalentPool", through="PoolMembership", related_name="+"
    )
    restricted_at = models.DateTimeField(
        null=True, blank=True, help_text="kept because it must be, and used for nothing"
    )
    erased_at = models.DateTimeField(null=True, blank=True)
    # Never a chain: whoever is merged takes along those who were merged into them.
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    matched_at = models.DateTimeField(
        null=True, editable=False, help_text="when duplicates were last looked for"
    )

    objects = CandidateSet.as_manager()

    class Meta:
        indexes = [
            # reader: the list of candidates, newest first
            models.Index(fields=["-created_at", "-id"], name="candidates_newest_first"),
            # reader: the list of candidates, by name
            models.Index(fields=["name", "id"], name="candidates_by_name"),
            # reader: queries.search, whose name is nearly this?
            pieces(folded("name"), "candidates_by_nearly_name"),
            # reader: queries.search, who lives there?
            pieces(folded("location"), "candidates_by_place"),
            # reader: queries.search, whom does this colleague look after?
            models.Index(
                fields=["owner", "-created_at", "-id"],
                name="candidates_of_an_owner",
                condition=Q(owner__isnull=False),
            ),
            # reader: tasks.sweep_duplicates
            models.Index(
                fields=["id"],
                name="candidates_to_match",
                condition=Q(matched_at=None, merged_into=None),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="the_words_of_a_person_are_current",
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("name", "location"),
                when=pgtrigger.After,
                func=PERSON_WORDS,
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(merged_into=models.F("id")), name="nobody_is_merged_into_themselves"
            ),
            models.CheckConstraint(
                condition=Q(erased_at=None) | Q(name=NOBODY),
                name="an_erased_candidate_has_no_name",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class EmailAddress(models.Model):
    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="emails")
    address = models.EmailField(max_length=254)
    status = models.CharField(
        max_length=10, choices=AddressStatus.choices, default=AddressStatus.CURRENT
    )
    is_primary = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=AddressStatus.values), name="address_status_is_known"
            ),
            models.UniqueConstraint(
                models.F("candidate"),
                models.functions.Lower("address"),
                name="an_address_once_per_candidate",
            ),
            models.UniqueConstraint(
                fields=["candidate"],
                condition=Q(is_primary=True),
                name="one_primary_address_per_candidate",
            ),
        ]
        indexes = [
            # reader: actions.apply, who is this?
            models.Index(models.functions.Lower("address"), name="candidates_by_address"),
            # reader: queries.search, a piece of an address
            pieces(models.functions.Lower("address"), "candidates_by_address_piece"),
        ]
        triggers = [FollowsMerges()]

    def __str__(self) -> str:
        return self.address


class PhoneNumber(models.Model):
    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="phones")
    number = models.CharField(max_length=40)
    status = models.CharField(
        max_length=10, choices=AddressStatus.choices, default=AddressStatus.CURRENT
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=AddressStatus.values), name="number_status_is_known"
            ),
            models.UniqueConstraint(
                fields=["candidate", "number"], name="a_number_once_per_candidate"
            ),
        ]
        indexes = [
            # reader: queries.search, a piece of a number
            pieces(digits("number"), "candidates_by_number_piece"),
        ]
        triggers = [FollowsMerges()]

    def __str__(self) -> str:
        return self.number

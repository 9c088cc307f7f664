"""Possible duplicates, merging and undoing on the recruiter's screens."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from ats.admin.base import list_url, url_of
from ats.events.actors import Actor
from candidates.actions.duplicate import look_for_duplicates
from candidates.models import Candidate, Merge, PossibleDuplicate
from tests.console.world import signed_in
from tests.factories.candidates import apply
from tests.factories.requisitions import Role, open_requisition

PHONE = "+44 20 7946 0958"


@pytest.fixture
def role(db: Any, settings: Any, tmp_path: Path) -> Role:
    settings.MEDIA_ROOT = str(tmp_path)
    return open_requisition()


@pytest.fixture
def client(role: Role) -> Client:
    return signed_in(role.recruiter)


@pytest.fixture
def pair(role: Role) -> PossibleDuplicate:
    other = open_requisition(recruiter=role.recruiter)
    for where, name in ((role, "Robert Feynmark"), (other, "Bob Feynmark")):
        person = apply(where, name, phone=PHONE).candidate
        look_for_duplicates(person, by=Actor.system("test"))
    return PossibleDuplicate.objects.get()


def test_a_pair_is_shown_with_its_reasons_and_merged(client: Client, pair: Any) -> None:
    listed = client.get(list_url(PossibleDuplicate)).content.decode()
    assert "Robert Feynmark and Bob Feynmark" in listed
    assert "short form or variant of the same given name" in listed
    page = client.get(url_of(pair)).content.decode()
    assert "If Robert Feynmark stays" in page
    assert "E-mail addresses" in page
    person = client.get(url_of(pair.first)).content.decode()
    assert "May be the same person" in person
    answer = client.post(
        url_of(pair, "do", verb="merge_duplicates"), {"survivor": pair.second.pk}, follow=True
    )
    assert answer.redirect_chain[-1][0] == url_of(pair.second)
    assert "Merged into this person" in answer.content.decode()
    pair.first.refresh_from_db()
    assert pair.first.merged_into == pair.second
    merge = Merge.objects.get()
    page = client.get(url_of(merge)).content.decode()
    assert "Undo the merge" in page
    client.post(url_of(merge, "do", verb="undo_merge"))
    assert not Candidate.objects.exclude(merged_into=None).exists()
    assert "Undo the merge" not in client.get(url_of(merge)).content.decode()


def test_a_stranger_among_the_two_is_refused(client: Client, pair: Any, role: Role) -> None:
    third = apply(role).candidate
    answer = client.post(url_of(pair, "do", verb="merge_duplicates"), {"survivor": third.pk})
    assert answer.status_code == 200
    assert not Merge.objects.exists()


def test_not_the_same_person(client: Client, pair: Any) -> None:
    client.post(url_of(pair, "do", verb="dismiss_duplicate"))
    assert "Somebody said that these are two people" in client.get(url_of(pair)).content.decode()
    assert (
        "Feynmark and" not in client.get(list_url(PossibleDuplicate, "view=open")).content.decode()
    )


def test_who_may_not_merge_sees_no_button(pair: Any, role: Role) -> None:
    """The manager of one requisition does not see the other person, and so no pair."""
    assert signed_in(role.manager).get(url_of(pair)).status_code == 404

"""Many applications at once on screen: choose, preview, start, watch."""

from typing import Any

import pytest
from django.test import Client

from ats.jobs.models import Job
from candidates.models import Application, FillPlan
from tests.ats.jobs.conftest import until_idle
from tests.factories.ats import UserFactory
from tests.factories.candidates import apply, rejection_reason
from tests.factories.requisitions import Role, open_requisition

pytestmark = pytest.mark.django_db
LIST = "/console/candidates/application/"


@pytest.fixture
def role() -> Role:
    return open_requisition()


@pytest.fixture
def recruiter(role: Role) -> Client:
    return signed_in(role.recruiter)


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_some_are_chosen_previewed_started_and_watched(role: Role, recruiter: Client) -> None:
    crowd = [apply(role), apply(role), apply(role)]
    assert "Work on many" in recruiter.get(f"{LIST}?view=active").text
    page = recruiter.get(f"{LIST}bulk/move/?view=active")
    assert all(str(each.candidate) in page.text for each in crowd)
    body = {"chosen": [crowd[0].pk, crowd[1].pk, "x"], "stage": role.stage("screen").pk}
    answer = recruiter.post(f"{LIST}bulk/move/?view=active", body, follow=True)
    assert "2 will be done." in answer.text
    job = Job.objects.get()
    url = f"/console/ats/job/{job.pk}/"
    assert recruiter.post(f"{url}do/start_job/").status_code == 302
    live = recruiter.get(f"{url}change/")
    assert (live["Refresh"], "looks again by itself" in live.text) == ("2", True)
    until_idle()
    over = recruiter.get(f"{url}change/?outcome=done")
    assert ("2 of 2" in over.text, "Refresh" in over) == (True, False)
    assert str(crowd[0].candidate) in over.text
    assert Application.objects.filter(stage=role.stage("screen")).count() == 2
    assert recruiter.get("/console/ats/job/?view=finished").status_code == 200
    assert signed_in(UserFactory(is_site_admin=True)).get(f"{url}change/").status_code == 404


def test_all_that_match_are_rejected_and_a_refusal_is_shown(role: Role, recruiter: Client) -> None:
    apply(role), apply(role)
    url = f"{LIST}bulk/reject/?stage={role.stage('applied').pk}"
    body = {"reason": rejection_reason().pk, "letter": "later"}
    assert "Nothing is selected" in recruiter.post(url, body).text
    recruiter.post(url, {**body, "all": "yes"})
    assert Job.objects.get().preview["will"] == 2


@pytest.mark.parametrize("verb", ["move", "reject", "tag", "untag", "mail"])
def test_every_choice_has_its_page(role: Role, recruiter: Client, verb: str) -> None:
    assert recruiter.get(f"{LIST}bulk/{verb}/").status_code == 200


def test_an_unknown_choice_is_not_found(recruiter: Client) -> None:
    assert recruiter.get(f"{LIST}bulk/hire/").status_code == 404


def test_a_letter_to_many_is_planned(role: Role, recruiter: Client) -> None:
    one = apply(role)
    body = {"chosen": [one.pk], "subject": "News", "body": "{{ nobody }}", "when": "now"}
    assert "Nobody knows" in recruiter.post(f"{LIST}bulk/mail/", body).text
    page = recruiter.post(f"{LIST}bulk/mail/", {**body, "body": "Dear all"}, follow=True)
    assert "Dear all" in page.text


def test_the_board_leads_to_a_column_of_many(role: Role, recruiter: Client) -> None:
    apply(role)
    page = recruiter.get(f"/console/candidates/application/board/{role.requisition.pk}/")
    assert f"bulk/move/?view=active&amp;stage={role.stage('applied').pk}" in page.text


def test_buttons_reach_other_requisitions(role: Role, recruiter: Client) -> None:
    target = open_requisition(recruiter=role.recruiter)
    one = apply(role)
    url = f"{LIST}{one.pk}/do/transfer_application/"
    recruiter.post(url, {"requisition": target.requisition.pk})
    assert Application.objects.get(requisition=target.requisition).transferred_from == one
    third = open_requisition(recruiter=role.recruiter)
    url = f"/console/candidates/candidate/{one.candidate.pk}/do/convert_prospect/"
    recruiter.post(url, {"requisition": third.requisition.pk})
    assert Application.objects.filter(requisition=third.requisition).count() == 1
    url = f"/console/requisitions/requisition/{role.requisition.pk}/do/choose_after_fill/"
    body = {"choice": "keep", "after_days": 7, "letter": "later"}
    assert recruiter.post(url, body).status_code == 302
    assert FillPlan.objects.get().choice == "keep"

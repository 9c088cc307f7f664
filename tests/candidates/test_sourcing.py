"""Where people come from, whom that is owed to, and when they may come again."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from rest_framework.test import APIClient

from ats import clock
from ats.errors import DomainError, Invalid
from ats.events.actors import Actor
from ats.events.models import Event
from ats.outbox.models import Delivery
from candidates.actions.agency import (
    add_agency,
    add_agency_contact,
    edit_agency,
    restore_agency,
    retire_agency,
)
from candidates.actions.application import reject_application
from candidates.actions.files import FileIn
from candidates.actions.sourcing import (
    add_application,
    add_tracking_link,
    refer_candidate,
    retire_tracking_link,
    set_reapply_policy,
    submit_agency_candidate,
)
from candidates.models import (
    AgencyContact,
    AgencySubmission,
    Application,
    Candidate,
    Referral,
    Source,
    TrackingLink,
)
from candidates.queries.origins import plain, policy_of
from requisitions.actions.requisition import cancel_requisition
from tests.candidates.conftest import settle, signed_in
from tests.candidates.test_apply import door
from tests.factories.ats import UserFactory
from tests.factories.candidates import apply, rejection_reason
from tests.factories.requisitions import Role, open_requisition


def came(application: Application) -> tuple[str, Any]:
    return application.source.kind, application.credited_to


@pytest.fixture
def board_source(db: Any) -> Source:
    return Source.objects.create(name="Job board: HPC Weekly", kind="job_board")


@pytest.fixture
def contact(role: Role, by: Actor) -> AgencyContact:
    agency = add_agency(name="Talent & Co", ownership_days=30, by=by)
    return add_agency_contact(agency, name="Tim", email="tim@talent.example", by=by)


@pytest.fixture
def rival(role: Role, by: Actor) -> AgencyContact:
    agency = add_agency(name="Finders", by=by)
    return add_agency_contact(agency, name="Fay", email="fay@finders.example", by=by)


# Tracking links


def test_a_tracking_link_leads_to_the_job_and_is_credited(
    role: Role, by: Actor, board_source: Source
) -> None:
    link = add_tracking_link(role.posting, source=board_source, campaign=" Spring  ", by=by)
    browser = Client()
    answer = browser.get(f"/t/{link.slug}")
    job = f"/jobs/{role.posting.public_id}"
    assert answer["Location"] == f"{job}?via={link.slug}"
    assert browser.head(f"/t/{link.slug}").status_code == 302
    assert f"{job}/apply?via={link.slug}" in browser.get(answer["Location"]).content.decode()
    form = browser.get(f"{job}/apply?via={link.slug}").content.decode()
    assert f'name="via" value="{link.slug}"' in form
    said = {"name": "Ana", "email": "ana@mail.example", "consent": "on", "via": link.slug}
    assert browser.post(f"{job}/apply", said).status_code == 302
    application = Application.objects.get()
    assert (came(application), application.tracking_link) == (("job_board", None), link)
    (row,) = signed_in(role.recruiter).get("/api/v1/tracking-links").data["results"]
    assert (row["visits"], row["applications"], row["campaign"]) == (1, 1, "Spring")
    assert row["url"].endswith(f"/t/{link.slug}")


def test_a_retired_link_still_leads_there_and_counts_no_more(
    role: Role, by: Actor, board_source: Source
) -> None:
    link = add_tracking_link(role.posting, source=board_source, by=by)
    gone = retire_tracking_link(link, by=by)
    assert retire_tracking_link(link, by=by).retired_at == gone.retired_at
    assert Client().get(f"/t/{link.slug}").status_code == 302
    link.refresh_from_db()
    assert link.visits == 0
    assert apply(role, via=link.slug).source == board_source


@pytest.mark.parametrize("via", ["", "nothing", "x" * 500, "<b>", "é", "a b", "' OR 1=1", "\x00"])
def test_a_word_that_means_nothing_is_as_if_it_were_not_there(role: Role, via: str) -> None:
    assert came(apply(role, via=via)) == ("careers_site", None)
    assert plain(via) in ("", "nothing")
    page = Client().get(f"/jobs/{role.posting.public_id}", {"via": via}).content.decode()
    assert ("?via=" in page) is (via == "nothing")


@pytest.mark.django_db
def test_an_unknown_link_is_not_there() -> None:
    assert Client().get("/t/nothing").status_code == 404


def test_links_by_api_are_the_teams(role: Role, board_source: Source) -> None:
    api = signed_in(role.recruiter)
    said = {"posting": str(role.posting.public_id), "source": str(board_source.public_id)}
    made = api.post("/api/v1/tracking-links", said)
    assert made.status_code == 201
    assert api.post(f"/api/v1/tracking-links/{made.json()['id']}/retire").status_code == 200
    other = signed_in(UserFactory())
    assert other.get("/api/v1/tracking-links").json()["results"] == []
    assert other.post("/api/v1/tracking-links", said).status_code == 400


# Referrals


def refer(role: Role, **said: Any) -> Referral:
    said = {
        "name": "Rita",
        "email": "rita@mail.example",
        "relation": "worked_with",
        "by": Actor.of(UserFactory(name="Ralf")),
        **said,
    }
    return refer_candidate(role.posting, **said)


def test_a_colleague_refers_somebody_who_is_asked_and_then_credited(role: Role) -> None:
    referral = refer(role, note="Brilliant.")
    settle()
    letter = Delivery.objects.get(letter="candidates/referred")
    assert (letter.to_address, letter.may_repeat) == ("rita@mail.example", False)
    assert f"?via={referral.slug}" in letter.body
    assert "Brilliant" not in letter.body
    assert Candidate.objects.count() == 0
    application = apply(role, email="other@mail.example", via=referral.slug)
    referral.refresh_from_db()
    assert (referral.application, referral.is_credited) == (application, True)
    assert came(application) == ("referral", referral.referrer)
    assert Event.objects.filter(verb="referral.applied").count() == 1


def test_the_address_is_enough_and_the_first_colleague_counts(role: Role) -> None:
    first, second = refer(role), refer(role, email="RITA@mail.example")
    settle()
    assert Delivery.objects.filter(letter="candidates/referred").count() == 1
    application = apply(role, email="Rita@mail.example")
    assert application.credited_to == first.referrer
    second.refresh_from_db()
    assert second.application is None


def test_whoever_applied_before_is_linked_without_credit_and_not_written_to(role: Role) -> None:
    application = apply(role, email="rita@mail.example")
    referral = refer(role)
    settle()
    assert (referral.application, referral.is_credited) == (application, False)
    assert not Delivery.objects.filter(letter="candidates/referred").exists()
    assert came(Application.objects.get()) == ("careers_site", None)
    (row,) = signed_in(referral.referrer).get("/api/v1/referrals").data["results"]
    assert (row["status"], "application" in row) == ("asked", False)


def test_nobody_is_asked_who_wants_no_letters(role: Role) -> None:
    apply(open_requisition(), email="rita@mail.example")
    Candidate.objects.update(do_not_contact=True)
    refer(role)
    settle()
    assert not Delivery.objects.filter(letter="candidates/referred").exists()


def test_referrals_that_cannot_be_meant_are_refused(role: Role, by: Actor) -> None:
    for bad, field in (
        ({"relation": "boss"}, "relation"),
        ({"note": "x" * 10_001}, "note"),
        ({"email": "no"}, "email"),
        ({"name": " "}, "name"),
    ):
        with pytest.raises(Invalid) as refusal:
            refer(role, **bad)
        assert refusal.value.field == field
    with pytest.raises(DomainError, match="only a person"):
        refer(role, by=Actor.system("test"))
    assert Referral.objects.count() == 0


def test_referrals_are_seen_by_their_author_and_the_team(role: Role) -> None:
    person = UserFactory()
    api = signed_in(person)
    said = {
        "posting": str(role.posting.public_id),
        "name": "Rita",
        "email": "rita@mail.example",
        "relation": "friend",
    }
    assert api.post("/api/v1/referrals", said).status_code == 201
    assert len(api.get("/api/v1/referrals").json()["results"]) == 1
    assert len(signed_in(role.manager).get("/api/v1/referrals").json()["results"]) == 1
    assert signed_in(UserFactory()).get("/api/v1/referrals").json()["results"] == []
    apply(role, email="rita@mail.example")
    assert api.get("/api/v1/referrals").json()["results"][0]["status"] == "applied"


def test_one_referral_is_credited_per_application(role: Role) -> None:
    referral, other = refer(role), refer(role)
    application = apply(role, via=referral.slug)
    with pytest.raises(IntegrityError, match="one_referral_is_credited"), transaction.atomic():
        Referral.objects.filter(pk=other.pk).update(application=application, is_credited=True)


# By hand and by agencies


def test_somebody_found_is_added_and_not_written_to(role: Role, by: Actor) -> None:
    application = add_application(
        role.requisition,
        name="Sam",
        email="sam@mail.example",
        phone="123",
        resume=FileIn("cv.txt", b"Ten years."),
        by=by,
    )
    assert came(application) == ("sourced", role.recruiter)
    settle()
    assert not Delivery.objects.filter(recipient_id=application.candidate.public_id).exists()
    assert application.resumes.get().status == "read"
    assert application.candidate.phones.get().number == "123"
    with pytest.raises(DomainError, match="an active application here already"):
        add_application(role.requisition, name="Sam", email="SAM@mail.example", by=by)
    cancel_requisition(role.requisition, reason="Budget", by=by)
    with pytest.raises(DomainError, match="it takes nobody"):
        add_application(role.requisition, name="Tom", email="tom@mail.example", by=by)


def test_people_are_added_by_api(role: Role, board_source: Source) -> None:
    finder = UserFactory()
    said = {
        "requisition": str(role.requisition.public_id),
        "name": "Sam",
        "email": "sam@mail.example",
        "source": str(board_source.public_id),
        "credited_to": str(finder.public_id),
    }
    api = signed_in(role.recruiter)
    row = api.post("/api/v1/applications", said).json()
    assert (row["source"]["kind"], row["credited_to"]) == ("job_board", str(finder.public_id))
    assert api.post("/api/v1/applications", said).status_code == 409
    assert signed_in(role.manager).post("/api/v1/applications", said).status_code == 403


def test_the_first_agency_owns_whom_it_sent(
    role: Role, by: Actor, contact: AgencyContact, rival: AgencyContact, advance: Any
) -> None:
    sam = {"name": "Sam", "email": "sam@mail.example", "by": by}
    first = submit_agency_candidate(role.requisition, contact=contact, **sam)
    assert came(first.application) == ("agency", None)
    assert first.application.source.name == "Agency: Talent & Co"
    assert first.decision.startswith("First to submit them; theirs until")
    second = submit_agency_candidate(role.requisition, contact=rival, **sam)
    assert (second.application, second.owned_until) == (first.application, None)
    assert second.decision.startswith("Talent & Co was first, on ")
    again = submit_agency_candidate(role.requisition, contact=contact, **sam)
    assert again.decision.startswith("Theirs already, since")
    other = open_requisition()
    their_own = apply(other, email="sam@mail.example")
    assert their_own.source == first.application.source
    by_hand = add_application(open_requisition().requisition, **sam)
    assert by_hand.source == first.application.source
    elsewhere = submit_agency_candidate(open_requisition().requisition, contact=rival, **sam)
    assert elsewhere.application.source == first.application.source
    advance(timedelta(days=31))
    free = submit_agency_candidate(open_requisition().requisition, contact=rival, **sam)
    assert free.decision.startswith("First to submit them")


def test_who_applied_on_their_own_belongs_to_no_agency(
    role: Role, by: Actor, contact: AgencyContact
) -> None:
    application = apply(role, email="sam@mail.example")
    late = submit_agency_candidate(
        role.requisition, contact=contact, name="Sam", email="sam@mail.example", by=by
    )
    assert (late.application, late.owned_until) == (application, None)
    assert late.decision.startswith("They were here already, since")
    with pytest.raises(IntegrityError, match="one_agency_owns"), transaction.atomic():
        AgencySubmission.objects.bulk_create(
            [
                AgencySubmission(
                    contact=contact,
                    application=application,
                    submitted_at=clock.now(),
                    owned_until=clock.now(),
                )
                for _ in range(2)
            ]
        )


def test_agencies_are_kept(role: Role, by: Actor, contact: AgencyContact) -> None:
    agency = contact.agency
    assert add_agency_contact(agency, name="Tim", email="TIM@talent.example", by=by) == contact
    assert edit_agency(agency, name="Talent", ownership_days=90, by=by).ownership_days == 90
    assert edit_agency(agency, name="Talent", by=by).name == "Talent"
    for bad, field in (
        ({"name": " "}, "name"),
        ({"name": "talent"}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"name": "B", "ownership_days": -1}, "ownership_days"),
    ):
        with pytest.raises(Invalid) as refusal:
            add_agency(**bad, by=by)
        assert refusal.value.field == field
    with pytest.raises(TypeError):
        edit_agency(agency, source=None, by=by)
    gone = retire_agency(agency, by=by)
    assert retire_agency(agency, by=by).retired_at == gone.retired_at
    contact.refresh_from_db()
    with pytest.raises(Invalid, match="no longer work with Talent"):
        submit_agency_candidate(
            role.requisition, contact=contact, name="S", email="s@mail.example", by=by
        )
    assert restore_agency(agency, by=by).retired_at is None
    assert restore_agency(agency, by=by).retired_at is None


def test_agencies_by_api(role: Role) -> None:
    api = signed_in(role.recruiter)
    agency = api.post("/api/v1/agencies", {"name": "Talent", "ownership_days": 60}).json()
    path = f"/api/v1/agencies/{agency['id']}"
    assert api.patch(path, {"ownership_days": 90}).json()["ownership_days"] == 90
    tim = api.post(f"{path}/contacts", {"name": "Tim", "email": "tim@talent.example"}).json()
    said = {
        "requisition": str(role.requisition.public_id),
        "contact": tim["id"],
        "name": "Sam",
        "email": "sam@mail.example",
    }
    made = api.post("/api/v1/agency-submissions", said).json()
    assert (made["agency"], made["decision"][:5]) == ("Talent", "First")
    found = api.get("/api/v1/agency-submissions", {"application": made["application"]})
    assert len(found.json()["results"]) == 1
    assert signed_in(role.manager).post("/api/v1/agencies", {"name": "B"}).status_code == 403
    for verb in ("retire", "restore"):
        assert api.post(f"{path}/{verb}").status_code == 200


# Applying again


def test_when_somebody_may_apply_again_is_the_teams_choice(
    role: Role, by: Actor, advance: Any
) -> None:
    def again() -> bool:
        before = Application.objects.count()
        application = apply(role, email="ana@mail.example")
        is_new = Application.objects.count() > before
        if application.status == "active":
            reject_application(application, reason=rejection_reason(), letter="never", by=by)
        return is_new

    assert str(policy_of(role.requisition)).startswith("The same person may apply again 90 days")
    assert again()
    assert not again()
    set_reapply_policy(role.requisition, rule="any_time", by=by)
    assert again()
    set_reapply_policy(role.requisition, rule="never", by=by)
    advance(timedelta(days=4000))
    assert not again()
    set_reapply_policy(role.requisition, rule="after_days", days=10, by=by)
    assert again()
    advance(timedelta(days=9))
    assert not again()
    advance(timedelta(days=2))
    assert again()


def test_an_open_application_stands_whatever_the_policy(role: Role, by: Actor) -> None:
    first = apply(role, email="ana@mail.example")
    set_reapply_policy(role.requisition, rule="any_time", by=by)
    assert apply(role, email="ana@mail.example") == first


def test_the_policy_by_api_and_in_words(role: Role, by: Actor) -> None:
    path = f"/api/v1/requisitions/{role.requisition.public_id}/reapply-policy"
    api = signed_in(role.recruiter)
    assert api.get(path).json()["rule"] == "after_days"
    said = {rule: api.put(path, {"rule": rule}).json()["words"] for rule in ("never", "any_time")}
    assert said == {
        "never": "Whoever has applied once cannot apply again.",
        "any_time": "Whoever has no open application may apply again at any time.",
    }
    assert api.put(path, {"rule": "after_days", "days": 0}).status_code == 400
    assert signed_in(role.manager).put(path, {"rule": "never"}).status_code == 403
    with pytest.raises(Invalid):
        set_reapply_policy(role.requisition, rule="sometimes", by=by)
    with pytest.raises(Invalid):
        set_reapply_policy(role.requisition, rule="after_days", days=0, by=by)


# The public door


def test_what_was_submitted_stands(role: Role) -> None:
    application = apply(role)
    for change in ({"submitted": {"name": "Other"}}, {"applied_at": clock.now()}):
        with pytest.raises(DatabaseError, match="update rows"), transaction.atomic():
            Application.objects.filter(pk=application.pk).update(**change)
    assert Application.objects.filter(pk=application.pk).update(submitted={}) == 1


def test_a_robot_that_fills_in_what_nobody_sees_is_thanked_and_not_kept(role: Role) -> None:
    path = f"/jobs/{role.posting.public_id}/apply"
    said = {"name": "Bot", "email": "bot@mail.example", "consent": "on"}
    robot = Client().post(path, {**said, "home_page": "https://spam.example"})
    person = Client().post(path, said)
    assert (robot.status_code, robot["Location"]) == (person.status_code, person["Location"])
    assert Application.objects.count() == 1
    page = Client().get(path).content.decode()
    assert 'autocomplete="off"' in page
    assert 'class="unseen" aria-hidden="true"' in page


def test_a_whole_network_is_limited_too(role: Role, monkeypatch: pytest.MonkeyPatch) -> None:
    from ats.api.throttling import NetworkThrottle, network_of

    assert [network_of(each) for each in ("192.0.2.7", "2001:db8:1:2::/64", "unknown")] == [
        "192.0.2.0/24",
        "2001:db8:1::/48",
        "unknown",
    ]
    monkeypatch.setattr(NetworkThrottle, "limit", 2)

    def send(address: str) -> int:
        body = {"name": "Ana", "email": "ana@mail.example", "consent": True}
        return APIClient(REMOTE_ADDR=address).post(door(role), body).status_code

    assert [send(f"192.0.2.{n}") for n in range(3)] == [201, 201, 429]
    assert send("198.51.100.1") == 201


def test_lists_cost_the_same_for_many(role: Role, by: Actor, queries: Any) -> None:
    api = signed_in(role.recruiter)
    source = Source.objects.create(name="A board", kind="job_board")
    paths = ("tracking-links", "referrals", "agencies", "agency-submissions")

    def more(n: int) -> None:
        add_tracking_link(role.posting, source=source, by=by)
        refer(role)
        agency = add_agency(name=f"Agency {n}", by=by)
        tim = add_agency_contact(agency, name="Tim", email="t@a.example", by=by)
        submit_agency_candidate(
            role.requisition, contact=tim, name="S", email=f"s{n}@mail.example", by=by
        )

    more(1)
    cost = {path: queries(lambda path=path: api.get(f"/api/v1/{path}")) for path in paths}
    more(2)
    more(3)
    assert {path: queries(lambda path=path: api.get(f"/api/v1/{path}")) for path in paths} == cost
    assert TrackingLink.objects.count() == 3

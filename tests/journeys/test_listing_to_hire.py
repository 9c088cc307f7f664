"""A real listing becomes a requisition, people apply, are heard, and somebody is hired.

Through the HTTP API of a running stack, as the different people; the tests' own process only
moves the clock, reads the mailbox and, at the end, checks the books.
"""

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from ats.events import chain
from ats.events.models import Owed
from ats.outbox.models import Delivery
from ats.reminders.models import Reminder
from tests.journeys.company import Colleague, Company
from tests.journeys.mailbox import first_invitation, invitations, letter, sent_to, text_of, uid_of
from tests.live import Live

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "listings"
LISTING = (EXAMPLES / "senior-principal-engineering-manager.txt").read_text()
# A Monday, in every zone of the story.
MONDAY = datetime(2027, 1, 11, 14, tzinfo=UTC)
RESUME = "Built and ran GPU clusters for eleven years. Managed managers. Kubernetes, InfiniBand."


@pytest.fixture
def company(live: Live, set_clock: Any) -> Company:
    set_clock(MONDAY)
    return Company(live)


@pytest.mark.parametrize("weather", ["calm", "storm"])
def test_a_listing_becomes_a_hire(
    live: Live, company: Company, set_clock: Any, weather: str
) -> None:
    other = open_role(company, LISTING.replace("Senior Principal", "Principal"))
    role = open_role(company, LISTING)
    posting = published(company, role)
    published(company, other)

    ana, ben, cem = apply_all(live, company, posting)
    turn_down(live, company, cem, set_clock)
    loop = book_loop(live, company, role, ana, ben, set_clock)
    hear_everybody(live, company, role, ana, loop, set_clock, weather)
    decide_and_hire(live, company, role, ana, ben, posting)
    check_the_books(live, company)


def open_role(company: Company, text: str) -> dict[str, Any]:
    """The listing is read, planned, staffed, approved and open."""
    rosa, henrik, dora = company.rosa, company.henrik, company.dora
    role = rosa.post("/requisitions/import", {"text": text}, expect=201)
    assert role["status"] == "draft"
    rosa.post(f"/requisitions/{role['id']}/attach_pipeline")
    team = [(henrik, "hiring_manager"), (company.carlos, "coordinator")]
    team += [(person, "interviewer") for person in company.interviewers]
    for person, duty in team:
        member = {"user": person.id, "role": duty, "is_responsible": duty != "interviewer"}
        rosa.post(f"/requisitions/{role['id']}/team", member)
    plan_loop(company, role)
    steps = [{"people": [dora.id], "needed": 1}]
    henrik.post(f"/requisitions/{role['id']}/submit", {"steps": steps})
    henrik.post(f"/requisitions/{role['id']}/approve", {"comment": "me too"}, expect=403)
    approved = dora.post(f"/requisitions/{role['id']}/approve", {"comment": "Go ahead."})
    assert approved["status"] == "open"
    openings = rosa.get(f"/openings?requisition={role['id']}")["results"]
    assert [seat["status"] for seat in openings] == ["open"]
    return rosa.get(f"/requisitions/{role['id']}")


def plan_loop(company: Company, role: dict[str, Any]) -> None:
    """Five interviews that together assess each of the ten competencies twice."""
    stages = company.rosa.get(f"/stages?requisition={role['id']}")["results"]
    stage = next(stage for stage in stages if stage["kind"] == "interview")
    focus = [choice["competency"] for choice in role["competencies"]]
    assert len(focus) == 10
    twice = focus + focus
    interviews = [
        {
            "name": name,
            "kind": "video",
            "minutes": 60,
            "interviewers": 1,
            "stage": stage["id"],
            "focus": twice[place * 4 : place * 4 + 4],
        }
        for place, name in enumerate(["Systems", "People", "Clusters", "Delivery", "Vision"])
    ]
    body = {"requisition": role["id"], "interviews": interviews}
    plan = company.carlos.post("/plans", body, expect=201)
    plan = company.carlos.get(f"/plans/{plan['id']}")
    assert {row["interviews"] for row in plan["coverage"]["competencies"]} == {2}
    assert plan["coverage"]["warnings"] == []


def published(company: Company, role: dict[str, Any]) -> str:
    posting = company.rosa.post("/postings", {"requisition": role["id"]}, expect=201)
    company.rosa.post(f"/postings/{posting['id']}/publish")
    seen = company.stranger.get(f"/board/postings/{posting['id']}")
    assert seen["schema_org"]["@type"] == "JobPosting"
    assert seen["title"] == role["title"]
    assert role["title"] in company.stranger.page("/")
    assert '"@type": "JobPosting"' in company.stranger.page(f"/jobs/{posting['id']}")
    return str(posting["id"])


def apply_all(live: Live, company: Company, posting: str) -> list[dict[str, Any]]:
    """Three people come in by the public door; one of them knocks twice."""
    people = {"Ana Ruiz": "ana", "Ben Okafor": "ben", "Cem Yılmaz": "cem"}
    for name, key in people.items():
        first = apply(company, posting, name, key)
    again = apply(company, posting, name, key)
    assert (again.status, again.text) == (first.status, first.text)
    found = company.rosa.get(f"/applications?sort=applied_at&posting={posting}")["results"]
    assert [row["candidate"]["name"] for row in found] == list(people)
    for key in people.values():
        letter(live, f"{key}.{company.run}@mail.example", "received")
    resumes = live.wait_for(
        lambda: [
            one for one in map(detail_of(company), found) if one["resume"]["status"] == "read"
        ][2:],
        why="the resumes to be read",
    )
    assert len(resumes) == 1
    return found


def detail_of(company: Company) -> Any:
    return lambda row: company.rosa.get(f"/applications/{row['id']}")


def apply(company: Company, posting: str, name: str, key: str) -> Any:
    form = {
        "name": name,
        "email": f"{key}.{company.run}@mail.example",
        "consent": "true",
        "resume": SimpleUploadedFile(f"{key}.txt", RESUME.encode(), "text/plain"),
    }
    return company.stranger.send_form(f"/board/postings/{posting}/applications", form, expect=201)


def turn_down(live: Live, company: Company, cem: dict[str, Any], set_clock: Any) -> None:
    """A rejection can be taken back until its letter leaves, the next working morning."""
    rosa, path = company.rosa, f"/applications/{cem['id']}"
    reasons = rosa.get("/rejection-reasons")["results"]
    reason = next(row for row in reasons if row["kind"] == "we_rejected")
    said = {"reason": reason["id"], "note": "No cluster work yet.", "letter": "later"}
    rosa.post(f"{path}/reject", said)
    queued = live.wait_for(lambda: letters_of(company, cem, "queued"), why="the letter to wait")
    assert datetime.fromisoformat(queued[0]["due_at"]) > MONDAY + timedelta(hours=9)
    rosa.post(f"{path}/take_back_letter")
    assert letters_of(company, cem, "queued") == []
    rosa.post(f"{path}/reactivate")
    rosa.post(f"{path}/reject", said)
    live.wait_for(lambda: letters_of(company, cem, "queued"), why="the second letter to wait")
    assert sent_to(live, f"cem.{company.run}@mail.example", "decision") == []
    set_clock(MONDAY + timedelta(days=1, hours=5))
    letter(live, f"cem.{company.run}@mail.example", "decision")


def letters_of(company: Company, application: dict[str, Any], state: str) -> list[dict[str, Any]]:
    found = company.rosa.get(f"/applications/{application['id']}/letters")["results"]
    return [row for row in found if row["state"] == state]


def book_loop(
    live: Live,
    company: Company,
    role: dict[str, Any],
    ana: dict[str, Any],
    ben: dict[str, Any],
    set_clock: Any,
) -> dict[str, Any]:
    """Two days, two zones; nobody in two places; the day moves and the invitations with it."""
    rosa, carlos = company.rosa, company.carlos
    stages = {row["kind"]: row for row in rosa.get(f"/stages?requisition={role['id']}")["results"]}
    for application in (ana, ben):
        move = {"stage": stages["interview"]["id"], "from_stage": application["stage"]}
        rosa.post(f"/applications/{application['id']}/move", move)
        rosa.post(f"/applications/{application['id']}/move", move, expect=409)
    plan = carlos.get(f"/plans?requisition={role['id']}")["results"][0]
    planned = carlos.get(f"/plans/{plan['id']}")["interviews"]
    starts = [
        ("2027-01-18T10:00", "Europe/Berlin"),
        ("2027-01-18T11:30", "Europe/Berlin"),
        ("2027-01-19T09:00", "America/Los_Angeles"),
        ("2027-01-19T10:30", "America/Los_Angeles"),
        ("2027-01-19T13:00", "America/Los_Angeles"),
    ]
    interviews = [
        {
            "planned": part["id"],
            "starts": start,
            "timezone": zone,
            "seats": [{"user": person.id}],
        }
        for part, (start, zone), person in zip(planned, starts, company.interviewers, strict=True)
    ]
    body = {"application": ana["id"], "interviews": interviews}
    loop = carlos.post("/loops", body, expect=201)
    clash = carlos.post("/loops", {**body, "application": ben["id"]}, expect=409)
    assert company.interviewers[0].name in clash["detail"]
    held = [first_invitation(live, person) for person in company.interviewers]
    assert [(event["SEQUENCE"], str(event["UID"])) for event in held] == [
        (0, uid_of(event)) for event in held
    ]
    loop = carlos.get(f"/loops/{loop['id']}")
    for interview in loop["interviews"][2:]:
        moved = interview["wall_time"][:5]
        change = {"starts": f"2027-01-20T{moved}", "timezone": interview["timezone"]}
        carlos.post(f"/interviews/{interview['id']}/reschedule", change)
    for person, before in list(zip(company.interviewers, held, strict=True))[2:]:
        after = live.wait_for(
            lambda person=person: invitations(live, person)[1:], why="the changed invitation"
        )[0]
        assert (after["UID"], after["SEQUENCE"]) == (before["UID"], 1)
        assert after["DTSTART"].dt - before["DTSTART"].dt == timedelta(days=1)
    return carlos.get(f"/loops/{loop['id']}")


def hear_everybody(
    live: Live,
    company: Company,
    role: dict[str, Any],
    ana: dict[str, Any],
    loop: dict[str, Any],
    set_clock: Any,
    weather: str,
) -> None:
    """Feedback is asked for, given blind, and the debrief opens with the last of it."""
    first = company.interviewers[0]
    set_clock(datetime(2027, 1, 18, 11, 1, tzinfo=UTC))
    letter(live, first.email, "scorecard")
    if weather == "storm":
        live.flush_valkey()
        live.worker.kill()
    give_feedback(company, ana, first)
    look_before_writing(company, ana, first, company.interviewers[1])
    if weather == "storm":
        live.restart_worker()
    set_clock(datetime(2027, 1, 21, 1, tzinfo=UTC))
    for person in company.interviewers[1:]:
        letter(live, person.email, "scorecard")
        assert company.henrik.get(f"/debriefs?application={ana['id']}")["results"] == []
        give_feedback(company, ana, person)
    live.wait_for(
        lambda: company.henrik.get(f"/debriefs?application={ana['id']}")["results"],
        why="the debrief to open",
    )
    letter(live, company.henrik.email, "debrief")


def give_feedback(company: Company, ana: dict[str, Any], person: Colleague) -> None:
    (mine,) = person.get(f"/scorecards?application={ana['id']}&mine=true&status=open")["results"]
    card = person.get(f"/scorecards/{mine['id']}")
    ratings = [
        {"competency": one["competency"], "value": 5, "evidence": f"SEEN-BY-{person.name}"}
        for one in card["focus"]
    ]
    body = {"recommendation": "strong_yes", "ratings": ratings, "notes": f"NOTE-OF-{person.name}"}
    bad = {**body, "ratings": [{**ratings[0], "value": 6}, *ratings[1:]]}
    person.post(f"/scorecards/{mine['id']}/submit", bad, expect=400)
    assert person.post(f"/scorecards/{mine['id']}/submit", body)["status"] == "submitted"
    person.post(f"/scorecards/{mine['id']}/submit", body, expect=409)


def look_before_writing(
    company: Company, ana: dict[str, Any], done: Colleague, owing: Colleague
) -> None:
    """Who still owes sees that another's scorecard is in, and nothing of what it says."""
    seen = owing.get(f"/scorecards?application={ana['id']}")
    theirs = [row for row in seen["results"] if row["status"] == "submitted"]
    assert len(theirs) == 1
    texts = [
        json.dumps(seen),
        json.dumps(owing.get(f"/scorecards/{theirs[0]['id']}")),
        json.dumps(owing.get(f"/applications/{ana['id']}")),
        json.dumps(owing.get(f"/history/{ana['id']}")),
    ]
    for text in texts:
        assert "SEEN-BY" not in text
        assert "NOTE-OF" not in text
        assert "strong_yes" not in text
    company.henrik.get(f"/scorecards/{theirs[0]['id']}")


def decide_and_hire(
    live: Live,
    company: Company,
    role: dict[str, Any],
    ana: dict[str, Any],
    ben: dict[str, Any],
    posting: str,
) -> None:
    """The decision is frozen; the offer is approved, sent, accepted; the seat is taken."""
    rosa, henrik, dora = company.rosa, company.henrik, company.dora
    (debrief,) = henrik.get(f"/debriefs?application={ana['id']}")["results"]
    verdict = {
        "decision": "offer",
        "reason": "Every competency was seen twice.",
        "participants": [person.id for person in company.interviewers],
    }
    henrik.post(f"/debriefs/{debrief['id']}/decide", verdict)
    henrik.post(f"/debriefs/{debrief['id']}/decide", verdict, expect=409)
    rosa.post(f"/applications/{ana['id']}/hire", expect=409)
    (seat,) = rosa.get(f"/openings?requisition={role['id']}")["results"]
    terms = {
        "application": ana["id"],
        "opening": seat["id"],
        "pay_amount": "290000.00",
        "pay_currency": "USD",
        "pay_period": "year",
        "start_on": "2027-03-01",
        "expires_at": "2027-02-01T00:00:00Z",
        "letter": "We would be glad to have you.",
    }
    offer = rosa.post("/offers", terms, expect=201)
    steps = [{"people": [dora.id], "needed": 1}]
    rosa.post(f"/offers/{offer['id']}/submit", {"steps": steps})
    assert dora.post(f"/offers/{offer['id']}/approve", {})["status"] == "approved"
    assert rosa.post(f"/offers/{offer['id']}/send")["status"] == "sent"
    mail = letter(live, f"ana.{company.run}@mail.example", "offer")
    token = re.search(r"/offers/(\S+)", text_of(mail)).group(1).rstrip("/.")
    assert "290" in company.stranger.page(f"/offers/{token}")
    company.stranger.post(f"/offer-links/{token}/accept")
    assert rosa.post(f"/applications/{ana['id']}/hire")["status"] == "hired"
    assert rosa.get(f"/requisitions/{role['id']}")["status"] == "filled"
    company.stranger.get(f"/board/postings/{posting}", expect=410)
    assert "Principal" in company.stranger.page(f"/jobs/{posting}", expect=410)
    live.wait_for(
        lambda: rosa.get(f"/applications/{ben['id']}")["needs_attention"],
        why="the other application to get a person's attention",
    )


def check_the_books(live: Live, company: Company) -> None:
    """The chain holds, every letter is accounted for, and nothing is owed."""
    live.wait_for(lambda: not Owed.objects.exists(), why="the reactions to be paid")
    live.wait_for(
        lambda: not Delivery.objects.filter(state__in=["queued", "sending"]).exists(),
        why="the letters to leave",
    )
    with live.database():
        assert chain.first_break() is None
        states = dict(Delivery.objects.values_list("public_id", "state"))
        assert set(states.values()) <= {"sent", "cancelled"}
        kinds = dict(Delivery.objects.values_list("public_id", "may_repeat"))
        assert list(Reminder.objects.exclude(parked_at=None)) == []
    arrived = [mail["Message-ID"].strip("<>").partition("@")[0] for mail in live.mails]
    sent = {str(key) for key, state in states.items() if state == "sent"}
    assert set(arrived) == sent
    once = [str(key) for key, may_repeat in kinds.items() if not may_repeat]
    assert {key: arrived.count(key) for key in once if key in sent} == dict.fromkeys(
        (key for key in once if key in sent), 1
    )

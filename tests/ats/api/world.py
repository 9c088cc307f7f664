"""One row at least of every noun of the API, and for each at least one person who sees it."""

from datetime import timedelta
from typing import Any

from rest_framework.test import APIClient

from ats import clock, links
from ats.accounts.models import User
from ats.approvals.delegations import delegate_approvals
from ats.approvals.engine import StepSpec
from ats.custom_fields.actions import add_custom_field
from ats.events.actors import Actor
from ats.outbox.relay import relay_events
from ats.privacy.export import make_due
from candidates.actions.after_fill import choose_after_fill
from candidates.actions.agency import add_agency, add_agency_contact
from candidates.actions.application import withdraw_application
from candidates.actions.consent import keep_me, write_consent_text
from candidates.actions.erasure_request import ask_erasure
from candidates.actions.files import FileIn
from candidates.actions.follow_up import ask_follow_up
from candidates.actions.merge import merge_candidates
from candidates.actions.note import add_note
from candidates.actions.offer_template import add_offer_template
from candidates.actions.own_data import export_candidate
from candidates.actions.planned_rejection import plan_rejection
from candidates.actions.pool import add_talent_pool
from candidates.actions.privacy import erase_candidate, place_legal_hold
from candidates.actions.search import keep_on_record, save_search
from candidates.actions.sourcing import (
    add_tracking_link,
    refer_candidate,
    submit_agency_candidate,
)
from candidates.actions.stage_rule import add_stage_rule
from candidates.actions.tag import add_tag
from candidates.bulk.planning import bulk_mail
from candidates.enums import SearchedFrom
from candidates.imports.stage import stage_people
from candidates.models import Attachment, Resume, Source
from candidates.queries.offers import PURPOSE
from candidates.queries.search.people import read_search
from interviews.actions.availability import ask_availability
from interviews.actions.calendar import add_feed, block_time
from interviews.actions.debrief import decide_debrief, open_debrief
from interviews.actions.pool import add_pool, add_pool_member
from interviews.actions.profile import add_profile, pause_interviewing
from requisitions.actions.approval import add_approval_flow
from requisitions.actions.form import add_question
from requisitions.actions.posting import draft_posting, publish_posting
from requisitions.actions.requisition import submit_requisition
from requisitions.actions.template import save_requisition_template
from tests.ats.api.conftest import signed_in
from tests.ats.api.routes import API, Route, ask
from tests.factories import candidates, requisitions
from tests.factories.ats import ApiTokenFactory, UserFactory
from tests.factories.interviews import Heard, heard, submit


class World:
    def __init__(self, mark: str = "") -> None:
        """`mark` is in every text that a person wrote."""
        role = requisitions.open_requisition(title=f"Data Engineer {mark}", summary=f"Data {mark}")
        self.role = role
        name = f"Applicant {mark}"
        self.application = candidates.apply(
            role,
            name,
            resume=FileIn("cv.txt", b"Ten years of this."),
            cover_letter=FileIn("letter.txt", f"Dear all {mark}".encode()),
        )
        day = heard(2, role, self.application)
        decide(day, mark)
        self.offer = candidates.sent(self.application, role)
        add_question(role.requisition, kind="url", label=f"Your site {mark}", by=day.by)
        add_note(self.application, body=f"Strong. {mark}", by=day.by)
        rule = {"event": "note.added", "step": "flag", "params": {"text": f"Look. {mark}"}}
        rule = add_stage_rule(role.stage("applied"), **rule, by=day.by)
        said = {"reason": candidates.rejection_reason(), "letter": "later"}
        plan_rejection(candidates.apply(role, name), rule=rule, **said, by=day.by)
        waiting = requisitions.draft(role.recruiter, title=f"Waiting {mark}")
        self.waiting = waiting
        submit_requisition(waiting, steps=[StepSpec([role.approver])], by=day.by)
        for requisition in (role.requisition, waiting):
            choose_after_fill(requisition, choice="keep", by=day.by)
        internal = draft_posting(role.requisition, is_internal=True, by=day.by)
        publish_posting(internal, by=Actor.of(role.recruiter))
        requisitions.DepartmentFactory()
        requisitions.OfficeFactory()
        save_requisition_template(role.requisition, name=f"As last year {mark}", by=day.by)
        said = {"applies_to": "requisition", "name": "Cost centre", "kind": "short_text"}
        add_custom_field(**said, by=day.by)
        add_offer_template(name="Standard", body="We offer {job_title}.", by=day.by)
        add_tag(name="Speaks at conferences", by=day.by)
        add_talent_pool(name="Next year", by=day.by)
        asked = {"q": [f"years {mark}"]}
        save_search(name=f"Years {mark}", asked=asked, by=day.by)
        search = read_search(role.recruiter, {"q": ["years"]})
        keep_on_record(search, shown=1, came_from=SearchedFrom.API)
        ApiTokenFactory(user=role.recruiter)
        chosen = [self.application.public_id]
        bulk_mail(applications=chosen, subject=f"Hello {mark}", body="Good day.", by=day.by)
        people_time(role.recruiter)
        sourced(role, mark, day.by)
        soon = clock.now() + timedelta(days=2)
        ask_follow_up(self.application, text=f"Call {mark}", due_at=soon, by=day.by)
        self.approvals(role)
        same_person(role, mark)
        self.privacy(mark, day.by)
        asked = ask_availability(self.application, by=day.by)
        relay_events()
        self.recruiter = signed_in(role.recruiter)
        admin = signed_in(UserFactory(is_site_admin=True))
        self.cast = [self.recruiter, admin, signed_in(role.approver)]
        until = clock.now() + timedelta(days=1)
        people = f"Name,Email\n{name},imported@mail.example\n".encode()
        stage_people(file_name="people.csv", content=people, by=day.by)
        self.unlisted = {
            "": "",
            "history": str(self.application.public_id),
            "attachments": str(Attachment.objects.get().public_id),
            "resumes": str(Resume.objects.get().public_id),
            "availability-links": links.sign("availability", asked.public_id, expires=until),
            "offer-links": links.sign(PURPOSE, self.offer.public_id, expires=until),
        }

    def approvals(self, role: requisitions.Role) -> None:
        by = Actor.of(role.recruiter)
        add_approval_flow(kind="offer", steps=[StepSpec([role.approver])], by=by)
        at = clock.now() + timedelta(days=30)
        span = {"starts_at": at, "ends_at": at + timedelta(days=1)}
        delegate_approvals(role.recruiter, delegate=role.approver, **span, by=by)

    def privacy(self, mark: str, by: Actor) -> None:
        erase_candidate(candidates.apply(self.role).candidate, because="asked", by=by)
        held = candidates.apply(self.role, f"Applicant {mark}").candidate
        ask_erasure(held, by=by)
        place_legal_hold(held, reason=f"A dispute {mark}", by=by)
        write_consent_text(kind="talent_pool", text="We keep your application.", by=by)
        keep_me(held, by=by)
        export_candidate(held, by=by)
        make_due()

    def ids(self, noun: str, person: APIClient) -> list[str]:
        """Those that this person is shown in the noun's list, or the one of a noun without."""
        if noun in self.unlisted:
            return [self.unlisted[noun]]
        answer = person.get(f"{API}{noun}")
        return [row["id"] for row in answer.json()["results"]] if answer.status_code == 200 else []

    def answer(self, route: Route, **sent: Any) -> Any:
        """What the first of the cast is told who sees such a row and may do this."""
        answers = (
            ask(person, route, row, **sent)
            for person in self.cast
            for row in self.ids(route.noun, person)
        )
        return next(answer for answer in answers if answer.status_code != 403)


def sourced(role: requisitions.Role, mark: str, by: Actor) -> None:
    """Where people come from: a link, a colleague, an agency."""
    source = Source.objects.get_or_create(name="Newsletter", defaults={"kind": "job_board"})[0]
    add_tracking_link(role.posting, source=source, campaign="Autumn", by=by)
    who = {"name": f"Known {mark}", "email": "known@mail.example"}
    refer_candidate(role.posting, **who, relation="worked_with", by=by)
    agency = add_agency(name="Search and Sons", by=by)
    contact = add_agency_contact(agency, name="Sonia", email="sonia@agency.example", by=by)
    sent = {"name": f"Sent {mark}", "email": "sent@mail.example"}
    submit_agency_candidate(role.requisition, contact=contact, **sent, by=by)


def same_person(role: requisitions.Role, mark: str) -> None:
    """Two who may be one, and two who were made one."""
    for name in ("Bob", "Robert"):
        candidates.apply(role, f"{name} Feynmark {mark}", phone="+44 20 7946 0958")
    by = Actor.of(role.recruiter)
    gone = withdraw_application(candidates.apply(role, f"Ida Kern {mark}"), by=by)
    survivor = candidates.apply(role, f"I. Kern {mark}").candidate
    merge_candidates(survivor, other=gone.candidate, by=by)


def decide(day: Heard, mark: str) -> None:
    submit(day.card(day.interviewers[0]), notes=f"Good {mark}")
    ill = f"The other one is ill. {mark}"
    debrief = open_debrief(day.loop, override_reason=ill, by=day.by)
    said: dict[str, Any] = {
        "decision": "more_evidence",
        "reason": f"One look is not enough. {mark}",
    }
    decide_debrief(debrief, **said, participants=[day.role.recruiter], by=day.by)


def people_time(recruiter: User) -> None:
    by = Actor.of(recruiter)
    profile = add_profile(recruiter, by=by)
    today = clock.now().date()
    pause_interviewing(profile, begins_on=today, ends_on=today, by=by)
    add_pool_member(add_pool(name="Systems", by=by), user=recruiter, by=by)
    add_feed(url="https://calendar.example.org/secret.ics", by=by)
    block_time(begins=clock.now(), ends=clock.now() + timedelta(hours=1), by=by)

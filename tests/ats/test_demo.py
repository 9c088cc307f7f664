"""The demo company: whole, believable, and owing nothing."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.db import transaction

from ats import clock
from ats.accounts.models import User
from ats.approvals.waiting import pending_for
from ats.demo.courses import RoleData
from ats.demo.library import HEARD, QUESTIONS
from ats.demo.people import PASSWORD, PEOPLE
from ats.demo.seed import ROLES, seed
from ats.events import chain
from ats.events.models import Event, Owed
from ats.outbox.enums import DeliveryState
from ats.outbox.models import Delivery
from ats.reminders.models import Reminder
from candidates.models import Application, Candidate, Offer, Resume
from interviews.models import Debrief, Interview, InterviewPlan, Scorecard
from interviews.queries.coverage import coverage, warnings
from requisitions.models import JobPosting, Opening, Requisition
from tests.factories.ats import UserFactory


# First, before the module's company is in the database.
@pytest.mark.django_db
def test_a_database_in_use_is_refused():
    UserFactory()
    with pytest.raises(CommandError, match="This database is in use: 1 users, 0 requisitions"):
        call_command("demo")
    assert (User.objects.count(), Event.objects.count()) == (1, 0)


@pytest.mark.django_db
def test_a_real_site_is_refused(settings):
    settings.SITE_URL = "https://jobs.acme.org"
    with pytest.raises(CommandError, match="is a real site"):
        call_command("demo")
    assert User.objects.count() == 0


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.key)
def test_every_competency_has_its_question_and_its_evidence(role: RoleData):
    names = {name for name, _ in role.wishes}
    assert names == {name for slot in role.plan for name in slot.focus}
    assert names <= set(QUESTIONS) & set(HEARD)


@pytest.mark.long
@pytest.mark.django_db
@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 3, 28, 23, 50, tzinfo=UTC),  # Europe puts its clocks forward
        datetime(2026, 11, 1, 8, 30, tzinfo=UTC),  # America puts them back
        datetime(2027, 1, 1, 0, 0, tzinfo=UTC),
        datetime(2028, 2, 29, 7, 59, tzinfo=UTC),
    ],
)
def test_the_company_can_be_seeded_at_any_moment(moment: datetime):
    with clock.pretend(moment):
        assert seed().is_new
        assert Interview.objects.filter(status="scheduled", during__startswith__gt=moment).exists()
    assert chain.first_break() is None


@pytest.fixture(scope="module")
def company(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """Seeded once for the tests below, which only look, and then taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("demo")
        yield
        transaction.set_rollback(True)


@pytest.mark.usefixtures("company")
class TestTheCompany:
    def test_is_complete(self):
        assert Requisition.objects.count() == 3
        assert Candidate.objects.count() == Application.objects.count() == 60
        assert set(Resume.objects.values_list("status", flat=True)) == {"read"}
        assert User.objects.count() == len(PEOPLE)

    def test_is_seeded_once(self, capsys):
        before = Event.objects.count()
        call_command("demo")
        said = capsys.readouterr().out
        assert "is here already" in said
        assert all(person.email in said for person in PEOPLE)
        assert PASSWORD in said
        assert Event.objects.count() == before

    def test_has_a_chain_that_verifies(self):
        assert chain.first_break() is None

    def test_happened_in_order_and_before_now(self):
        times = list(Event.objects.order_by("pk").values_list("at", flat=True))
        assert times == sorted(times)
        assert times[-1] < clock.now()
        drafted = Event.objects.filter(verb="requisition.drafted").order_by("pk")
        began = Requisition.objects.order_by("pk").values_list("created_at", flat=True)
        assert list(began) == [event.at for event in drafted]

    def test_owes_nothing(self):
        now = clock.now()
        assert not Owed.objects.exists()
        states = Counter(Delivery.objects.values_list("state", flat=True))
        assert set(states) == {"sent", "queued", "cancelled"}
        assert not Delivery.objects.filter(state=DeliveryState.QUEUED, due_at__lte=now).exists()
        assert not Delivery.objects.filter(sent_at__gt=now).exists()
        assert list(Reminder.objects.exclude(parked_at=None)) == []
        assert not Reminder.objects.filter(due_at__lte=now).exists()

    def test_has_something_in_every_state(self):
        def states(rows):
            return set(rows.objects.values_list("status", flat=True))

        assert states(Requisition) == {"open", "on_hold"}
        assert states(Opening) == {"open", "filled"}
        assert states(JobPosting) == {"published", "unpublished"}
        assert states(Application) == {"active", "rejected", "withdrawn", "hired"}
        assert states(Interview) == {"scheduled", "completed", "cancelled", "no_show"}
        assert states(Scorecard) == {"open", "submitted", "excused"}
        assert states(Debrief) == {"open", "decided"}
        assert states(Offer) == {"draft", "pending_approval", "sent", "accepted", "declined"}
        active = Application.objects.filter(status="active")
        kinds = {"applied", "screen", "interview", "offer"}
        assert set(active.values_list("stage__kind", flat=True)) == kinds

    def test_plans_hear_every_must_have_twice(self):
        for plan in InterviewPlan.objects.all():
            assert list(warnings(coverage(plan))) == []

    def test_waits_for_people(self):
        dora, jonas = User.objects.get(name="Dora Schmidt"), User.objects.get(name="Jonas Keller")
        assert pending_for(dora).count() == 1
        late = Scorecard.objects.filter(status="open", due_at__lt=clock.now())
        assert [card.interviewer for card in late] == [jonas]
        assert Debrief.objects.filter(status="open").count() == 1

    @pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.key)
    def test_has_something_for(self, person):
        user = authenticate(username=person.email, password=PASSWORD)
        assert user is not None
        assert Requisition.objects.visible_to(user).exists()
        if person.key == "dora":  # who approves, and sits in no team
            assert Offer.objects.visible_to(user).exists()
        else:
            assert Application.objects.visible_to(user).exists()

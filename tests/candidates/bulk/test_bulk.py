"""Many applications at once: looked at first, carried out one by one, and taken back."""

from typing import Any
from uuid import uuid4

import pytest

from ats.errors import Invalid
from ats.events.actors import Actor
from ats.outbox.deliver import deliver_due
from ats.outbox.models import Delivery
from candidates.actions.application import (
    move_application,
    reactivate_application,
    reject_application,
    take_back_rejection_letter,
    withdraw_application,
)
from candidates.actions.tag import add_tag, retire_tag, tag
from candidates.bulk.planning import bulk_mail, bulk_move, bulk_reject, bulk_tag, bulk_untag
from candidates.bulk.selection import MOST, NOT_FOUND, NOT_YOURS
from candidates.models import Application
from requisitions.actions.pipeline import retire_stage
from requisitions.actions.team import join_hiring_team, leave_hiring_team
from requisitions.enums import TeamRole
from tests.candidates.bulk.conftest import carry_out, ids, said, statuses, take_back
from tests.factories.ats import UserFactory
from tests.factories.candidates import apply, draft, rejection_reason
from tests.factories.requisitions import Role, open_requisition

pytestmark = pytest.mark.django_db
People = Any


def stages() -> list[str]:
    return list(Application.objects.order_by("pk").values_list("stage__kind", flat=True))


def test_the_preview_counts_who_will_move_and_says_why_the_others_cannot(
    role: Role, by: Actor, people: People
) -> None:
    crowd = people(6)
    reject_application(crowd[0], reason=rejection_reason(), by=by)
    reject_application(crowd[1], reason=rejection_reason(), by=by)
    move_application(crowd[2], stage=role.stage("screen"), by=by)
    elsewhere = apply(open_requisition(recruiter=role.recruiter))
    foreign = apply(open_requisition())
    chosen = [*ids([*crowd, elsewhere, foreign]), uuid4()]
    job = bulk_move(applications=chosen, stage=role.stage("screen"), by=by)
    assert job.preview == {
        "will": 3,
        "reasons": [
            {"sentence": "Cannot move while rejected. Possible from here: reactivate.", "count": 2},
            {"sentence": NOT_FOUND, "count": 2},
            {"sentence": f"It is in {role.stage('screen')} already.", "count": 1},
            {"sentence": "This stage belongs to another requisition.", "count": 1},
        ],
    }
    job = carry_out(job, by)
    assert (job.counts()["done"], job.counts()["refused"]) == (3, 6)
    assert stages() == ["applied", "applied", *["screen"] * 4, "applied", "applied"]


def test_the_preview_asks_no_more_for_more(
    role: Role, by: Actor, people: People, queries: Any
) -> None:
    crowd = people(3)

    def look(count: int) -> int:
        chosen = ids(crowd[:count])
        return queries(lambda: bulk_reject(applications=chosen, reason=rejection_reason(), by=by))

    rejection_reason()
    assert look(1) == look(3)


def test_a_move_is_undone_where_nothing_came_between(role: Role, by: Actor, people: People) -> None:
    crowd = people(3)
    job = carry_out(bulk_move(applications=ids(crowd), stage=role.stage("screen"), by=by), by)
    screen = role.stage("screen")
    assert said(job)[0] == ("done", f"Moved from {role.stage('applied')} to {screen}.")
    move_application(crowd[1], stage=role.stage("offer"), by=by)
    job = take_back(job, by)
    assert stages() == ["applied", "offer", "applied"]
    assert [outcome for outcome, _ in said(job)] == ["undone", "kept", "undone"]
    assert "was moved to" in said(job)[1][1]


def test_what_somebody_moved_after_the_preview_stays_there(
    role: Role, by: Actor, people: People
) -> None:
    crowd = people(2)
    job = bulk_move(applications=ids(crowd), stage=role.stage("screen"), by=by)
    move_application(crowd[0], stage=role.stage("offer"), by=by)
    job = carry_out(job, by)
    assert stages() == ["offer", "screen"]
    assert [outcome for outcome, _ in said(job)] == ["refused", "done"]


def test_a_stage_retired_after_the_preview_takes_nobody(
    role: Role, by: Actor, people: People
) -> None:
    job = bulk_move(applications=ids(people(1)), stage=role.stage("screen"), by=by)
    retire_stage(role.stage("screen"), by=by)
    assert "was retired" in said(carry_out(job, by))[0][1]


def test_whoever_lost_their_role_meanwhile_changes_nothing(
    role: Role, by: Actor, people: People
) -> None:
    other = UserFactory()
    join_hiring_team(role.requisition, user=other, role=TeamRole.RECRUITER, by=by)
    theirs = Actor.of(other)
    seen = bulk_move(applications=ids(people(1)), stage=role.stage("screen"), by=theirs)
    member = role.requisition.team.get(user=other)
    leave_hiring_team(member, by=by)
    assert said(carry_out(seen, theirs)) == [("refused", NOT_FOUND)]


def test_seeing_is_not_enough(role: Role, by: Actor, people: People) -> None:
    crowd = people(2)
    coordinator = role.requisition.team.get(role=TeamRole.COORDINATOR).user
    theirs = Actor.of(coordinator)
    job = bulk_move(applications=ids(crowd), stage=role.stage("screen"), by=theirs)
    assert job.preview == {"will": 0, "reasons": [{"sentence": NOT_YOURS, "count": 2}]}
    assert said(carry_out(job, theirs)) == [("refused", NOT_YOURS)] * 2


def test_what_the_preview_did_not_find_is_left_alone(role: Role, by: Actor) -> None:
    home = open_requisition()
    foreign = apply(home)
    job = bulk_mail(applications=ids([foreign]), subject="a", body="b", by=by)
    hers = Actor.of(home.recruiter)
    join_hiring_team(home.requisition, user=role.recruiter, role=TeamRole.RECRUITER, by=hers)
    assert said(carry_out(job, by)) == [("refused", NOT_FOUND)]


def test_a_selection_has_its_limits(role: Role, by: Actor) -> None:
    with pytest.raises(Invalid, match="Nothing is selected"):
        bulk_move(applications=[], stage=role.stage("screen"), by=by)
    many = [uuid4() for _ in range(MOST + 1)]
    with pytest.raises(Invalid, match="At most 10,000"):
        bulk_move(applications=many, stage=role.stage("screen"), by=by)
    same = [uuid4()] * 2
    assert bulk_move(applications=same, stage=role.stage("screen"), by=by).total == 1


def test_many_are_rejected_and_taken_back_before_they_read_it(
    role: Role, by: Actor, people: People
) -> None:
    crowd = people(4)
    draft(crowd[3], role)
    job = bulk_reject(applications=ids(crowd), reason=rejection_reason(), note="Few.", by=by)
    assert job.preview["will"] == 3
    job = carry_out(job, by)
    assert statuses() == [*["rejected"] * 3, "active"]
    assert "rescind it before you reject" in said(job)[3][1]
    assert "The letter leaves" in said(job)[0][1]
    take_back_rejection_letter(Application.objects.get(pk=crowd[1].pk), by=by)
    again = reactivate_application(crowd[2], by=by)
    reject_application(again, reason=rejection_reason(), by=by)
    job = take_back(job, by)
    assert statuses() == ["active", "active", "rejected", "active"]
    assert [outcome for outcome, _ in said(job)] == ["undone", "undone", "kept", "refused"]
    assert "rejected again since" in said(job)[2][1]
    assert set(Delivery.objects.filter(letter="candidates/rejection").values_list("state")) == {
        ("cancelled",),
        ("queued",),
    }


def test_who_was_told_stays_rejected(role: Role, by: Actor, people: People) -> None:
    reason = rejection_reason()
    chosen = ids(people(1))
    job = carry_out(bulk_reject(applications=chosen, reason=reason, letter="now", by=by), by)
    deliver_due()
    job = take_back(job, by)
    assert statuses() == ["rejected"]
    assert "The letter is sent" in said(job)[0][1]


def test_a_letter_whose_fate_is_not_known_is_not_taken_back(
    role: Role, by: Actor, people: People
) -> None:
    job = bulk_reject(applications=ids(people(1)), reason=rejection_reason(), letter="now", by=by)
    job = carry_out(job, by)
    for state in ("sending", "unknown"):
        Delivery.objects.filter(letter="candidates/rejection").update(state=state)
    assert "The letter is unknown: it" in said(take_back(job, by))[0][1]


def test_a_rejection_without_a_letter_is_taken_back(role: Role, by: Actor, people: People) -> None:
    reason, chosen = rejection_reason(), ids(people(1))
    job = carry_out(bulk_reject(applications=chosen, reason=reason, letter="never", by=by), by)
    assert said(job) == [("done", "Rejected. No letter.")]
    take_back(job, by)
    assert statuses() == ["active"]


def test_a_letter_in_ones_own_words_reaches_each_person_once(
    role: Role, by: Actor, people: People
) -> None:
    crowd = people(3)
    other = open_requisition(recruiter=role.recruiter)
    address = crowd[0].candidate.emails.get().address
    second = apply(other, email=address)
    crowd[1].candidate.do_not_contact = True
    crowd[1].candidate.save()
    crowd[2].candidate.emails.all().delete()
    words = {
        "subject": "News for {{candidate_name}}",
        "body": "{{ job_title }} at {{ company }}, {{ sender_name }}",
    }
    job = bulk_mail(applications=ids([*crowd, second]), **words, by=by)
    assert [reason["sentence"] for reason in job.preview["reasons"]] == [
        "There is no current e-mail address of this person.",
        "They get this letter already, for another application.",
        "This person asked not to be contacted.",
    ]
    job = carry_out(job, by)
    letter = Delivery.objects.get(letter="candidates/free")
    assert letter.subject == f"News for {crowd[0].candidate.name}"
    assert role.recruiter.name in letter.body
    assert not letter.may_repeat
    assert [outcome for outcome, _ in said(job)] == ["done", *["refused"] * 3]
    take_back(job, by)
    assert Delivery.objects.get(pk=letter.pk).state == "cancelled"


def test_a_letter_that_was_sent_or_taken_back_by_hand_is_told(
    role: Role, by: Actor, people: People
) -> None:
    chosen = ids(people(2))
    job = carry_out(bulk_mail(applications=chosen, subject="a", body="b", by=by), by)
    _, second = Delivery.objects.filter(letter="candidates/free").order_by("pk")
    Delivery.objects.filter(pk=second.pk).update(state="cancelled")
    deliver_due()
    job = take_back(job, by)
    assert [outcome for outcome, _ in said(job)] == ["kept", "undone"]
    assert "The letter is sent 20" in said(job)[0][1]


def test_words_that_cannot_be_meant_are_refused_at_once(role: Role, by: Actor) -> None:
    chosen = [uuid4()]
    for field, text in {
        "subject": " ",
        "body": "Dear {{ salary }}",
    }.items():
        words = {"subject": "a", "body": "b", field: text}
        with pytest.raises(Invalid) as refusal:
            bulk_mail(applications=chosen, **words, by=by)
        assert refusal.value.field == field
    with pytest.raises(Invalid, match="now or later"):
        bulk_mail(applications=chosen, subject="a", body="b", when="never", by=by)
    with pytest.raises(Invalid, match="of the kind"):
        bulk_reject(applications=chosen, reason=rejection_reason("they_withdrew"), by=by)


def test_what_is_closed_meanwhile_is_refused_in_words(
    role: Role, by: Actor, people: People
) -> None:
    crowd = people(1)
    job = bulk_reject(applications=ids(crowd), reason=rejection_reason(), by=by)
    withdraw_application(crowd[0], by=by)
    assert said(carry_out(job, by))[0][1].startswith("Cannot reject while withdrawn.")


def test_people_are_tagged_once_and_untagged(role: Role, by: Actor, people: People) -> None:
    crowd = people(3)
    other = open_requisition(recruiter=role.recruiter)
    second = apply(other, email=crowd[0].candidate.emails.get().address)
    wanted = add_tag(name="Silver medal", by=by)
    tag(crowd[1].candidate, tag=wanted, by=by)
    job = bulk_tag(applications=ids([*crowd, second]), tag=wanted, by=by)
    already = "They have the tag Silver medal already."
    assert job.preview == {"will": 2, "reasons": [{"sentence": already, "count": 2}]}
    job = carry_out(job, by)
    assert [outcome for outcome, _ in said(job)] == ["done", "refused", "done", "refused"]
    take_back(job, by)
    assert [each.candidate.tagged.count() for each in crowd] == [0, 1, 0]
    job = bulk_untag(applications=ids(crowd), tag=wanted, by=by)
    assert job.preview["will"] == 1
    job = carry_out(job, by)
    assert [each.candidate.tagged.count() for each in crowd] == [0, 0, 0]
    assert said(job)[0][1] == "They do not have the tag Silver medal."
    take_back(job, by)
    assert [each.candidate.tagged.count() for each in crowd] == [0, 1, 0]
    wanted = retire_tag(wanted, by=by)
    with pytest.raises(Invalid, match="is retired"):
        bulk_tag(applications=ids(crowd), tag=wanted, by=by)

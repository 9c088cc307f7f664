"""Who is found: words, names, addresses and what narrows them, by somebody who may see them."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from rest_framework.test import APIClient

from ats import clock
from ats.accounts.models import User
from ats.custom_fields.actions import add_custom_field
from ats.events.actors import Actor
from candidates.actions.access import share_application
from candidates.actions.application import move_application, reject_application
from candidates.actions.candidate import assign_owner, edit_candidate
from candidates.actions.pool import add_talent_pool, add_to_pool
from candidates.actions.tag import merge_tag, retire_tag, tag
from candidates.enums import Because
from candidates.models import Application, Candidate, Resume, SearchRecord, SearchWords, Tag
from candidates.queries.search.people import read_search
from tests.candidates.conftest import settle, signed_in
from tests.factories.ats import UserFactory
from tests.factories.candidates import apply, rejection_reason
from tests.factories.requisitions import CompetencyFactory, Role, open_requisition

API = "/api/v1/candidates"
Count = Callable[[Callable[[], Any]], int]


def with_resume(application: Application, text: str) -> Resume:
    return Resume.objects.create(
        candidate=application.candidate,
        application=application,
        original_name="cv.txt",
        content_type="text/plain",
        size=len(text),
        sha256="0" * 64,
        uploaded_at=clock.now(),
        file="resumes/none",
        status="read",
        text=text,
    )


def somebody(role: Role, name: str, text: str = "", **fields: Any) -> Candidate:
    application = apply(role, name, **fields)
    if text:
        with_resume(application, text)
    return application.candidate


def found(user: User, **params: Any) -> set[str]:
    given = {name: v if isinstance(v, list) else [v] for name, v in params.items()}
    search = read_search(
        user, {name.replace("custom__", "custom."): v for name, v in given.items()}
    )
    assert search.problems == []
    return {person.name for person in search.people()}


@pytest.fixture
def people(role: Role) -> None:
    somebody(role, "Ana Ruiz", "Ten years of Java and Kotlin. Machine learning at Café Müller.")
    somebody(role, "Ben Okafor", "Java/PHP developer, learning the machine by heart. C# and C++.")
    somebody(role, "Cleo O'Brien", "Worked on node.js, CI/CD and .NET. 软件工程师, 東京")
    somebody(role, "Dmitri Иванов", "Программист на питоне. Ökonomie. ﬁnance naïve")
    somebody(role, "Eva Nowak")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("java", {"Ana Ruiz", "Ben Okafor"}),
        ("JAVA kotlin", {"Ana Ruiz"}),
        ("kotlin or php", {"Ana Ruiz", "Ben Okafor"}),
        ("java -php", {"Ana Ruiz"}),
        ("java NOT kotlin", {"Ben Okafor"}),
        ("-java", {"Cleo O'Brien", "Dmitri Иванов", "Eva Nowak"}),
        ('"machine learning"', {"Ana Ruiz"}),
        ("machine learning", {"Ana Ruiz", "Ben Okafor"}),
        ("kot*", {"Ana Ruiz"}),
        ("java (kotlin or php)", {"Ana Ruiz", "Ben Okafor"}),
        ("cafe muller", {"Ana Ruiz"}),
        ("CAFÉ", {"Ana Ruiz"}),
        ("php", {"Ben Okafor"}),
        ("c#", {"Ben Okafor"}),
        ("C++", {"Ben Okafor"}),
        ("c", set()),
        (".net", {"Cleo O'Brien"}),
        ("node.js", {"Cleo O'Brien"}),
        ("ci/cd", {"Cleo O'Brien"}),
        ("o'brien node", {"Cleo O'Brien"}),
        ("工程师", {"Cleo O'Brien"}),
        ("东京", set()),
        ("東京", {"Cleo O'Brien"}),
        ("питоне", {"Dmitri Иванов"}),
        ("ИВАНОВ", {"Dmitri Иванов"}),
        ("okonomie finance naive", {"Dmitri Иванов"}),
        ("ruiz java", {"Ana Ruiz"}),
        ("nowak", {"Eva Nowak"}),
        ("cobol", set()),
        ("!!!", set()),
        ("'); DROP TABLE candidates_candidate; --", set()),
    ],
)
def test_words_are_found_in_profile_and_resume(
    role: Role, people: None, text: str, names: set[str]
) -> None:
    assert found(role.recruiter, q=text) == names


@pytest.mark.parametrize(
    ("name", "names"),
    [
        ("ana ruis", {"Ana Ruiz"}),
        ("ruiz", {"Ana Ruiz"}),
        ("Ben Okafro", {"Ben Okafor"}),
        ("obrien", {"Cleo O'Brien"}),
        ("иванов", {"Dmitri Иванов"}),
        ("Eva Novak", {"Eva Nowak"}),
        ("Nowack", {"Eva Nowak"}),
        ("xyzzy", set()),
    ],
)
def test_names_forgive_typing_errors(role: Role, people: None, name: str, names: set[str]) -> None:
    assert found(role.recruiter, name=name) == names


def test_addresses_and_numbers_are_found_in_pieces(role: Role) -> None:
    somebody(role, "Ana", email="Ana+jobs@Mail.Example", phone="+49 (0)170 123-456")
    somebody(role, "Ben", email="ben@mail.example", phone="0170 999")
    for email, names in (("ANA+JOBS@mail.example", {"Ana"}), ("@mail.ex", {"Ana", "Ben"})):
        assert found(role.recruiter, email=email) == names
    assert found(role.recruiter, email="100%_") == set()
    for phone, names in (("0170123", {"Ana"}), ("00 170 999", {"Ben"}), ("17 0", set())):
        if names:
            assert found(role.recruiter, phone=phone) == names
    assert found(role.recruiter, phone="170-123-456") == {"Ana"}


def test_an_address_or_a_number_may_be_typed_into_the_box(role: Role) -> None:
    somebody(role, "Ana", email="Ana+jobs@Mail.Example", phone="+49 (0)170 123-456")
    somebody(role, "Ben", "Write to ana+jobs@mail.example, or call 170 123 456")
    me = role.recruiter
    for text in ("ana+jobs@mail.example", "0170 123456"):
        assert found(me, q=text) >= {"Ana"}
    assert found(me, q="ana+jobs@mail.example") == {"Ana", "Ben"}
    assert found(me, q="jobs@mail") == {"Ana", "Ben"}
    assert found(me, q="@") == found(me, q="170") - {"Ben"} == set()


def test_what_is_asked_of_an_application_is_true_of_one(role: Role, by: Actor) -> None:
    other = open_requisition(role.recruiter)
    ana, ben = apply(role, "Ana", email="a@x.example"), apply(role, "Ben")
    apply(other, "Ana", email="a@x.example")
    move_application(ana, stage=role.stage("screen"), by=by)
    reject_application(ben, reason=rejection_reason(), by=by)
    me = role.recruiter
    here, there = (str(each.requisition.public_id) for each in (role, other))
    screen = str(role.stage("screen").public_id)
    assert found(me, requisition=here) == {"Ana", "Ben"}
    assert found(me, requisition=[here, there]) == {"Ana", "Ben"}
    assert found(me, stage=screen) == {"Ana"}
    assert found(me, stage=screen, requisition=there) == set()
    assert found(me, status="rejected") == {"Ben"}
    assert found(me, status=["rejected", "active"], requisition=here) == {"Ana", "Ben"}
    assert found(me, source=str(ana.source.public_id)) == {"Ana", "Ben"}
    assert found(me, posting=str(other.posting.public_id)) == {"Ana"}
    today = clock.now().date()
    assert found(me, applied_after=str(today - timedelta(1))) == {"Ana", "Ben"}
    assert found(me, applied_after=str(today + timedelta(2))) == set()
    assert found(me, applied_before=str(today + timedelta(1)), requisition=there) == {"Ana"}
    assert found(me, active_since=str(today - timedelta(1))) == {"Ana", "Ben"}
    assert found(me, quiet_since=str(today - timedelta(1))) == set()


def test_marks_pools_owners_and_places(role: Role, by: Actor) -> None:
    ana, ben = somebody(role, "Ana"), somebody(role, "Ben")
    for person, words in ((ana, ["Nurse", "Night"]), (ben, ["Night"])):
        for word in words:
            tag(person, tag=word, by=by)
    nurse, night = (Tag.objects.get(name=name) for name in ("Nurse", "Night"))
    pool = add_talent_pool(name="Later", by=by)
    add_to_pool(ben, pool=pool, by=by)
    assign_owner(ana, owner=role.manager, by=by)
    edit_candidate(ana, location="Zürich, Schweiz", do_not_contact=True, by=by)
    me, ids = role.recruiter, [str(each.public_id) for each in (nurse, night)]
    assert found(me, tag=ids[1]) == {"Ana", "Ben"}
    assert found(me, tag=ids) == {"Ana"}
    assert found(me, pool=str(pool.public_id)) == {"Ben"}
    assert found(me, owner=str(role.manager.public_id)) == {"Ana"}
    assert found(me, place="zurich") == found(me, q="zurich") == {"Ana"}
    assert found(me, do_not_contact="true") == {"Ana"}
    assert found(me, do_not_contact="false", tag=ids[1]) == {"Ben"}
    merge_tag(nurse, into=night, by=by)
    assert found(me, tag=ids[0]) == {"Ana", "Ben"}
    retire_tag(night, by=by)
    assert found(me, tag=ids[1]) == {"Ana", "Ben"}


def test_a_competency_is_found_by_its_name_or_an_alias(role: Role, people: None) -> None:
    entry = CompetencyFactory(name="Backend development", aliases=["Java", "#"])
    assert found(role.recruiter, competency=str(entry.public_id)) == {"Ana Ruiz", "Ben Okafor"}
    kotlin = CompetencyFactory(name="Kotlin")
    both = [str(entry.public_id), str(kotlin.public_id)]
    assert found(role.recruiter, competency=both) == {"Ana Ruiz"}


def test_custom_fields_narrow_as_on_every_list(role: Role, by: Actor) -> None:
    add_custom_field(applies_to="candidate", name="Notice", kind="number", by=by)
    add_custom_field(
        applies_to="candidate", name="Rate", kind="number", audience="recruiters", by=by
    )
    ana, ben = somebody(role, "Ana"), somebody(role, "Ben")
    edit_candidate(ana, custom={"notice": 3, "rate": 100}, by=by)
    edit_candidate(ben, custom={"notice": 1}, by=by)
    me = role.recruiter
    assert found(me, custom__notice="3") == {"Ana"}
    assert found(me, **{"custom.notice__gte": "1"}) == {"Ana", "Ben"}
    assert found(me, custom__rate="100") == {"Ana"}
    assert read_search(role.manager, {"custom.rate": ["100"]}).problems
    assert read_search(me, {"custom.notice": ["many"]}).problems


def test_the_letter_that_says_it_arrived_is_no_contact(role: Role, by: Actor) -> None:
    apply(role, "Ana")
    ben = apply(role, "Ben")
    settle()
    assert found(role.recruiter, contacted="false") == {"Ana", "Ben"}
    reject_application(ben, reason=rejection_reason(), letter="now", by=by)
    settle()
    assert found(role.recruiter, contacted="false") == {"Ana"}
    assert found(role.recruiter, contacted="true") == {"Ben"}


@pytest.mark.parametrize(
    "params",
    [
        {"requisition": ["no-id"]},
        {"requisition": ["00000000-0000-0000-0000-000000000000"]},
        {"status": ["great"]},
        {"applied_after": ["yesterday"]},
        {"applied_before": ["9999-12-31"]},
        {"email": ["a"]},
        {"phone": ["12"]},
        {"name": ["!"]},
        {"name": ["x" * 300]},
        {"place": ["\x00"]},
        {"contacted": ["maybe"]},
        {"colour": ["red"]},
        {"custom.shoe": ["3"]},
        {"tag": ["00000000-0000-0000-0000-000000000000"] * 60},
    ],
)
def test_what_cannot_be_asked_is_said_and_finds_nobody(
    role: Role, people: None, recruiter: APIClient, params: dict[str, list[str]]
) -> None:
    search = read_search(role.recruiter, params)
    assert len(search.problems) == 1
    assert list(search.people()) == []
    assert recruiter.get(API, params).status_code == 400


def shared(application: Application, user: User, by: Actor) -> None:
    share_application(
        application, user=user, because=Because.SHARED, cause_id=application.public_id, by=by
    )


def test_a_resume_counts_only_where_it_may_be_read(role: Role, by: Actor) -> None:
    secret = open_requisition(is_confidential=True)
    both = apply(role, "Ana", email="a@x.example")
    with_resume(both, "Known for Fortran.")
    with_resume(apply(secret, "Ana", email="a@x.example"), "Known for Cobol.")
    apply(secret, "Zoe")
    looker, admin = UserFactory(), UserFactory(is_site_admin=True)
    shared(both, looker, by)
    seen = {
        word: {
            who
            for who, user in (
                ("recruiter", role.recruiter),
                ("theirs", secret.recruiter),
                ("looker", looker),
                ("admin", admin),
                ("nobody", UserFactory()),
            )
            if "Ana" in found(user, q=word)
        }
        for word in ("fortran", "cobol", "ana", "ana -cobol")
    }
    public = {"recruiter", "looker", "admin"}
    assert seen == {
        "fortran": public,
        "cobol": {"theirs"},
        "ana": public | {"theirs"},
        "ana -cobol": public,
    }
    assert found(admin, name="Zoe") == found(role.recruiter, q="zoe") == set()
    secret_id = str(secret.requisition.public_id)
    for user in (role.recruiter, admin, looker):
        assert read_search(user, {"requisition": [secret_id]}).problems
    since = str((clock.now() + timedelta(1)).date())
    assert found(role.recruiter, quiet_since=since) == {"Ana"}


def test_words_follow_their_rows(role: Role, by: Actor) -> None:
    application = apply(role, "Ana")
    resume = with_resume(application, "Fortran")
    assert found(role.recruiter, q="fortran ana") == {"Ana"}
    edit_candidate(application.candidate, name="Anna Maria", location="Lyon", by=by)
    assert found(role.recruiter, q="fortran maria lyon") == {"Anna Maria"}
    resume.text = "Cobol"
    resume.save()
    assert found(role.recruiter, q="fortran") == set()
    assert found(role.recruiter, q="cobol maria") == {"Anna Maria"}
    ben = apply(role, "Ben")
    Resume.objects.filter(pk=resume.pk).update(candidate=ben.candidate, application=ben)
    assert found(role.recruiter, q="cobol ben") == {"Ben"}
    Resume.objects.update(text="")
    assert found(role.recruiter, q="cobol") == set()
    with_resume(ben, "Cobol").delete()
    assert SearchWords.objects.filter(resume__isnull=False).count() == 0


@pytest.mark.parametrize(
    "text",
    [
        " ".join(chr(0x4E00 + n) for n in range(20_000)) * 4,
        "".join(chr(0x1D400 + n % 900) + chr(0x10400 + n // 900 % 80) + " " for n in range(72_000)),
        "x" * 200_000,
        "a1 " * 70_000,
        "𝕏\u202e\u0301" * 1000,
    ],
)
def test_no_text_of_a_resume_is_too_much(role: Role, text: str) -> None:
    with_resume(apply(role, "Ana"), text)
    assert SearchWords.objects.filter(resume__isnull=False).count() == 1


def test_the_list_says_what_it_understood_and_where_it_stands(
    role: Role, people: None, recruiter: APIClient
) -> None:
    body = recruiter.get(API, {"q": "kotlin -php"}).json()
    assert body["understood"] == "The profile or a resume says “kotlin”; nowhere “php”."
    (row,) = body["results"]
    assert row["name"] == "Ana Ruiz"
    assert row["snippet"] == (
        "Ten years of Java and <mark>Kotlin</mark>. Machine learning at Café Müller."
    )


def test_a_snippet_is_safe(role: Role, recruiter: APIClient) -> None:
    somebody(role, "Ana", "<script>alert(1)</script> Kotlin & <b>Müller</b>")
    (row,) = recruiter.get(API, {"q": "kotlin muller"}).json()["results"]
    assert row["snippet"] == (
        "&lt;script&gt;alert(1)&lt;/script&gt; <mark>Kotlin</mark> &amp; &lt;b&gt;Müller&lt;/b&gt;"
        " … &lt;script&gt;alert(1)&lt;/script&gt; Kotlin &amp;"
        " &lt;b&gt;<mark>Müller</mark>&lt;/b&gt;"
    )


def test_pages_follow_each_other_without_a_gap(role: Role, recruiter: APIClient) -> None:
    for n in range(7):
        somebody(role, f"Ana {n}", "Kotlin")
    for sort in ("-created_at", "name"):
        url, names = f"{API}?q=kotlin&limit=3&sort={sort}", []
        while url:
            body = recruiter.get(url).json()
            names += [row["name"] for row in body["results"]]
            url = body["next"]
        wanted = [f"Ana {n}" for n in range(7)]
        assert names == (wanted if sort == "name" else wanted[::-1])
    assert recruiter.get(f"{API}?q=kotlin&count=true").json()["count"] == 7


def test_a_list_asks_as_often_for_three_as_for_one(
    role: Role, recruiter: APIClient, queries: Count, by: Actor
) -> None:
    tag(somebody(role, "Ana", "Kotlin"), tag="One", by=by)
    one = queries(lambda: recruiter.get(f"{API}?q=kotlin&name=ana"))
    for n in range(2):
        tag(somebody(role, f"Ana {n}", "Kotlin"), tag="One", by=by)
    assert queries(lambda: recruiter.get(f"{API}?q=kotlin&name=ana")) == one


def test_every_search_of_people_is_kept_on_record(
    role: Role, people: None, recruiter: APIClient
) -> None:
    recruiter.get(API)
    recruiter.get(f"{API}?status=active")
    assert not SearchRecord.objects.exists()
    recruiter.get(f"{API}?q=java&status=active&limit=1")
    record = SearchRecord.objects.get()
    assert (record.by, record.shown, record.came_from) == (role.recruiter, 1, "api")
    assert record.asked == {"q": ["java"], "status": ["active"]}
    records = "/api/v1/search-records"
    assert recruiter.get(records).status_code == 403
    admin = signed_in(UserFactory(is_site_admin=True))
    (row,) = admin.get(f"{records}?by={role.recruiter.public_id}").json()["results"]
    assert (row["asked"], row["shown"]) == (record.asked, 1)

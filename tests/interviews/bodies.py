"""What is sent to plan and to book, and what a problem points at."""

from tests.factories.interviews import starts_in

V1 = "/api/v1"


def planned_body(role, **change):
    return {
        "name": "Systems",
        "kind": "technical",
        "minutes": 60,
        "interviewers": 1,
        "stage": str(role.stage("interview").public_id),
        "focus": [str(one.public_id) for one in role.competencies],
        **change,
    }


def plan_body(role, **change):
    return {
        "requisition": str(role.requisition.public_id),
        "interviews": [planned_body(role, **change)],
    }


def loop_body(application, drafted, people, **change):
    return {
        "application": str(application.public_id),
        "interviews": [
            {
                "planned": str(planned.public_id),
                "starts": starts_in(7, hour=10 + number),
                "timezone": "Europe/Madrid",
                "seats": [{"user": str(person.public_id)}],
                **change,
            }
            for number, (planned, person) in enumerate(
                zip(drafted.interviews.all(), people, strict=True)
            )
        ],
    }


def pointers(answer):
    assert answer.headers["Content-Type"] == "application/problem+json"
    return {error["pointer"] for error in answer.json()["errors"]}

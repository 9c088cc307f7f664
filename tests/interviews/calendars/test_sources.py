"""Recorded answers, in the shapes that Google and Microsoft document."""

from datetime import UTC, datetime, timedelta

import pytest

from interviews.calendars.sources import (
    GOOGLE,
    MICROSOFT,
    FileSource,
    GoogleSource,
    MicrosoftSource,
    NotAnswered,
)
from tests.interviews.calendars.reading import calendar

BEGINS = datetime(2026, 3, 2, tzinfo=UTC)
ENDS = BEGINS + timedelta(days=5)
GOOGLE_SAYS = {
    "kind": "calendar#freeBusy",
    "timeMin": "2026-03-02T00:00:00.000Z",
    "timeMax": "2026-03-07T00:00:00.000Z",
    "calendars": {
        "ana@example.org": {
            "busy": [
                {"start": "2026-03-02T09:00:00Z", "end": "2026-03-02T10:00:00Z"},
                {"start": "2026-03-03T10:00:00+01:00", "end": "2026-03-03T11:30:00+01:00"},
            ]
        },
        "team@group.calendar.google.com": {
            "busy": [{"start": "2026-03-02T09:30:00Z", "end": "2026-03-02T10:30:00Z"}]
        },
    },
}


def item(status, begins, ends, zone="UTC"):
    return {
        "isPrivate": False,
        "status": status,
        "subject": "Lay off Raj",
        "location": "Room 4",
        "start": {"dateTime": f"{begins}.0000000", "timeZone": zone},
        "end": {"dateTime": f"{ends}.0000000", "timeZone": zone},
    }


MICROSOFT_SAYS = {
    "@odata.context": "https://graph.microsoft.com/v1.0/$metadata#Collection(x)",
    "value": [
        {
            "scheduleId": "ana@example.org",
            "availabilityView": "000222220000",
            "scheduleItems": [
                item("busy", "2026-03-02T09:00:00", "2026-03-02T10:00:00"),
                item("tentative", "2026-03-02T10:00:00", "2026-03-02T10:30:00"),
                item("free", "2026-03-02T12:00:00", "2026-03-02T13:00:00"),
                item("workingElsewhere", "2026-03-04T00:00:00", "2026-03-05T00:00:00"),
                item("oof", "2026-03-03T01:00:00", "2026-03-03T02:30:00", "Pacific Standard Time"),
            ],
            "workingHours": {"timeZone": {"name": "Pacific Standard Time"}},
        }
    ],
}
EXPECTED = ["02 09:00-10:30", "03 09:00-10:30"]


class Service:
    """Answers as recorded, and remembers what it was asked."""

    def __init__(self, *answers, status=200):
        self.answers = list(answers)
        self.status = status
        self.asked = []

    def __call__(self, url, body, headers):
        self.asked.append((url, body, headers))
        return self.status, self.answers[min(len(self.asked), len(self.answers)) - 1]


def shown(spans):
    return [f"{one.begins:%d %H:%M}-{one.ends:%H:%M}" for one in spans]


def test_google_is_asked_and_read_as_documented():
    service = Service(GOOGLE_SAYS)
    source = GoogleSource(service, ["ana@example.org", "team@group.calendar.google.com"])
    assert shown(source.between(BEGINS, ENDS)) == EXPECTED
    assert service.asked == [
        (
            GOOGLE,
            {
                "timeMin": "2026-03-02T00:00:00Z",
                "timeMax": "2026-03-07T00:00:00Z",
                "timeZone": "UTC",
                "items": [{"id": "ana@example.org"}, {"id": "team@group.calendar.google.com"}],
            },
            {},
        )
    ]


def test_microsoft_is_asked_and_read_as_documented():
    service = Service(MICROSOFT_SAYS)
    source = MicrosoftSource(service, "ana@example.org")
    assert shown(source.between(BEGINS, ENDS)) == EXPECTED
    assert service.asked == [
        (
            MICROSOFT,
            {
                "schedules": ["ana@example.org"],
                "startTime": {"dateTime": "2026-03-02T00:00:00", "timeZone": "UTC"},
                "endTime": {"dateTime": "2026-03-07T00:00:00", "timeZone": "UTC"},
                "availabilityViewInterval": 15,
            },
            {"Prefer": 'outlook.timezone="UTC"'},
        )
    ]


def test_a_file_answers_the_same_question():
    data = calendar("DTSTART:20260302T090000Z\nDURATION:PT1H", "DTSTART:never")
    assert shown(FileSource(data, "UTC").between(BEGINS, ENDS)) == ["02 09:00-10:00"]
    with pytest.raises(NotAnswered, match="This is no calendar"):
        FileSource(b"", "UTC").between(BEGINS, ENDS)


@pytest.mark.parametrize("kind", ["google", "microsoft"])
def test_a_long_time_is_asked_for_in_parts(kind):
    service = Service(GOOGLE_SAYS if kind == "google" else MICROSOFT_SAYS)
    source = GoogleSource(service) if kind == "google" else MicrosoftSource(service, "a@b.c")
    assert shown(source.between(BEGINS, BEGINS + timedelta(days=61))) == EXPECTED
    assert len(service.asked) == 3
    assert source.between(ENDS, BEGINS) == []


@pytest.mark.parametrize(
    ("status", "body", "sentence"),
    [
        (401, {"error": {"code": 401}}, "Google answers with the error 401."),
        (
            200,
            {"calendars": {"a": {"errors": [{"domain": "global", "reason": "notFound"}]}}},
            "Google says of this calendar: notFound.",
        ),
        (200, {}, "not in the shape that is documented"),
        (200, None, "not in the shape that is documented"),
        (200, {"calendars": {"a": {"busy": [{"start": "x", "end": "y"}]}}}, "not in the shape"),
    ],
)
def test_what_google_cannot_tell_is_said(status, body, sentence):
    with pytest.raises(NotAnswered, match=sentence):
        GoogleSource(Service(body, status=status)).between(BEGINS, ENDS)


@pytest.mark.parametrize(
    ("status", "body", "sentence"),
    [
        (429, {}, "Microsoft answers with the error 429."),
        (
            200,
            {"value": [{"error": {"message": "x", "responseCode": "ErrorMailRecipientNotFound"}}]},
            "Microsoft says of this calendar: ErrorMailRecipientNotFound.",
        ),
        (200, {"value": [{"scheduleItems": [{}]}]}, "not in the shape that is documented"),
        (
            200,
            {"value": [{"scheduleItems": [item("busy", "2026-03-02T09:00", "x", "Nowhere")]}]},
            "not in the shape that is documented",
        ),
    ],
)
def test_what_microsoft_cannot_tell_is_said(status, body, sentence):
    with pytest.raises(NotAnswered, match=sentence):
        MicrosoftSource(Service(body, status=status), "a@b.c").between(BEGINS, ENDS)

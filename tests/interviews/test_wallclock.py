from datetime import UTC, datetime

import pytest

from ats.errors import Invalid
from interviews.scheduling.wallclock import instant_of, read_wall


@pytest.mark.parametrize(
    ("starts", "timezone", "instant"),
    [
        # The hours around the night when Madrid's clocks are put forward ...
        ("2026-03-29T01:59", "Europe/Madrid", datetime(2026, 3, 29, 0, 59, tzinfo=UTC)),
        ("2026-03-29T03:00", "Europe/Madrid", datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),
        # ... and put back.
        ("2026-10-25T01:59", "Europe/Madrid", datetime(2026, 10, 24, 23, 59, tzinfo=UTC)),
        ("2026-10-25T03:00", "Europe/Madrid", datetime(2026, 10, 25, 2, 0, tzinfo=UTC)),
        ("2026-03-08T03:00", "America/Los_Angeles", datetime(2026, 3, 8, 10, 0, tzinfo=UTC)),
        # Half an hour, on an island.
        ("2026-10-04T02:30", "Australia/Lord_Howe", datetime(2026, 10, 3, 15, 30, tzinfo=UTC)),
        ("2026-12-01T10:00", "Asia/Kathmandu", datetime(2026, 12, 1, 4, 15, tzinfo=UTC)),
        ("2026-12-01T10:00:00", "UTC", datetime(2026, 12, 1, 10, 0, tzinfo=UTC)),
    ],
)
def test_a_wall_clock_in_a_zone_is_an_instant(starts, timezone, instant):
    assert instant_of(read_wall(starts, timezone)) == instant


@pytest.mark.parametrize(
    ("starts", "timezone", "said"),
    [
        ("2026-03-29T02:00", "Europe/Madrid", "does not exist"),
        ("2026-03-29T02:59", "Europe/Madrid", "does not exist"),
        ("2026-10-04T02:15", "Australia/Lord_Howe", "does not exist"),
        ("2011-12-30T10:00", "Pacific/Apia", "does not exist"),
        ("2026-10-25T02:00", "Europe/Madrid", "happens twice"),
        ("2026-10-25T02:59", "Europe/Madrid", "happens twice"),
        ("2026-11-01T01:30", "America/New_York", "happens twice"),
    ],
)
def test_an_hour_that_is_skipped_or_doubled_is_refused(starts, timezone, said):
    with pytest.raises(Invalid, match=said) as refusal:
        instant_of(read_wall(starts, timezone))
    assert refusal.value.field == "starts"


@pytest.mark.parametrize(
    ("starts", "timezone", "field"),
    [
        ("2026-12-01T10:00", "Europe/Nowhere", "timezone"),
        ("2026-12-01T10:00", "Europe", "timezone"),
        ("2026-12-01T10:00", "../../etc/passwd", "timezone"),
        ("2026-12-01T10:00", "", "timezone"),
        ("2026-12-01T10:00", "CEST\x00", "timezone"),
        ("2026-12-01 10:00", "UTC", "starts"),
        ("2026-12-01T10:00Z", "UTC", "starts"),
        ("2026-12-01T10:00+02:00", "UTC", "starts"),
        ("2026-12-01T10:00\n", "UTC", "starts"),
        ("٢٠٢٦-12-01T10:00", "UTC", "starts"),
        ("2026-02-30T10:00", "UTC", "starts"),
        ("2026-12-01T24:00", "UTC", "starts"),
        ("9999-12-31T23:59", "America/Los_Angeles", "starts"),
        ("0001-01-01T00:00", "Asia/Tokyo", "starts"),
        ("", "UTC", "starts"),
    ],
)
def test_what_cannot_be_meant_is_refused(starts, timezone, field):
    with pytest.raises(Invalid) as refusal:
        instant_of(read_wall(starts, timezone))
    assert refusal.value.field == field

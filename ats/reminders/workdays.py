"""Office hours, pure: when is the next working morning somewhere?"""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

MORNING = time(9)
SATURDAY = 5


def next_working_morning(after: datetime, timezone: str) -> datetime:
    """Nine o'clock on the first weekday strictly after `after`, in that IANA zone, as UTC."""
    zone = ZoneInfo(timezone)
    local = after.astimezone(zone)
    day = local.date()
    while True:
        morning = datetime.combine(day, MORNING, tzinfo=zone).astimezone(ZoneInfo("UTC"))
        if morning > after and day.weekday() < SATURDAY:
            return morning
        day += timedelta(days=1)

"""The words of custom fields."""

from django.db.models import TextChoices


class FieldKind(TextChoices):
    SHORT_TEXT = "short_text", "short text"
    LONG_TEXT = "long_text", "long text"
    NUMBER = "number"
    DATE = "date"
    SINGLE = "single", "one of a list"
    MULTIPLE = "multiple", "several of a list"
    YES_NO = "yes_no", "yes or no"
    MONEY = "money"
    PERSON = "person"
    URL = "url", "URL"


class Audience(TextChoices):
    TEAM = "team", "the whole team"
    RECRUITERS = "recruiters", "recruiters only"


K = FieldKind
WITH_OPTIONS = (K.SINGLE, K.MULTIPLE)
# What has a before and an after, so that a list can be narrowed to a range of it.
RANGED = (K.NUMBER, K.DATE, K.MONEY)

EVENTS: dict[str, tuple[str, ...]] = {
    "custom_field.added": (),
    "custom_field.edited": ("fields",),
    "custom_field.retired": (),
    "custom_field.restored": (),
}

"""What an applicant is asked."""

from typing import Any

# On every form, in this order; people with one name leave the second field of the board empty.
STANDARD: list[dict[str, Any]] = [
    {"name": "name", "label": "Name", "is_required": True},
    {"name": "email", "label": "E-mail address", "is_required": True},
    {"name": "phone", "label": "Phone", "is_required": False},
    {"name": "resume", "label": "Resume", "is_required": False},
    {"name": "consent", "label": "Consent to keep the application", "is_required": True},
]

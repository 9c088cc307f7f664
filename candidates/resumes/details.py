"""What the text tells about the person: suggestions, never more. Pure."""

import re
from typing import Any

from candidates.resumes.contacts import emails_in, links_in
from candidates.resumes.language import language_of
from candidates.resumes.person import location_in, name_in
from candidates.resumes.phones import phones_in

# Contacts stand at the beginning, or at the very end.
CONTACTS = 60_000
# No address is as long, and no pattern has to look at it.
ENDLESS = re.compile(r"\S{500,}")


def details_of(text: str, links: list[str], heading: str = "") -> dict[str, Any]:
    """`{language, name, location, emails, phones, links}`; `links` are those behind words."""
    near = text if len(text) <= 2 * CONTACTS else f"{text[:CONTACTS]}\n{text[-CONTACTS:]}"
    near = ENDLESS.sub(" ", near)
    language = language_of(text)
    emails = emails_in(near, links)
    location = location_in(near)
    return {
        "language": language,
        "name": name_in(near, emails, heading=heading),
        "location": location,
        "emails": emails,
        "phones": phones_in(near, links, language=language, location=location),
        "links": links_in(near, links),
    }

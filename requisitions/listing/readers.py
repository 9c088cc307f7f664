"""One reader per kind of section."""

from requisitions.listing import fields
from requisitions.listing.blocks import Section
from requisitions.listing.draft import Draft
from requisitions.listing.lists import read_list
from requisitions.listing.paragraphs import read_others, read_paragraphs, read_questions
from requisitions.listing.values import read_values


def read_section(draft: Draft, section: Section) -> None:
    subject = section.subject
    if subject in fields.LISTS:
        read_list(draft, section)
    elif subject in fields.SCALARS:
        read_values(draft, section)
    elif subject == fields.FAQ:
        read_questions(draft, section)
    elif subject in (fields.SUMMARY, fields.APPLY):
        read_paragraphs(draft, section)
    else:
        read_others(draft, section)

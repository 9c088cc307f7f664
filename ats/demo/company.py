"""What a company has before it hires: departments, offices, reasons, sources, a library, kits."""

from pathlib import Path

from ats.accounts.models import User
from ats.demo.courses import RoleData, Slot
from ats.demo.library import ADDED, QUESTIONS
from ats.demo.people import BERLIN, FOUNDER, MADRID, WEST
from candidates.enums import RejectionKind, SourceKind
from candidates.models import RejectionReason, Source
from interviews.models import InterviewKit, KitQuestion
from requisitions.actions.competency import find_or_add_competency, load_library
from requisitions.actions.pipeline_template import default_template
from requisitions.models import Competency, Department, Office

LISTINGS = Path(__file__).resolve().parents[2] / "examples" / "listings"
OFFICES = (
    ("Redmond campus", "Redmond", "WA", "US", WEST),
    ("Harbourview clinic", "Portland", "OR", "US", WEST),
    ("Ostkreuz", "Berlin", "", "DE", BERLIN),
    ("Puerta de Toledo", "Madrid", "", "ES", MADRID),
)
DEPARTMENTS = (
    ("Research", None, "dora"),
    ("Research Computing", "Research", "henrik"),
    ("Clinical Programmes", "Research", "nadia"),
    ("Energy Data", "Research", "annika"),
    ("People", None, "rosa"),
)
# Beside those that the product ships with.
NO_SHOW = "Did not come to the interview"
SOURCES = (
    ("Careers site", SourceKind.CAREERS_SITE),
    ("Referred by a colleague", SourceKind.REFERRAL),
    ("Sourced by a recruiter", SourceKind.SOURCED),
    ("Job board: HPC Weekly", SourceKind.JOB_BOARD),
    ("Job board: Nurses Northwest", SourceKind.JOB_BOARD),
    ("Job board: Green Data Jobs", SourceKind.JOB_BOARD),
)
GUIDANCE = (
    "Say who you are and what this hour is about. Ask the same questions of everybody, in this"
    " order, and write down what you hear, not what you think of it. Leave ten minutes for theirs."
)


def found(staff: dict[str, User]) -> None:
    for name, city, region, country, timezone in OFFICES:
        Office.objects.create(
            name=name, city=city, region=region, country=country, timezone=timezone
        )
    for name, parent, head in DEPARTMENTS:
        above = Department.objects.filter(name=parent).first()
        Department.objects.create(name=name, parent=above, head=staff[head])
    RejectionReason.objects.create(name=NO_SHOW, kind=RejectionKind.WE_REJECTED)
    for name, source in SOURCES:
        Source.objects.get_or_create(name=name, defaults={"kind": source})
    default_template()
    load_library(by=FOUNDER)
    for entry in ADDED:
        find_or_add_competency(**entry, by=FOUNDER)


def listing_of(role: RoleData) -> str:
    """The example listing, in the name of this company."""
    return (LISTINGS / role.listing).read_text().replace(role.company, "Northlight Research")


def kit_for(slot: Slot) -> InterviewKit:
    kit = InterviewKit.objects.create(
        name=slot.name, purpose=f"To hear about {', '.join(slot.focus)}.", guidance=GUIDANCE
    )
    library = {entry.name: entry for entry in Competency.objects.filter(name__in=slot.focus)}
    KitQuestion.objects.bulk_create(
        KitQuestion(
            kit=kit,
            competency=library[name],
            text=QUESTIONS[name][0],
            good_answer=QUESTIONS[name][1],
            position=place,
        )
        for place, name in enumerate(slot.focus, start=1)
    )
    return kit

"""Who works at Northlight Research. One password for all of them, for the demo only."""

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from ats.accounts.models import User
from ats.events.actors import Actor
from ats.people.actions import invite_user
from requisitions.enums import CompanyRoleKind
from requisitions.models import CompanyRole

PASSWORD = "demo-only-northlight"
DOMAIN = "northlight.example"
WEST, MADRID, BERLIN = "America/Los_Angeles", "Europe/Madrid", "Europe/Berlin"


@dataclass(frozen=True)
class Colleague:
    key: str
    name: str
    timezone: str
    what: str
    manager: str = ""
    recruits: bool = False
    is_site_admin: bool = False

    @property
    def email(self) -> str:
        return f"{self.key}@{DOMAIN}"


PEOPLE = (
    Colleague("admin", "Sam Whitlock", WEST, "site admin", is_site_admin=True),
    Colleague("dora", "Dora Schmidt", WEST, "director, approves"),
    Colleague("rosa", "Rosa Lindqvist", BERLIN, "recruiter", recruits=True),
    Colleague("tomas", "Tomás Arriaga", WEST, "recruiter, nursing", "rosa", recruits=True),
    Colleague("carlos", "Carlos Medina", MADRID, "coordinator", "rosa"),
    Colleague("henrik", "Henrik Vale", WEST, "hiring manager, computing", "dora"),
    Colleague("nadia", "Nadia Haddad", WEST, "hiring manager, nursing", "dora"),
    Colleague("annika", "Annika Vogel", BERLIN, "hiring manager, energy data", "dora"),
    Colleague("ines", "Inés Ortega", MADRID, "interviewer", "henrik"),
    Colleague("jonas", "Jonas Keller", BERLIN, "interviewer, owes a scorecard", "henrik"),
    Colleague("kavya", "Kavya Rao", WEST, "interviewer", "henrik"),
    Colleague("liam", "Liam O'Brien", WEST, "interviewer", "henrik"),
    Colleague("mei", "Mei Chen", WEST, "interviewer", "henrik"),
    Colleague("olu", "Oluwaseun Adeyemi", WEST, "interviewer, nursing", "nadia"),
    Colleague("grace", "Grace Kim", WEST, "interviewer, nursing", "nadia"),
    Colleague("farid", "Farid Nazari", BERLIN, "interviewer, energy data", "annika"),
)
BY_EMAIL = {person.email: person for person in PEOPLE}
# Whoever founds the company is nobody's guest.
FOUNDER = Actor.system("demo")


def invite_everybody() -> dict[str, User]:
    """The colleagues by key. The password is hashed once: it is the same, and hashing is slow."""
    staff: dict[str, User] = {}
    secret = make_password(PASSWORD)
    for person in PEOPLE:
        user = invite_user(
            email=person.email, name=person.name, timezone=person.timezone, by=FOUNDER
        )
        user.password, user.is_site_admin = secret, person.is_site_admin
        user.manager = staff.get(person.manager)
        user.save(update_fields=["password", "is_site_admin", "manager"])
        if person.recruits:
            CompanyRole.objects.create(user=user, role=CompanyRoleKind.RECRUITER)
        staff[person.key] = user
    return staff


def sign_ins() -> str:
    """The table that is printed on every start."""
    rows = [f"  {person.email:<28} {person.name:<20} {person.what}" for person in PEOPLE]
    return "\n".join([f"Sign in with the password {PASSWORD!r}, for this demo only:", *rows])

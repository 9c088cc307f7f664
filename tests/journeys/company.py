"""The people of one journey, each with a token of their own."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from ats import clock
from ats.accounts.models import ApiToken, User, digest, new_secret
from requisitions.models import CompanyRole
from tests.http import Person
from tests.live import Live

INTERVIEWERS = {
    "ines": ("Inés Ortega", "Europe/Madrid"),
    "jonas": ("Jonas Keller", "Europe/Berlin"),
    "kavya": ("Kavya Rao", "America/Los_Angeles"),
    "liam": ("Liam O'Brien", "America/Los_Angeles"),
    "mei": ("Mei Chen", "America/Los_Angeles"),
}
TEAM = {
    "rosa": ("Rosa Lindqvist", "Europe/Berlin"),
    "henrik": ("Henrik Vale", "America/Los_Angeles"),
    "dora": ("Dora Schmidt", "America/Los_Angeles"),
    "carlos": ("Carlos Medina", "Europe/Madrid"),
}


@dataclass
class Colleague(Person):
    id: str = ""
    name: str = ""
    email: str = ""


class Company:
    """`company.rosa.get("/me")`: rosa recruits, henrik hires, dora is his superior, carlos
    coordinates, and five people interview."""

    rosa: Colleague
    henrik: Colleague
    dora: Colleague
    carlos: Colleague

    def __init__(self, live: Live) -> None:
        self.url, self.run = live.url, uuid4().hex[:8]
        with live.database():
            for key, (name, zone) in {**TEAM, **INTERVIEWERS}.items():
                setattr(self, key, self._join(key, name, zone))
            CompanyRole.objects.create(
                user=User.objects.get(email=self.rosa.email), role="recruiter"
            )
        self.stranger = Person(live.url)
        self.interviewers: list[Colleague] = [getattr(self, key) for key in INTERVIEWERS]

    def _join(self, key: str, name: str, zone: str) -> Colleague:
        user = User.objects.create_user(
            f"{key}.{self.run}@northlight.example", name=name, timezone=zone
        )
        secret = new_secret()
        ApiToken.objects.create(
            user=user,
            name="journey",
            prefix=secret[:8],
            digest=digest(secret),
            scopes=["read", "write"],
            expires_at=clock.now() + timedelta(days=365),
        )
        return Colleague(self.url, secret, id=str(user.public_id), name=name, email=user.email)

"""What we wrote to a candidate about an application."""

import re

from django.db.models import QuerySet

from ats.accounts.models import User
from ats.outbox.models import Delivery
from candidates.models import Application, Offer

LINK = re.compile(r"(/offers/)\S+")


def letters_to_candidate(application: Application, user: User) -> QuerySet[Delivery]:
    """Those about offers only for whoever may see the offers."""
    offers = Offer.objects.visible_to(user).filter(application=application)
    about = [application.public_id, *offers.values_list("public_id", flat=True)]
    return Delivery.objects.filter(about_id__in=about, recipient_id=application.candidate.public_id)


def without_links(body: str) -> str:
    """Only the candidate may answer an offer: the signed link in it is theirs."""
    return LINK.sub(r"\1(the candidate's own link)", body)

"""The letter of an offer, to be saved."""

from django.http import Http404, HttpResponse

from ats import clock
from ats.api.downloads import INERT
from ats.errors import Blocked
from candidates.models import Offer
from candidates.offer_letters.pdf import NoFont
from candidates.queries.offer_pdf import pdf_of


def pdf_response(offer: Offer) -> HttpResponse:
    """The letter. Raises `Blocked` where no font shows it and `Http404` where it is gone."""
    try:
        found = pdf_of(offer, clock.now())
    except NoFont as problem:
        raise Blocked([f"This server has no font for “{problem.text}”."]) from None
    if found is None:
        raise Http404
    named = {"Content-Disposition": f'attachment; filename="offer-{offer.version}.pdf"'}
    return HttpResponse(found, content_type="application/pdf", headers=INERT | named)

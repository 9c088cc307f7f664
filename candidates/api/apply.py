"""The public door: apply, and answer an offer by its signed link."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from ats.api.parsers import StrictJSONParser, UploadParser
from ats.api.throttling import APPLY_THROTTLES, ApplyThrottle, ReadThrottle
from ats.api.views import ApiView, PublicView
from ats.events.actors import Actor
from candidates.actions.apply import apply_as_colleague, submit_application
from candidates.actions.files import FileIn
from candidates.actions.offer import accept_offer, decline_offer
from candidates.api.files import pdf_response
from candidates.api.inputs import ApplyIn, ColleagueApplyIn, DeclineIn
from candidates.api.serializers import OfferLinkOut
from candidates.models import Offer
from candidates.queries.offers import STANDING, last_day, offer_behind
from candidates.queries.postings import posting_to_apply_for

RECEIVED = {
    "status": "received",
    "message": "Thank you. Your application has arrived; a letter to your address confirms it.",
}


class ReceivedOut(serializers.Serializer[Any]):
    status = serializers.CharField()
    message = serializers.CharField()


class ApplyView(PublicView):
    throttle_classes = APPLY_THROTTLES
    parser_classes = [StrictJSONParser, UploadParser]
    tag = "board"

    @extend_schema(operation_id="apply", request=ApplyIn, responses={201: ReceivedOut})
    def post(self, request: Request, id: str) -> Response:  # noqa: A002 - the name in the address
        """The answer is the same whoever applies and however often: only the letter knows."""
        posting = posting_to_apply_for(id)
        if posting is None:
            raise Http404
        submit_application(posting, **with_file(self.parse(ApplyIn)), by=Actor.public())
        return Response(RECEIVED, 201)


class ColleagueApplyView(ApiView):
    parser_classes = [StrictJSONParser, UploadParser]
    tag = "board"

    @extend_schema(
        operation_id="apply_as_colleague", request=ColleagueApplyIn, responses={201: ReceivedOut}
    )
    def post(self, request: Request, id: str) -> Response:  # noqa: A002 - the name in the address
        """For an internal role, under the name and address of your account."""
        posting = posting_to_apply_for(id, request.user)
        if posting is None or not posting.is_internal:
            raise Http404
        apply_as_colleague(posting, **with_file(self.parse(ColleagueApplyIn)), by=self.actor)
        return Response(RECEIVED, 201)


def with_file(said: dict[str, Any]) -> dict[str, Any]:
    file = said.pop("resume", None)
    return said | {"resume": FileIn(file.name, file.read()) if file else None}


class OfferLinkView(PublicView):
    throttle_classes = [ReadThrottle]
    tag = "offers"

    @extend_schema(operation_id="read_offer_link", responses=OfferLinkOut)
    def get(self, request: Request, token: str) -> Response:
        """The offer behind the link of the letter."""
        return Response(OfferLinkOut(shown(offer_behind(token))).data)


class AcceptView(PublicView):
    throttle_classes = [ApplyThrottle]
    tag = "offers"

    @extend_schema(operation_id="accept_offer_link", request=None, responses=OfferLinkOut)
    def post(self, request: Request, token: str) -> Response:
        offer = offer_behind(token)
        offer = accept_offer(offer, by=Actor.link(offer.public_id))
        return Response(OfferLinkOut(shown(offer)).data)


class DeclineView(PublicView):
    throttle_classes = [ApplyThrottle]
    tag = "offers"

    @extend_schema(operation_id="decline_offer_link", request=DeclineIn, responses=OfferLinkOut)
    def post(self, request: Request, token: str) -> Response:
        """`reason` is free, and the team reads it."""
        offer = offer_behind(token)
        said = self.parse(DeclineIn) if request.data else {}
        offer = decline_offer(offer, **said, by=Actor.link(offer.public_id))
        return Response(OfferLinkOut(shown(offer)).data)


class OfferLinkPdfView(PublicView):
    throttle_classes = [ReadThrottle]
    tag = "offers"

    @extend_schema(operation_id="download_offer_link", responses={200: OpenApiTypes.BINARY})
    def get(self, request: Request, token: str) -> HttpResponse:
        """The letter as it went out, while the offer stands."""
        offer = offer_behind(token)
        if offer.status not in STANDING:
            raise Http404
        return pdf_response(offer)


def shown(offer: Offer) -> dict[str, Any]:
    application = offer.application
    is_alive = offer.status in STANDING
    return {
        "status": offer.status,
        "company": settings.COMPANY_NAME,
        "title": (application.posting or application.requisition).title,
        "name": application.candidate.name,
        "terms": terms(offer) if is_alive else None,
    }


def terms(offer: Offer) -> dict[str, Any]:
    return {
        "pay_amount": str(offer.pay_amount),
        "pay_currency": offer.pay_currency,
        "pay_period": offer.pay_period,
        "start_on": offer.start_on,
        "expires_at": offer.expires_at,
        "open_until": last_day(offer),
        "letter": offer.letter_as_sent,
        "letter_sha256": offer.letter_sha256,
    }

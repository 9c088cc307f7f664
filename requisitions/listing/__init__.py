"""A job listing's text to a structured requisition, with every line accounted for. Pure."""

from requisitions.listing.encoding import MAX_BYTES, decode
from requisitions.listing.model import (
    AdvertisedPay,
    FaqItem,
    Listing,
    Location,
    NotAListing,
    PayRange,
    Qualification,
    QualificationNode,
    Source,
    Unplaced,
)
from requisitions.listing.read import read_listing
from requisitions.listing.suggest import suggest

__all__ = [
    "MAX_BYTES",
    "AdvertisedPay",
    "FaqItem",
    "Listing",
    "Location",
    "NotAListing",
    "PayRange",
    "Qualification",
    "QualificationNode",
    "Source",
    "Unplaced",
    "decode",
    "read_listing",
    "suggest",
]

"""Pay transparency: from places and laws to what a posting still has to say. Pure."""

from requisitions.paylaw.figures import CURRENCIES, disagreements
from requisitions.paylaw.gate import Finding, Job, Range, Rule, check, located
from requisitions.paylaw.places import Place, place, places

__all__ = [
    "CURRENCIES",
    "Finding",
    "Job",
    "Place",
    "Range",
    "Rule",
    "check",
    "disagreements",
    "located",
    "place",
    "places",
]

"""The combined score, computed before anybody talks: means, weights, disagreement. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

# Two interviewers this far apart have seen different things: talk about it first.
DISAGREEMENT = 2


@dataclass(frozen=True)
class Said:
    """One submitted scorecard; ratings by competency, None for "not assessed"."""

    recommendation: str
    ratings: Mapping[str, int | None]


@dataclass(frozen=True)
class Line:
    """One competency over all scorecards: `n` ratings, how far apart, and their mean."""

    competency: str
    name: str
    weight: float
    n: int
    mean: float | None
    spread: int

    @property
    def disagrees(self) -> bool:
        return self.spread >= DISAGREEMENT


def combine(rubric: Iterable[Mapping[str, Any]], said: Sequence[Said]) -> dict[str, Any]:
    """`rubric` is the frozen content: competency, name and weight of each entry, in order.

    The score is the mean of the competencies' means under the rubric's weights; competencies
    without a rating have no part in it and are named in `missing`. Disagreements come first.
    """
    lines = [line_of(entry, said) for entry in rubric]
    return {
        "score": score(lines),
        "scorecards": len(said),
        "recommendations": dict(sorted(Counter(card.recommendation for card in said).items())),
        "competencies": [asdict(line) for line in sorted(lines, key=by_disagreement)],
        "disagreements": [
            line.name for line in sorted(lines, key=by_disagreement) if line.disagrees
        ],
        "missing": [line.name for line in lines if line.n == 0],
    }


def line_of(entry: Mapping[str, Any], said: Sequence[Said]) -> Line:
    key = str(entry["competency"])
    values = [value for card in said if (value := card.ratings.get(key)) is not None]
    return Line(
        competency=key,
        name=str(entry["name"]),
        weight=float(entry["weight"]),
        n=len(values),
        mean=round(sum(values) / len(values), 2) if values else None,
        spread=max(values) - min(values) if values else 0,
    )


def score(lines: Sequence[Line]) -> float | None:
    assessed = [(line.weight, line.mean) for line in lines if line.mean is not None]
    total = sum(weight for weight, _ in assessed)
    return round(sum(weight * mean for weight, mean in assessed) / total, 2) if total else None


def by_disagreement(line: Line) -> int:
    """Only disagreements leave the rubric's order."""
    return -line.spread if line.disagrees else 0

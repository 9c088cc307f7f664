"""How far somebody is on the way into a pool."""

from interviews.enums import RideKind
from interviews.models import PoolMember


def missing(member: PoolMember) -> list[str]:
    """Sentences for what is left to do; none when only the sign-off is."""
    done = [ride.kind for ride in member.rides.all()]
    pool = member.pool
    wanted = (
        (RideKind.SHADOW, pool.shadows_needed, "shadow"),
        (RideKind.REVERSE_SHADOW, pool.reverse_shadows_needed, "be shadowed in"),
    )
    return [
        f"{member.user} has to {words} {needed - done.count(kind)} more"
        f" interview{'s' if needed - done.count(kind) > 1 else ''}."
        for kind, needed, words in wanted
        if done.count(kind) < needed
    ]

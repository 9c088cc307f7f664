"""Fixed windows counted in Valkey by one atomic script.

When Valkey does not answer it is not asked again for some seconds, so that a request never waits
for it twice; meanwhile reading and applying stay open, and signing in is closed.
"""

import hashlib
import time
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any

import redis
from django.conf import settings
from rest_framework.request import Request
from rest_framework.settings import api_settings
from rest_framework.throttling import BaseThrottle

from ats.api.errors import Unavailable

COUNT = """
local n = redis.call('INCR', KEYS[1])
if n == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
return {n, redis.call('PTTL', KEYS[1])}
"""
REST_SECONDS = 5
TIMEOUT_SECONDS = 0.25


class Valkey:
    """A client that rests after a failure. One per process."""

    def __init__(self) -> None:
        self.client = redis.Redis.from_url(
            settings.REDIS_URL,
            socket_timeout=TIMEOUT_SECONDS,
            socket_connect_timeout=TIMEOUT_SECONDS,
            retry=None,
        )
        self.script = self.client.register_script(COUNT)
        self.resting_until = 0.0

    def count(self, key: str, seconds: int) -> tuple[int, float] | None:
        """How many times in this window and how long it lasts still; None while resting."""
        if time.monotonic() < self.resting_until:
            return None
        try:
            count, left = self.script(keys=[key], args=[seconds * 1000])
        except redis.RedisError:
            self.resting_until = time.monotonic() + REST_SECONDS
            return None
        return int(count), max(int(left), 0) / 1000

    def answers(self) -> bool:
        try:
            return bool(self.client.ping())
        except redis.RedisError:
            return False


valkey = Valkey()


def answers() -> bool:
    return valkey.answers()


class Throttle(BaseThrottle):
    """At most `limit` requests per `seconds` from one address (IPv6: one /64)."""

    name = ""
    limit = 0
    seconds = 60
    fails_open = True
    left = 0.0

    def allow_request(self, request: Request, view: Any) -> bool:
        return all(self.allows(key) for key in self.keys(request))

    def keys(self, request: Request) -> list[str]:
        return [f"throttle:{self.name}:{client_of(request)}"]

    def allows(self, key: str) -> bool:
        counted = valkey.count(key, self.seconds)
        if counted is None:
            if self.fails_open:
                return True
            raise Unavailable("Signing in is closed for a moment. Try again soon.", REST_SECONDS)
        count, self.left = counted
        return count <= self.limit

    def wait(self) -> float:
        return max(self.left, 1.0)


def throttle(name: str, limit: int, seconds: int, *, fails_open: bool = True) -> type[Throttle]:
    """A throttle class for `throttle_classes`."""
    members = {"name": name, "limit": limit, "seconds": seconds, "fails_open": fails_open}
    return type(f"{name.title()}Throttle", (Throttle,), members)


ApplyThrottle = throttle("apply", 120, 60)


class NetworkThrottle(Throttle):
    """The whole network around an address: one /24, for IPv6 one /48."""

    name = "apply-network"
    limit = 1200
    seconds = 600

    def keys(self, request: Request) -> list[str]:
        return [f"throttle:{self.name}:{network_of(client_of(request))}"]


APPLY_THROTTLES = [ApplyThrottle, NetworkThrottle]
ReadThrottle = throttle("read", 1200, 60)
# Each may send a letter to somebody else's address.
PrivacyThrottle = throttle("privacy", 10, 600)


class SignInThrottle(Throttle):
    """Counts the address and, apart, the account: many addresses guess at one password too."""

    name = "sign-in"
    limit = 10
    seconds = 300
    fails_open = False

    def keys(self, request: Request) -> list[str]:
        if request.method != "POST":
            return []
        email = str(request.data.get("email", "")) if isinstance(request.data, dict) else ""
        account = hashlib.sha256(email.strip().lower().encode()).hexdigest()[:32]
        return [*super().keys(request), f"throttle:{self.name}:account:{account}"]


def network_of(client: str) -> str:
    try:
        network = ip_network(client)
    except ValueError:
        return client
    return str(network.supernet(new_prefix=24 if network.version == 4 else 48))


def client_of(request: Request) -> str:
    """The caller's address: the peer's, or what the known number of proxies says of it."""
    address = request.META.get("REMOTE_ADDR") or "unknown"
    hops = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    proxies = api_settings.NUM_PROXIES
    if proxies and hops[0]:
        address = hops[-min(proxies, len(hops))].strip()
    try:
        parsed = ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(parsed, IPv6Address):
        return str(ip_network((parsed, 64), strict=False))
    return str(parsed)

"""Read an address that a person gave us, without being turned against our own network.

The name is resolved once, every address it has is judged, and the connection goes to exactly the
address that was judged, so that a second answer of the name server changes nothing.
"""

import socket
import ssl
import zlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from threading import Timer
from typing import Self
from urllib.parse import SplitResult, urljoin, urlsplit

Address = IPv4Address | IPv6Address
# Not public, or translated and tunnelled to another address: no Python version may say otherwise.
NEVER = [
    ip_network(net)
    for net in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "::/96", "192.0.0.0/24", "fec0::/10")
]
REDIRECTS = 3
MOVED = (301, 302, 303, 307, 308)
CHUNK = 64 * 1024
CONNECT_SECONDS = 5
AGENT = "Evenhand (calendar feeds)"


class NotFetched(Exception):
    """Says in a sentence what went wrong, without the address, which may be a secret."""


@dataclass(frozen=True)
class Fetched:
    """`headers` have names in lower case. The body of anything but a 200 is not read."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def check_address(url: str) -> SplitResult:
    """Raises `NotFetched` for what can be refused without asking anybody."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise NotFetched("This is no web address.") from None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise NotFetched("This is no web address: it begins with https:// or http://.")
    if parts.username or parts.password:
        raise NotFetched("This address holds a user name or password. Use one without.")
    if port == 0 or not url.isascii() or any(char.isspace() for char in url):
        raise NotFetched("This is no web address.")
    return parts


def fetch(
    url: str,
    *,
    headers: Mapping[str, str] | None = None,
    limit: int,
    seconds: float,
    allowed: Sequence[str] = (),
) -> Fetched:
    """GET, with at most three redirects, `limit` bytes (unpacked) and `seconds` for all of it.

    `allowed` are networks that may be asked although they are not public. Raises `NotFetched`.
    """
    seen: set[str] = set()
    while url not in seen:
        if len(seen) > REDIRECTS:
            raise NotFetched("The address sends its readers on and on.")
        seen.add(url)
        answer = ask(check_address(url), headers or {}, limit, seconds / (REDIRECTS + 1), allowed)
        if answer.status not in MOVED:
            return answer
        target = urljoin(url, answer.headers.get("location", ""))
        if url.startswith("https:") and not target.startswith("https:"):
            raise NotFetched("The address sends its readers on to one that is not encrypted.")
        url = target
    raise NotFetched("The address sends its readers round in a circle.")


class Deadline:
    """Whatever trickles in: when it is over, the line is cut, in the middle of anything."""

    def __init__(self, seconds: float):
        self.is_over = False
        self.line: socket.socket | None = None
        self.timer = Timer(seconds, self.cut)
        self.timer.daemon = True

    def __enter__(self) -> Self:
        self.timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.timer.cancel()

    def cut(self) -> None:
        self.is_over = True
        if self.line:
            with suppress(OSError):
                self.line.shutdown(socket.SHUT_RDWR)


def ask(
    parts: SplitResult,
    headers: Mapping[str, str],
    limit: int,
    seconds: float,
    allowed: Sequence[str],
) -> Fetched:
    port = parts.port or (443 if parts.scheme == "https" else 80)
    connection = HTTPConnection(str(parts.hostname), port)
    with Deadline(seconds) as deadline:
        try:
            connection.sock = connect(parts, port, allowed, deadline)
            answer = answered(connection, parts, headers, limit)
        except (OSError, HTTPException, ValueError, zlib.error) as problem:
            said = "it did not answer in time" if deadline.is_over else kind_of(problem)
            raise NotFetched(f"The address could not be read: {said}.") from problem
        finally:
            connection.close()
    if deadline.is_over:
        raise NotFetched("The address could not be read: it did not answer in time.")
    return answer


def answered(
    connection: HTTPConnection, parts: SplitResult, headers: Mapping[str, str], limit: int
) -> Fetched:
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    host = parts.netloc.rpartition("@")[2]
    sent = {"Host": host, "User-Agent": AGENT, "Accept-Encoding": "gzip", **headers}
    connection.putrequest("GET", target, skip_host=True, skip_accept_encoding=True)
    for name, value in sent.items():
        connection.putheader(name, value)
    connection.endheaders()
    with connection.getresponse() as response:
        found = {name.lower(): value for name, value in response.getheaders()}
        body = read_body(response, found, limit) if response.status == 200 else b""
        return Fetched(response.status, found, body)


def read_body(response: HTTPResponse, headers: Mapping[str, str], limit: int) -> bytes:
    """Counted as it comes, packed or not: no header is believed."""
    packing = headers.get("content-encoding", "identity").strip().lower()
    if packing not in ("identity", "gzip", "x-gzip", ""):
        raise NotFetched("The address answers in a packing that was not asked for.")
    unpack = zlib.decompressobj(wbits=31) if "gzip" in packing else None
    body = bytearray()
    read = 0
    while chunk := response.read(CHUNK):
        read += len(chunk)
        body += unpack.decompress(chunk, limit + 1 - len(body)) if unpack else chunk
        if len(body) > limit or read > limit or (unpack and unpack.unconsumed_tail):
            raise NotFetched(f"The address answers with more than {limit // 2**20} MB.")
    if response.length or (unpack and not unpack.eof):
        raise NotFetched("The answer of the address breaks off.")
    return bytes(body)


def connect(
    parts: SplitResult, port: int, allowed: Sequence[str], deadline: Deadline
) -> socket.socket:
    """A connection to the first address that answers, once all of them were judged."""
    found = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
    for *_, target in found:
        if not may_ask(ip_address(str(target[0]).partition("%")[0]), allowed):
            raise NotFetched("The address lies in a network that is not public.")
    problem: OSError = OSError("nobody answers")
    for family, kind, protocol, _, target in found[:4]:
        line = deadline.line = socket.socket(family, kind, protocol)
        line.settimeout(CONNECT_SECONDS)
        try:
            line.connect(target)
            if parts.scheme == "https":
                line = deadline.line = encrypted(line, parts)
                line.do_handshake()
        except OSError as one:
            problem = one
            line.close()
        else:
            return line
    raise problem


def encrypted(line: socket.socket, parts: SplitResult) -> ssl.SSLSocket:
    """Shakes hands later, when the deadline can reach it."""
    context = ssl.create_default_context()
    return context.wrap_socket(line, server_hostname=parts.hostname, do_handshake_on_connect=False)


def may_ask(address: Address, allowed: Sequence[str] = ()) -> bool:
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    if any(address in ip_network(net) for net in allowed):
        return True
    if any(address in net for net in NEVER):
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def kind_of(problem: Exception) -> str:
    if isinstance(problem, socket.gaierror):
        return "there is no such host"
    if isinstance(problem, TimeoutError):
        return "it did not answer in time"
    if isinstance(problem, ssl.SSLError):
        return "its certificate or encryption is not right"
    if isinstance(problem, OSError):
        return "the connection failed"
    return "its answer is no proper HTTP"

"""Feeds are read from real servers on loopback, which only tests may ask."""

import gzip
import socket
import threading
import time
from ipaddress import ip_address

import pytest

from ats.fetch import NotFetched, check_address, fetch, may_ask

MEGABYTE = 2**20
LOOPBACK = ["127.0.0.0/8", "::1/128"]


class Server:
    """Says the same bytes to everybody who connects, in the given pieces."""

    def __init__(self):
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.asked = []
        self.says = {}
        threading.Thread(target=self.serve, daemon=True).start()

    def url(self, path="/feed.ics"):
        return f"http://127.0.0.1:{self.port}{path}"

    def serve(self):
        while True:
            try:
                line, _ = self.socket.accept()
            except OSError:
                return
            threading.Thread(target=self.answer, args=[line], daemon=True).start()

    def answer(self, line):
        with line:
            asked = b""
            while b"\r\n\r\n" not in asked:
                asked += line.recv(4096)
            self.asked.append(asked.decode())
            path = asked.split()[1].decode()
            try:
                for piece in self.says[path]():
                    line.sendall(piece)
            except OSError:
                return


@pytest.fixture
def server():
    one = Server()
    yield one
    one.socket.close()


def answer(body=b"", status="200 OK", length=None, **headers):
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body) if length is None else length}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + b"\r\nConnection: close\r\n\r\n" + body


def read(server, path="/feed.ics", seconds=8.0, limit=MEGABYTE, **more):
    return fetch(server.url(path), limit=limit, seconds=seconds, allowed=LOOPBACK, **more)


def refusal(server, path="/feed.ics", **more):
    with pytest.raises(NotFetched) as caught:
        read(server, path, **more)
    assert str(server.port) not in str(caught.value)
    return str(caught.value)


def test_an_answer_is_read_with_what_was_sent(server):
    server.says["/feed.ics?key=1"] = lambda: [answer(b"BEGIN", ETag='"7"')]
    found = read(server, "/feed.ics?key=1", headers={"If-None-Match": '"6"'})
    assert (found.status, found.body, found.headers["etag"]) == (200, b"BEGIN", '"7"')
    assert server.asked[0].startswith("GET /feed.ics?key=1 HTTP/1.1\r\n")
    assert f"Host: 127.0.0.1:{server.port}\r\n" in server.asked[0]
    assert 'If-None-Match: "6"\r\n' in server.asked[0]


def test_what_has_not_changed_has_no_body(server):
    server.says["/feed.ics"] = lambda: [answer(status="304 Not Modified")]
    assert read(server).status == 304


def test_packed_answers_are_unpacked(server):
    packed = gzip.compress(b"BEGIN" * 1000)
    server.says["/feed.ics"] = lambda: [answer(packed, Content_Encoding="gzip")]
    assert read(server).body == b"BEGIN" * 1000


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (b"x" * (MEGABYTE + 1), {}),
        (b"x" * (3 * MEGABYTE), {"length": 10 * MEGABYTE}),
        (gzip.compress(b"x" * (MEGABYTE + 1)), {"Content_Encoding": "gzip"}),
        (gzip.compress(b"x" * (200 * MEGABYTE)), {"Content_Encoding": "gzip"}),
    ],
)
def test_more_than_the_limit_is_refused_while_it_comes(server, body, headers):
    server.says["/feed.ics"] = lambda: [answer(body, **headers)]
    assert refusal(server) == "The address answers with more than 1 MB."


def test_an_answer_without_end_is_cut_at_the_limit(server):
    def says():
        yield b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        while True:
            yield b"10000\r\n" + b"x" * 65536 + b"\r\n"

    server.says["/feed.ics"] = says
    assert refusal(server) == "The address answers with more than 1 MB."


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (answer(b"short", length=99), "breaks off"),
        (b"nonsense\r\n\r\n", "its answer is no proper HTTP"),
        (b"", "The address could not be read"),
        (answer(b"no gzip", Content_Encoding="gzip"), "its answer is no proper HTTP"),
        (answer(gzip.compress(b"x" * 99)[:-9], Content_Encoding="gzip"), "breaks off"),
        (answer(b"x", Content_Encoding="br"), "a packing that was not asked for"),
        (b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 200 + b"\r\n", "no proper HTTP"),
    ],
)
def test_what_is_no_proper_answer_is_said(server, said, sentence):
    server.says["/feed.ics"] = lambda: [said]
    assert sentence in refusal(server)


def test_an_answer_that_trickles_is_cut(server):
    def says():
        yield b"HTTP/1.1 200 OK\r\n"
        for number in range(200):
            yield f"X-{number}: y\r\n".encode()
            time.sleep(0.05)

    server.says["/feed.ics"] = says
    started = time.monotonic()
    assert refusal(server, seconds=2.0).endswith("it did not answer in time.")
    assert time.monotonic() - started < 3


# Redirects


def moved(location, status="302 Found"):
    return lambda: [answer(status=status, Location=location)]


def test_a_redirect_is_followed(server):
    server.says["/feed.ics"] = moved("/other.ics", "301 Moved Permanently")
    server.says["/other.ics"] = lambda: [answer(b"BEGIN")]
    assert read(server).body == b"BEGIN"


@pytest.mark.parametrize("location", ["/feed.ics", "", "feed.ics"])
def test_a_redirect_to_itself_ends(server, location):
    server.says["/feed.ics"] = moved(location)
    assert refusal(server) == "The address sends its readers round in a circle."
    assert len(server.asked) == 1


def test_a_chain_of_redirects_ends(server):
    server.says |= {f"/{number}": moved(f"/{number + 1}") for number in range(9)}
    assert refusal(server, "/0") == "The address sends its readers on and on."
    assert len(server.asked) == 4


@pytest.mark.parametrize(
    ("location", "sentence"),
    [
        ("http://169.254.169.254/latest/meta-data", "a network that is not public"),
        ("http://[::ffff:10.0.0.1]/", "a network that is not public"),
        ("http://0/", "a network that is not public"),
        ("file:///etc/passwd", "begins with https:// or http://"),
        ("gopher://example.org", "begins with https:// or http://"),
        ("http://user:secret@example.org/", "holds a user name or password"),
    ],
)
def test_a_redirect_leads_nowhere_private(server, location, sentence):
    server.says["/feed.ics"] = moved(location)
    assert sentence in refusal(server)


# Addresses


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0"),  # noqa: S104
        *("100.64.0.1", "192.0.0.8", "198.18.0.1", "203.0.113.9", "224.0.0.1", "240.0.0.1"),
        *("255.255.255.255", "::", "::1", "fe80::1", "fc00::1", "fd00:ec2::254", "ff02::1"),
        *("fec0::1", "2001:db8::1", "::ffff:127.0.0.1", "::ffff:a9fe:a9fe", "::ffff:6440:1"),
        *("64:ff9b::a9fe:a9fe", "64:ff9b::808:808", "64:ff9b:1::1", "2002:7f00:1::"),
        *("2001::1", "::7f00:1", "100::1"),
    ],
)
def test_addresses_that_are_not_public_are_not_asked(address):
    assert not may_ask(ip_address(address))


def test_public_addresses_and_those_allowed_are_asked():
    for address in ("93.184.216.34", "2606:2800:220:1::1", "::ffff:93.184.216.34"):
        assert may_ask(ip_address(address))
    assert may_ask(ip_address("10.1.2.3"), ["10.0.0.0/8"])
    assert not may_ask(ip_address("10.1.2.3"), ["192.168.0.0/16", "fd00::/8"])


def test_without_the_list_loopback_is_not_asked(server):
    for host in ("127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]"):
        with pytest.raises(NotFetched, match=r"not public|could not be read"):
            fetch(f"http://{host}:{server.port}/", limit=9, seconds=4)
    assert server.asked == []


@pytest.mark.parametrize(
    "url",
    [
        *("", "calendar", "//example.org", "ftp://example.org", "webcal://example.org"),
        *(
            "http://",
            "https://user@example.org",
            "http://example.org:0",
            "http://[::1",
            "http://a:b",
        ),
        *("http://example.org/a b", "http://exämple.org/", "http://example.org/\r\nX: y"),
    ],
)
def test_what_is_no_web_address_is_refused(url):
    with pytest.raises(NotFetched):
        check_address(url)


def test_a_host_that_does_not_exist_is_said():
    with pytest.raises(NotFetched, match=r"there is no such host|the connection failed"):
        fetch("http://nowhere.invalid/", limit=9, seconds=4)


def test_an_unencrypted_redirect_and_a_bad_certificate_are_refused(server):
    with pytest.raises(NotFetched, match=r"certificate or encryption|connection failed|in time"):
        fetch(f"https://127.0.0.1:{server.port}/", limit=9, seconds=2, allowed=LOOPBACK)

"""The reader's fences, tried for real: each in a process of its own."""

import os
import pwd
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
# Everything is imported before the fences go up, as far as the fences allow it later.
BEGIN = """
import ctypes, os, resource, socket, sys
from candidates.resumes import confine

def refused(what):
    try:
        what()
    except OSError as problem:
        return type(problem).__name__
    return "allowed"
"""


def said(script: str, *, as_user: int | None = None) -> str:
    """What the script prints; without the rights of root where a user is named."""
    lower = f"import os\nos.setgroups([]); os.setgid({as_user}); os.setuid({as_user})\n"
    done = subprocess.run(
        [sys.executable, "-c", BEGIN + (lower if as_user is not None else "") + script],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def nobody() -> int:
    if os.getuid() != 0:
        pytest.skip("only root can become somebody else")
    return pwd.getpwnam("nobody").pw_uid


LIMITS = """
confine.confine()
print(resource.getrlimit(resource.RLIMIT_AS)[0] == confine.MEMORY, end=" ")
print(resource.getrlimit(resource.RLIMIT_CPU)[0], end=" ")
try:
    bytes(600 * 1024 * 1024)
except MemoryError:
    print("memory is limited")
"""


def test_memory_and_processor_time_are_limited() -> None:
    assert said(LIMITS) == "True 10 memory is limited"


NETWORK = """
listener = socket.create_server(("127.0.0.1", 0))
address = listener.getsockname()
confine.confine()
print(refused(lambda: socket.socket().connect(address)))
print(refused(lambda: socket.socket(socket.AF_UNIX)))
print(refused(lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM)))
"""


def test_nothing_is_reached_over_the_network() -> None:
    assert said(NETWORK).split() == ["PermissionError"] * 3


def test_nor_without_the_rights_of_root() -> None:
    assert said(NETWORK, as_user=nobody()).split() == ["PermissionError"] * 3


FILTER_ALONE = NETWORK.replace("confine.confine()", "assert confine.refuse_calls()")


def test_the_filter_alone_keeps_it_off_the_network() -> None:
    """As where users may not make namespaces."""
    assert said(FILTER_ALONE, as_user=nobody()).split() == ["PermissionError"] * 3


NAMESPACE_ALONE = """
listener = socket.create_server(("127.0.0.1", 0))
address = listener.getsockname()
if confine.leave_network():
    print(refused(lambda: socket.socket().connect(address)))
else:
    print("no namespaces here")
"""


def test_the_empty_network_alone_reaches_nothing() -> None:
    assert said(NAMESPACE_ALONE) in ("OSError", "ConnectionRefusedError", "no namespaces here")


OTHERS = """
confine.confine()
print(refused(os.fork), refused(lambda: os.execv("/bin/true", ["true"])), end=" ")
print(refused(lambda: os.kill(os.getppid(), 0)), refused(lambda: open("made", "w")), end=" ")
print(refused(lambda: os.unlink("manage.py")), refused(lambda: os.mkdir("made")), end=" ")
print(len(open("manage.py").read()) > 0)
"""


def test_nothing_is_started_stopped_or_changed() -> None:
    assert said(OTHERS) == "PermissionError " * 6 + "True"
    assert (ROOT / "manage.py").exists()
    assert not (ROOT / "made").exists()

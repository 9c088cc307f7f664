"""Readers as they are published, each in a throw-away environment, in a network of its own."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from socketserver import BaseRequestHandler, ThreadingMixIn, UnixStreamServer
from tempfile import mkdtemp
from threading import Thread
from typing import Any

import pytest

from tests.live import Live

VENDOR = "greenhouse.io"
HOSTS = [f"{name}.{VENDOR}" for name in ("boards-api", "boards", "job-boards", "api")]
UNSHARE = ["unshare", "--net", "--mount", *([] if os.geteuid() == 0 else ["--map-root-user"])]


@dataclass(frozen=True)
class Said:
    """What a reader printed, and what it asked of the board: `GET host/path status`."""

    out: str
    asked: list[str]


class Namespace:
    """`run(command)` where the vendor's names are ours, and ours is the only network."""

    def __init__(self, folder: Path, trust: dict[str, str]) -> None:
        self.folder, self.trust = folder, trust

    def run(self, *command: str | Path, status: int = 0) -> Said:
        (self.folder / "asked").write_text("")
        within = [sys.executable, str(Path(__file__).parent / "within.py"), str(self.folder), "--"]
        done = subprocess.run(
            [*UNSHARE, *within, *map(str, command)],
            cwd=self.folder,
            env={**self.trust, "PATH": os.environ["PATH"], "HOME": str(self.folder)},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == status, done.stdout + done.stderr
        asked = (self.folder / "asked").read_text().splitlines()
        print(f"\n$ {' '.join(map(str, command))[:300]}\n{done.stdout[:3000]}")  # noqa: T201
        print("asked:", *asked, sep="\n  ")  # noqa: T201
        return Said(done.stdout, asked)


def relay_to(port: int) -> type[BaseRequestHandler]:
    class Relay(BaseRequestHandler):
        """Bytes to the running server, and its bytes back: it lives in another network."""

        def handle(self) -> None:
            with socket.create_connection(("127.0.0.1", port)) as server:
                pump = Thread(target=copy, args=(self.request, server), daemon=True)
                pump.start()
                copy(server, self.request)

    return Relay


def copy(from_: socket.socket, to: socket.socket) -> None:
    try:
        while data := from_.recv(65536):
            to.sendall(data)
        to.shutdown(socket.SHUT_WR)
    except OSError:
        pass


class Door(ThreadingMixIn, UnixStreamServer):
    daemon_threads = True


def certify(folder: Path) -> None:
    """A certificate authority of our own, and the board's certificate by it."""

    def openssl(*words: str) -> None:
        subprocess.run(["openssl", *words], cwd=folder, check=True, capture_output=True)

    names = ",".join(f"DNS:{host}" for host in HOSTS)
    (folder / "names").write_text(f"subjectAltName={names}\n")
    new = ("-newkey", "rsa:2048", "-nodes", "-days", "2")
    openssl("req", "-x509", *new, "-keyout", "ca.key", "-out", "ca.crt", "-subj", "/CN=readers")
    openssl("req", *new[:3], "-keyout", "board.key", "-out", "board.csr", "-subj", "/CN=board")
    by = ("-CA", "ca.crt", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2")
    openssl("x509", "-req", "-in", "board.csr", *by, "-extfile", "names", "-out", "board.crt")


@pytest.fixture(scope="session")
def namespace(live: Live) -> Iterator[Namespace]:
    if missing := [tool for tool in ("unshare", "mount", "openssl") if not shutil.which(tool)]:
        pytest.skip(f"readers need {' and '.join(missing)} on this machine")
    if subprocess.run([*UNSHARE, "true"], capture_output=True, check=False).returncode:
        pytest.skip("this machine allows no network namespaces: run as root, or allow user ones")
    folder = Path(mkdtemp(prefix="evenhand-readers-"))
    certify(folder)
    lines = ["127.0.0.1 localhost", f"127.0.0.1 {' '.join(HOSTS)}", ""]
    (folder / "hosts").write_text("\n".join(lines))
    authority = str(folder / "ca.crt")
    names = ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "NODE_EXTRA_CA_CERTS")
    with Door(str(folder / "board"), relay_to(live.port)) as door:
        Thread(target=door.serve_forever, daemon=True).start()
        yield Namespace(folder, dict.fromkeys(names, authority))
        door.shutdown()
    shutil.rmtree(folder, ignore_errors=True)


class Shelf:
    """Where readers are installed; READERS_DIR keeps them for the next time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def python(self, reader: str, *more: str) -> Path:
        """The folder of programs of a reader `name==version` from the package index."""
        place = self.folder / reader.partition("==")[0]
        if not (place / "installed").exists():
            must([sys.executable, "-m", "venv", str(place)], reader)
            must([str(place / "bin" / "pip"), "install", "-q", reader, *more], reader)
            (place / "installed").touch()
        return place / "bin"

    def node(self, *readers: str) -> Path:
        if not (shutil.which("node") and shutil.which("npm")):
            pytest.skip("readers for Node need node and npm on this machine")
        place = self.folder / "node"
        if not (place / "installed").exists():
            place.mkdir(parents=True, exist_ok=True)
            options = ["--prefix", str(place), "--ignore-scripts", "--legacy-peer-deps"]
            must(["npm", "install", *options, *readers], " and ".join(readers))
            (place / "installed").touch()
        return place


def must(command: list[str], reader: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"{reader} could not be installed: {(done.stderr or done.stdout)[-300:]}")


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: Any) -> Shelf:
    kept = os.environ.get("READERS_DIR")
    return Shelf(Path(kept) if kept else tmp_path_factory.mktemp("readers"))

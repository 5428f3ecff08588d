"""Where backups lie and what they are called: private, dated, complete or not there, and rotated only among themselves."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

STAMP = "%Y%m%dT%H%M%SZ"
NAME = re.compile(r"shuangpei-(\d{8}T\d{6}Z)\.(?:db|dump)", re.ASCII)
UNFINISHED = re.compile(r"\.shuangpei-(\d{8}T\d{6}Z)\.(?:db|dump)\.part(?:-journal|-wal|-shm)?", re.ASCII)
GIVEN_UP = timedelta(days=1)
"""A part this old is what a run left behind that was killed."""


@dataclass(frozen=True, slots=True)
class Backup:
    path: Path
    made_at: datetime


def make_folder(folder: Path) -> None:
    """A new folder is private; one that is there keeps its rights, for it may be somebody's mounted disk."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)


def named(folder: Path, now: datetime, ending: str) -> Path:
    """The path of a backup made now. It is later than every other's, so that the order of names is that of making."""
    others = kept(folder)[:1]
    moment = max([now.astimezone(UTC), *(other.made_at + timedelta(seconds=1) for other in others)])
    return folder / f"shuangpei-{moment.strftime(STAMP)}.{ending}"


def begin(path: Path) -> Path:
    """The private file beside `path` to write into; FileExistsError while somebody else writes it."""
    part = path.with_name(f".{path.name}.part")
    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    return part


def finish(part: Path, path: Path) -> None:
    """Give what is complete its name; it stays even if the power goes."""
    sync(part)
    part.rename(path)
    sync(path.parent)


def sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def kept(folder: Path) -> list[Backup]:
    """The backups of a folder, the newest first; anything else in it is not ours."""
    found = [(path, NAME.fullmatch(path.name)) for path in folder.glob("shuangpei-*")]
    backups = [Backup(path, _moment(match[1])) for path, match in found if match and path.is_file()]
    return sorted(backups, key=lambda backup: backup.made_at, reverse=True)


def rotate(folder: Path, keep: int, now: datetime) -> int:
    """Remove all but the newest `keep` backups, and parts that nobody writes any more; tell how many backups went."""
    old = kept(folder)[keep:]
    for backup in old:
        backup.path.unlink()
    for path in folder.glob(".shuangpei-*"):
        match = UNFINISHED.fullmatch(path.name)
        if match and _moment(match[1]) < now - GIVEN_UP:
            path.unlink()
    return len(old)


def _moment(stamp: str) -> datetime:
    return datetime.strptime(stamp, STAMP).replace(tzinfo=UTC)

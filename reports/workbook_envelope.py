"""Looks at an uploaded file from outside: its size, its first bytes and the directory of its archive."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path
from typing import IO

from domain.refusals import Refusal

LARGEST_FILE = 20 << 20
LARGEST_UNPACKED = 200 << 20
_HIGHEST_RATIO = 100
_LARGEST_DIRECTORY = 1 << 20  # some ten thousand members; read only after this look, since it is held in memory
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the container of .xls, and of encrypted .xlsx
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_PARTS = frozenset(("[Content_Types].xml", "xl/workbook.xml"))
_END = struct.Struct("<4s4H2LH")  # end of central directory record


def check_envelope(path: Path) -> None:
    """Refuses whatever can be refused without unpacking anything. Needs no memory to speak of."""
    size = path.stat().st_size
    if size == 0:
        raise Refusal("workbook_empty")
    if size > LARGEST_FILE:
        raise Refusal("workbook_too_large", megabytes=LARGEST_FILE >> 20)
    with path.open("rb") as file:
        _check_kind(file)
        _check_directory_size(file, size)
        _check_members(file)


def _check_kind(file: IO[bytes]) -> None:
    start = file.read(8)
    if start == _OLE:
        whole = start + file.read()
        raise Refusal("workbook_encrypted" if _ENCRYPTED in whole else "workbook_old_format")
    if not start.startswith(b"PK"):
        raise Refusal("workbook_not_a_workbook")


def _check_directory_size(file: IO[bytes], size: int) -> None:
    """The last record of an archive says how large its directory is; a file cut short has none."""
    file.seek(max(0, size - _END.size - 0xFFFF))
    tail = file.read()
    place = tail.rfind(b"PK\x05\x06")
    if place < 0 or len(tail) - place < _END.size:
        raise Refusal("workbook_unreadable")
    directory_size: int = _END.unpack_from(tail, place)[5]
    if directory_size > _LARGEST_DIRECTORY:
        raise Refusal("workbook_bomb")


def _check_members(file: IO[bytes]) -> None:
    try:
        members = zipfile.ZipFile(file).infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, UnicodeError):
        raise Refusal("workbook_unreadable") from None
    if not {member.filename for member in members} >= _PARTS:
        raise Refusal("workbook_not_a_workbook")
    for member in members:
        _check_member(member)
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if unpacked > LARGEST_UNPACKED or unpacked > _HIGHEST_RATIO * max(packed, 1):
        raise Refusal("workbook_bomb")


def _check_member(member: zipfile.ZipInfo) -> None:
    if member.flag_bits & 0x1:
        raise Refusal("workbook_encrypted")
    segments = member.orig_filename.replace("\\", "/").split("/")
    if ".." in segments or segments[0] == "" or ":" in segments[0]:
        raise Refusal("workbook_unsafe")
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Refusal("workbook_unreadable")

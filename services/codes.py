"""One-time codes: made by chance, kept only as hashes with the deployment's salt, compared in constant time."""

from __future__ import annotations

import hashlib
import secrets

from domain.invites import ALPHABET, LENGTH, is_well_formed
from storage import settings
from storage.database import Writer


def new() -> str:
    while True:
        code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
        if is_well_formed(code):
            return code


def hashed(tx: Writer, code: str) -> str:
    return hashlib.sha256(f"{_salt(tx)}{code}".encode()).hexdigest()


def same(one: str, other: str) -> bool:
    return secrets.compare_digest(one.encode(), other.encode())


def _salt(tx: Writer) -> str:
    salt = settings.get(tx, "salt")
    if salt is None:
        settings.put_once(tx, "salt", secrets.token_hex(16))
        salt = settings.get(tx, "salt")
    return str(salt)

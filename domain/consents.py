"""What a person agrees to, each by a button of its own, with the version of the text they read (个人信息保护法 13–17, 29, 39)."""

from __future__ import annotations

from enum import StrEnum


class ConsentKind(StrEnum):
    USE = "use"
    PARTY_DATA = "party_data"
    TRANSFER_ABROAD = "transfer_abroad"


NEEDED = frozenset({ConsentKind.USE, ConsentKind.PARTY_DATA, ConsentKind.TRANSFER_ABROAD})
"""What nothing is done without for a person."""
CURRENT_VERSION = "2026-11"
"""Changes with the wording of the notice; people are then asked again."""

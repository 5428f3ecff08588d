"""同意: the three things a person agrees to, each by itself (个人信息保护法, articles 29 and 39)."""

from __future__ import annotations

from enum import StrEnum


class ConsentKind(StrEnum):
    USE = "use"
    PARTY_DATA = "party_data"
    TRANSFER_ABROAD = "transfer_abroad"

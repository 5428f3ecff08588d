"""What a person may be in the programme: by account, by a pairing or rotation, or by appointment."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    MEMBER = "member"
    MENTOR = "mentor"
    HOST = "host"
    SECRETARY = "secretary"
    OFFICER = "officer"
    ASSESSOR = "assessor"
    ADMINISTRATOR = "administrator"

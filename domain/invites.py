"""An invite's code: how it looks, how it is read from what people type, and what else is asked for."""

from __future__ import annotations

import unicodedata
from datetime import timedelta

from domain.people import folded

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without 0, O, 1, I and L, which people mix up on paper."""
LENGTH = 8
VALID_WORKING_DAYS = 7
DIGITS_ASKED = 4
TRIES = 5
"""Wrong codes and wrong digits that one Telegram account has in `TRIES_WITHIN`."""
TRIES_WITHIN = timedelta(hours=1)


def is_well_formed(code: str) -> bool:
    """Of the right length and letters, with a figure and a letter in it, so that no word is taken for a code."""
    return len(code) == LENGTH and set(code) <= set(ALPHABET) and not code.isalpha() and not code.isdigit()


def read_code(typed: str) -> str | None:
    """The code in what somebody typed: any case, full-width, with spaces or dashes; None when it is none."""
    code = _signs(typed)
    return code if is_well_formed(code) else None


def is_nearly_a_code(typed: str) -> bool:
    """Whether somebody seems to have meant one: a sign short, a sign too many, or one mixed up with another."""
    signs = _signs(typed)
    near = LENGTH - 1 <= len(signs) <= LENGTH + 1 and signs.isascii() and signs.isalnum()
    return near and not signs.isalpha() and not signs.isdigit() and not is_well_formed(signs)


def _signs(typed: str) -> str:
    signs = unicodedata.normalize("NFKC", folded(typed)).upper()
    return "".join(sign for sign in signs if unicodedata.category(sign) != "Pd" and sign not in "_.·—")


def last_signs(staff_no: str) -> str:
    """The last four signs of a staff number, as they are compared."""
    return folded(staff_no).upper()[-DIGITS_ASKED:]

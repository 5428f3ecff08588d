"""The order in which people count: 第一、第二、第三 …, 2班 before 10班, however the numerals are written."""

from __future__ import annotations

import re

_DIGITS = {digit: value for value, digit in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_NUMERAL = re.compile(r"(\d+|[〇零一二两三四五六七八九十百千]+)")


def natural_key(name: str) -> tuple[tuple[int, str], ...]:
    """Sorts names by the numbers in them; equal numbers and everything else by the characters."""
    parts = enumerate(_NUMERAL.split(name))
    return tuple((_value(part), "") if place % 2 else (0, part) for place, part in parts)


def _value(numeral: str) -> int:
    """`二十三`, `二三` and `23` are all 23."""
    if numeral.isdigit():
        return int(numeral)
    if not set(numeral) & set(_TENS):
        return int("".join(str(_DIGITS[digit]) for digit in numeral))
    total, digit = 0, 0
    for character in numeral:
        if character in _TENS:
            total, digit = total + (digit or 1) * _TENS[character], 0
        else:
            digit = _DIGITS[character]
    return total + digit

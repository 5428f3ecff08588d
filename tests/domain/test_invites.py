"""How a code is read from what people type."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from domain.invites import ALPHABET, LENGTH, is_nearly_a_code, is_well_formed, last_signs, read_code

codes = some.text(ALPHABET, min_size=LENGTH, max_size=LENGTH).filter(is_well_formed)
fillers = some.sampled_from(["", " ", "-", "－", "—", "–", "\u3000", "\u00a0", ".", "·", "\u200b", " - "])


def wide(sign: str) -> str:
    return chr(ord(sign) + 0xFEE0)


@given(
    code=codes,
    between=some.lists(fillers, min_size=LENGTH + 1, max_size=LENGTH + 1),
    widened=some.lists(some.booleans(), min_size=LENGTH, max_size=LENGTH),
    lower=some.booleans(),
)
def test_case_width_spaces_and_dashes_do_not_count(
    code: str, between: list[str], widened: list[bool], *, lower: bool
) -> None:
    written = code.lower() if lower else code
    signs = [wide(sign) if widen else sign for sign, widen in zip(written, widened, strict=True)]
    typed = between[0] + "".join(sign + filler for sign, filler in zip(signs, between[1:], strict=True))
    assert read_code(typed) == code


@given(some.text())
def test_whatever_is_read_as_a_code_is_well_formed(typed: str) -> None:
    code = read_code(typed)
    assert code is None or is_well_formed(code)


@pytest.mark.parametrize(
    "typed",
    ["", "你好", "K7QM", "K7QM-3XPF2", "O7QM-3XPF", "1234-5678", "22334455", "transfer", "汇报K7QM3XPF", "/start"],
)
def test_what_is_no_code_is_not_taken_for_one(typed: str) -> None:
    assert read_code(typed) is None


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("O7QM-3XPF", True), ("k7qm 3xp", True), ("K7QM-3XPF2", True), ("K7QM-3XPF", False), ("K7QM", False),
        ("transfer", False), ("12345678", False), ("你好，K7QM3XP", False), ("", False),
    ],
)  # fmt: skip
def test_what_is_nearly_a_code(typed: str, *, near: bool) -> None:
    assert is_nearly_a_code(typed) is near


@pytest.mark.parametrize(
    ("number", "signs"), [("000107", "0107"), ("A-20a1", "20A1"), ("７", "7"), (" 00 10 7 ", "0107"), ("", "")]
)
def test_the_last_four_signs(number: str, signs: str) -> None:
    assert last_signs(number) == signs

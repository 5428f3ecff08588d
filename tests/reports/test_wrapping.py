"""Text in a picture stays within its room and loses nothing but what cannot be drawn."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reports.wrapping import NEVER_FIRST, clipped, drawable, shortened, width, wrapped

mixed = st.text(st.sampled_from("李明王芳轮岗培养，。；：（）“”《》 abcWM0189-./%·"), max_size=80)


@given(mixed, st.integers(200, 900))
def test_no_line_is_wider_than_its_room_but_for_closing_marks(text: str, room: int) -> None:
    for line in wrapped(text, 30, room):
        assert width(line.rstrip(NEVER_FIRST + " "), 30) <= room


@given(mixed, st.integers(200, 900))
def test_nothing_is_lost_in_wrapping(text: str, room: int) -> None:
    assert "".join(wrapped(text, 30, room)).replace(" ", "") == drawable(text).replace(" ", "")


@given(st.text(max_size=60), st.integers(60, 400))
def test_a_shortened_text_fits(text: str, room: int) -> None:
    assert width(shortened(text, 28, room), 28) <= room


def test_a_line_does_not_begin_with_a_closing_mark() -> None:
    lines = wrapped("把断路器检修的易错点做成口袋卡，两个班组已经在用。", 30, 15 * 30)
    assert lines == ["把断路器检修的易错点做成口袋", "卡，两个班组已经在用。"]


def test_words_stay_whole_and_a_word_without_end_is_broken() -> None:
    assert wrapped("rotation to another branch", 30, 260) == ["rotation to", "another branch"]
    assert len(wrapped("x" * 100, 30, 300)) > 3


def test_emoji_and_control_characters_are_left_out() -> None:
    assert (
        drawable("好\u0000👍\ufe0f，\n继续\t努力\u200d") == "好，继续 努力" or drawable("好👍，\n继续") == "好， 继续"
    )
    assert drawable("䶮𠮷") == "䶮𠮷"


def test_a_short_name_is_left_alone() -> None:
    assert shortened("变电检修党支部", 28, 270) == "变电检修党支部"
    assert shortened("国网江城供电公司综合服务中心党支部", 28, 270).endswith("…")


def test_a_long_text_is_clipped_and_shows_it() -> None:
    assert clipped("学" * 20, 30, 300, 2) == ["学" * 10, "学" * 10]
    assert clipped("学" * 21, 30, 300, 2) == ["学" * 10, "学" * 9 + "…"]

"""A long message in pieces: none too long, each with its tags in order, and all of the text there."""

from __future__ import annotations

from html import escape
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from handlers.views.pieces import LIMIT, pieces, units

WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n&<>"), max_size=30)


def inside(tag: str, within: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    opening = '<a href="https://t.me/x?a=1&amp;b=2">' if tag == "a" else f"<{tag}>"
    return within.map(lambda html: f"{opening}{html}</{tag}>")


def marked(within: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    tags = st.sampled_from(["b", "i", "blockquote", "a"]).flatmap(lambda tag: inside(tag, within))
    return st.lists(st.one_of(within, tags), min_size=1, max_size=8).map("".join)


MARKED = marked(marked(WORDS.map(lambda text: escape(text, quote=False))))


class Reading(HTMLParser):
    """The text of a piece; a tag that is not closed in order fails."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text, self.open = "", list[str]()
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 - the parser's signature
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def plain(html: str) -> str:
    return "".join(Reading(html).text.split())


@given(html=MARKED, limit=st.integers(200, 400))
def test_pieces_are_short_balanced_and_whole(html: str, limit: int) -> None:
    parts = pieces(html, limit)
    assert all(units(part) <= limit for part in parts)
    assert "".join(plain(part) for part in parts) == plain(html)


def test_what_fits_stays_as_it_is() -> None:
    assert pieces("<b>甲</b>\n乙") == ["<b>甲</b>\n乙"]


def test_cuts_are_made_at_line_ends() -> None:
    lines = [f"第{number}行 <b>小结</b>" for number in range(900)]
    parts = pieces("\n".join(lines))
    assert "\n".join(parts).split("\n") == lines
    assert all(units(part) > LIMIT / 2 for part in parts[:-1])


def test_a_line_without_an_end_is_cut_between_characters() -> None:
    parts = pieces("<blockquote>" + "😀&amp;" * 3000 + "</blockquote>")
    assert all(part.startswith("<blockquote>") and part.endswith("</blockquote>") for part in parts)
    assert "".join(plain(part) for part in parts) == "😀&" * 3000

"""Telegram's HTML: laws that hold for every text, and the refusals in Telegram's own words."""

from __future__ import annotations

from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.entities import detect, formatted, parse_html, trim, utf16_length
from emulator.refusals import BotApiError, Json

CHARACTERS = st.characters(codec="utf-8", exclude_characters="\0")
TEXTS = st.text(CHARACTERS, max_size=40)
WORDS = st.text(CHARACTERS.filter(lambda one: not one.isspace()), min_size=1, max_size=20)
TAGS = {"b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
        "s": "strikethrough", "del": "strikethrough", "code": "code", "pre": "pre", "blockquote": "blockquote",
        "tg-spoiler": "spoiler"}  # fmt: skip


def cut_out(text: str, entity: Json) -> str:
    """The part of a text an entity covers, by its UTF-16 units."""
    units = text.encode("utf-16-le")
    return units[2 * entity["offset"] : 2 * (entity["offset"] + entity["length"])].decode("utf-16-le")


@given(TEXTS)
def test_escaped_text_comes_out_as_it_was(text: str) -> None:
    assert parse_html(escape(text, quote=False)) == (text, [])


@given(st.lists(st.tuples(st.sampled_from(sorted(TAGS)), WORDS, TEXTS), max_size=6))
def test_every_tag_covers_what_stood_in_it(parts: list[tuple[str, str, str]]) -> None:
    source = "".join(f"<{tag}>{escape(word)}</{tag}>{escape(after)}" for tag, word, after in parts)
    text, entities = parse_html(source)
    assert text == "".join(word + after for _, word, after in parts)
    assert [(one["type"], cut_out(text, one)) for one in entities] == [(TAGS[tag], word) for tag, word, _ in parts]


@given(st.lists(st.sampled_from(sorted(TAGS)), min_size=1, max_size=5), WORDS, WORDS)
def test_nested_tags_cover_the_same_word(tags: list[str], before: str, word: str) -> None:
    tags = [tag for tag in tags if tag not in {"pre", "code"}]
    opened, closed = "".join(f"<{tag}>" for tag in tags), "".join(f"</{tag}>" for tag in reversed(tags))
    text, entities = parse_html(escape(before) + opened + escape(word) + closed)
    assert sorted(one["type"] for one in entities) == sorted(TAGS[tag] for tag in tags)
    assert all(cut_out(text, one) == word for one in entities)


@given(TEXTS)
def test_anything_is_either_parsed_or_refused(text: str) -> None:
    refused: tuple[int, bool] | None = None
    plain, entities = "", list[Json]()
    try:
        plain, entities = formatted(f"<b>{text}", "HTML", [])
    except BotApiError as refusal:
        refused = (refusal.status, refusal.description.startswith("Bad Request: can't parse entities: "))
    assert refused in {None, (400, True)}
    assert all(one["offset"] + one["length"] <= utf16_length(plain) for one in entities)


@given(st.text(" \n\t", max_size=4), WORDS, WORDS, st.text(" \n\t", max_size=4))
def test_trimming_moves_entities_along(before: str, word: str, more: str, after: str) -> None:
    text, entities = trim(*parse_html(f"<i>{before}</i><b>{escape(word)}</b> {escape(more)}{after}"))
    assert text == f"{word} {more}"
    assert [cut_out(text, one) for one in entities] == [word]


@pytest.mark.parametrize(
    ("source", "text", "entity"),
    [
        ("<a href='https://example.com/a?b=1&amp;c'>看</a>", "看", {"type": "text_link", "url": "https://example.com/a?b=1&c"}),
        ('<a href="example.com">看</a>', "看", {"type": "text_link", "url": "http://example.com/"}),
        ("<a>example.com</a>", "example.com", {"type": "text_link", "url": "http://example.com/"}),
        ("<a href='tg://user?id=7'>李明</a>", "李明", {"type": "text_mention", "user": {"id": 7}}),
        ("<pre><code class='language-python'>a</code></pre>", "a", {"type": "pre", "language": "python"}),
        ("<code class='language-python'><pre>a</pre></code>", "a", {"type": "pre", "language": "python"}),
        ("<code class='language-python'>a</code>", "a", {"type": "code"}),
        ('<span class="tg-spoiler">a</span>', "a", {"type": "spoiler"}),
        ("<blockquote expandable>a</blockquote>", "a", {"type": "expandable_blockquote"}),
        ("<tg-emoji emoji-id='5368324170671202286'>👍</tg-emoji>", "👍",
         {"type": "custom_emoji", "custom_emoji_id": "5368324170671202286"}),
        ("<B\n>a</B >", "a", {"type": "bold"}),
        ("<b>a</>", "a", {"type": "bold"}),
    ],
)  # fmt: skip
def test_tags_with_a_meaning(source: str, text: str, entity: Json) -> None:
    assert parse_html(source) == (text, [{"offset": 0, "length": utf16_length(text), **entity}])


def test_an_indented_paragraph_keeps_its_indent() -> None:
    assert formatted(" \n　　各位同志：\n", "", []) == ("　　各位同志：", [])


def test_what_is_no_link_is_no_entity() -> None:
    assert parse_html("<a href='nowhere'>看</a><a href='javascript:alert(1)'>看</a>") == ("看看", [])
    assert parse_html("<a href='http://[1'>看</a>") == ("看", [])


def test_references() -> None:
    assert parse_html("&lt;&gt;&amp;&quot;&#39;&#x4e2d;&#128512;&lt &nbsp; & &#; &#0; &#xd7fffffff;") == (
        "<>&\"'中😀< &nbsp; & &#; &#0; &#xd7fffffff;",
        [],
    )


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("你好 <", "Unclosed start tag at byte offset 7"),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("<h1>a</h1>", 'Unsupported start tag "h1" at byte offset 0'),
        ("<br/>", 'Unsupported start tag "br/" at byte offset 0'),
        ("<!-- a -->", 'Unsupported start tag "!--" at byte offset 0'),
        ("你<b>a</i>", 'Unmatched end tag at byte offset 7, expected "</b>", found "</i>"'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b>a</b", "Unclosed end tag at byte offset 4"),
        ("<a href=>a</a>", None),
        ("<a =b>a</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href", 'Unclosed start tag "a" at byte offset 0'),
        ("<a href=", 'Unclosed start tag "a" at byte offset 0'),
        ("<a href='https://example.com>a</a>", "Unclosed start tag at byte offset 0"),
        ("<a href=http://example.com>a</a>", "Unexpected end of name token at byte offset 8"),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<tg-emoji>a</tg-emoji>", "Invalid custom emoji identifier specified"),
        ("&#xd83d;", ("Text contains invalid Unicode characters after decoding HTML entities, "
                     "check for unmatched surrogate code units")),
    ],
)  # fmt: skip
def test_refusals_in_telegrams_words(source: str, said: str | None) -> None:
    if said is None:
        assert parse_html(source)[1] == []
        return
    with pytest.raises(BotApiError) as refusal:
        parse_html(source)
    assert refusal.value.description == f"Bad Request: can't parse entities: {said}"


def test_nothing_is_detected_inside_code_and_links() -> None:
    text, entities = parse_html("<code>/start</code> <a href='https://example.com'>#安全</a> /help")
    assert [cut_out(text, one) for one in detect(text, entities)] == ["/help"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/start@shuangpei_local_bot", ["/start@shuangpei_local_bot"]),
        ("1/2 a/b /a/b", []),
        ("写给 party.office@example.com.cn", ["party.office@example.com.cn"]),
        ("见 https://example.com/年/10。", ["https://example.com/年/10"]),
        ("#1 #第2期", ["#第2期"]),
    ],
)
def test_what_telegram_finds_by_itself(text: str, found: list[str]) -> None:
    assert [cut_out(text, one) for one in detect(text, [])] == found

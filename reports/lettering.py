"""The fonts of papers that are opened in Word or WPS, and how these are told of them."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from io import BytesIO
from typing import Any

LATIN = "Times New Roman"
UNPRINTABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML does not take."""


@dataclass(frozen=True, slots=True)
class Fonts:
    title: str
    heading: str
    note: str
    body: str
    page_number: str
    bold_heading: bool = False


FONTS = {
    "zh_Hans": Fonts("方正小标宋简体", "黑体", "楷体_GB2312", "仿宋_GB2312", "宋体"),
    "en": Fonts(LATIN, LATIN, LATIN, LATIN, LATIN, bold_heading=True),
}
SUBSTITUTES = {"方正小标宋简体": "华文中宋", "楷体_GB2312": "楷体", "仿宋_GB2312": "仿宋"}
"""What Word takes on a computer that lacks the font of the standard's practice."""


def printable(text: str) -> str:
    return UNPRINTABLE.sub("", text)


def write_in(words: Any, font: str, size: float) -> None:
    """Word takes Chinese signs from a font slot of their own."""
    from docx.oxml.ns import qn
    from docx.shared import Pt

    words.font.name, words.font.size = font, Pt(size)
    words.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def write_in_simplified_chinese(document: Any) -> None:
    """Without it the punctuation is drawn as in Taiwan or Japan wherever the named font is missing."""
    from docx.oxml.ns import qn

    for lang in document.styles.element.iter(qn("w:lang")):
        lang.set(qn("w:eastAsia"), "zh-CN")


def name_substitutes(document: Any) -> None:
    from docx.opc.oxml import serialize_part_xml
    from docx.oxml import OxmlElement, parse_xml
    from docx.oxml.ns import qn

    [table] = [part for part in document.part.package.iter_parts() if part.partname == "/word/fontTable.xml"]
    fonts = parse_xml(table.blob)
    for name, substitute in SUBSTITUTES.items():
        font, other = OxmlElement("w:font"), OxmlElement("w:altName")
        font.set(qn("w:name"), name)
        other.set(qn("w:val"), substitute)
        font.append(other)
        fonts.append(font)
    table._blob = serialize_part_xml(fonts)  # noqa: SLF001 - a part that the library keeps as it came


def saved(document: Any, title: str, made_at: dt.datetime) -> bytes:
    """The bytes of a .docx that says what it is, and not by whom or with what it was made."""
    about = document.core_properties
    about.title, about.author, about.comments, about.last_modified_by = printable(title)[:255], "", "", ""
    about.created = about.modified = made_at.astimezone(dt.UTC).replace(tzinfo=None)
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()

"""Printable invitation slips, four to an A4 page with lines to cut along, as a .docx."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from locales import Language
from reports.lettering import printable, write_in, write_in_simplified_chinese

FONTS = {"zh_Hans": "宋体", "en": "Calibri"}
HEADING_FONTS = {"zh_Hans": "黑体", "en": "Calibri"}
MARGIN_CM = 0.8
SLIP_HEIGHT_CM = 13.8
QR_CM = 3.9
GROUP = 4
"""A code is read and typed in groups of this many signs."""
RED, GREY = "8C1515", "666666"


@dataclass(frozen=True, slots=True)
class Slip:
    name: str
    unit: str
    code: str
    link: str
    expires_on: dt.date


def slips(invited: Sequence[Slip], language: Language) -> bytes:
    """The bytes of a .docx; the slips stand in the order given, two beside each other."""
    from docx import Document
    from docx.shared import Cm

    document = Document()
    _set_page(document.sections[0])
    table = document.add_table(rows=(len(invited) + 1) // 2, cols=2)
    table.autofit = False
    _draw_cut_lines(table)
    for row in table.rows:
        _fix_height(row)
    for place, slip in enumerate(invited):
        cell = table.cell(place // 2, place % 2)
        cell.width = Cm((21 - 2 * MARGIN_CM) / 2)
        _fill(cell, slip, language)
    _shrink_last_line(document)
    write_in_simplified_chinese(document)
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def grouped(code: str) -> str:
    """`K7QF2M9X` as `K7QF-2M9X`."""
    signs = "".join(sign for sign in code if sign.isalnum())
    return "-".join(signs[i : i + GROUP] for i in range(0, len(signs), GROUP))


def _set_page(section: Any) -> None:
    from docx.shared import Cm

    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(MARGIN_CM)
    section.header_distance = section.footer_distance = Cm(0)


def _draw_cut_lines(table: Any) -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    line = 'w:val="dashed" w:sz="6" w:space="0" w:color="999999"'
    cut = f"<w:tblBorders {nsdecls('w')}><w:insideH {line}/><w:insideV {line}/></w:tblBorders>"
    table._tbl.tblPr.append(parse_xml(cut))  # noqa: SLF001 - the library has no call for borders


def _fix_height(row: Any) -> None:
    from docx.enum.table import WD_ROW_HEIGHT_RULE
    from docx.shared import Cm

    row.height, row.height_rule = Cm(SLIP_HEIGHT_CM), WD_ROW_HEIGHT_RULE.EXACTLY


def _fill(cell: Any, slip: Slip, language: Language) -> None:
    from docx.enum.table import WD_ALIGN_VERTICAL

    say = language.text
    cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    _line(cell.paragraphs[0], say("Invitation to Shuangpei"), 12, language, heading=True, colour=RED)
    _line(
        cell.add_paragraph(),
        say("Comrade {name}", name=slip.name),
        20 if len(slip.name) <= 6 else 15,
        language,
        heading=True,
    )
    _line(cell.add_paragraph(), slip.unit, 11, language, colour=GREY)
    _add_qr(cell.add_paragraph(), slip.link)
    _line(cell.add_paragraph(), say("Code: {code}", code=grouped(slip.code)), 17, language, heading=True)
    _line(cell.add_paragraph(), slip.link, 9, language, colour=GREY)
    until = say("Valid until {day}", day=language.date(slip.expires_on))
    _line(cell.add_paragraph(), until, 10.5, language, after=6)
    for step in _steps(language):
        _line(cell.add_paragraph(), step, 9.5, language, centred=False, after=2)


def _steps(language: Language) -> tuple[str, str, str]:
    return (
        language.text("1. Scan the square, or open the link in Telegram (not in WeChat)."),
        language.text("2. If that does not work, send the code above to the assistant in Telegram."),
        language.text("3. Give the last four digits of your staff number. For you alone; it works once."),
    )


def _line(
    paragraph: Any,
    text: str,
    size: float,
    language: Language,
    *,
    heading: bool = False,
    colour: str = "000000",
    centred: bool = True,
    after: float = 3,
) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm, Pt, RGBColor

    shape = paragraph.paragraph_format
    shape.space_before, shape.space_after, shape.line_spacing = Pt(0), Pt(after), 1.05
    shape.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.LEFT
    shape.left_indent = shape.right_indent = Cm(0.5)
    run = paragraph.add_run(printable(text))
    write_in(run, (HEADING_FONTS if heading else FONTS)[language.code], size)
    run.font.color.rgb = RGBColor.from_string(colour)


def _add_qr(paragraph: Any, link: str) -> None:
    import segno
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm, Pt

    picture = BytesIO()
    segno.make(link, error="m", micro=False).save(picture, kind="png", scale=10, border=3)
    picture.seek(0)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_after = Pt(2)
    paragraph.add_run().add_picture(picture, width=Cm(QR_CM))


def _shrink_last_line(document: Any) -> None:
    """A document must end in a paragraph; this one must not begin a page of its own."""
    from docx.shared import Pt

    shape = document.add_paragraph().paragraph_format
    shape.space_before, shape.space_after, shape.line_spacing = Pt(0), Pt(0), Pt(1)

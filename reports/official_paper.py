"""Drafts of official papers (公文) as .docx, in the layout of GB/T 9704-2012. No red head, number or seal: those belong to
the people who issue the paper.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from locales import Language
from reports.lettering import FONTS, name_substitutes, printable, saved, write_in, write_in_simplified_chinese

TOP_MM, LEFT_MM, RIGHT_MM, BOTTOM_MM = 37, 28, 26, 35
"""天头 and 订口 as the standard has them; right and bottom leave the type area of 156 × 225 mm."""
FOOTER_MM = 28
BODY, TITLE, PAGE_NUMBER = 16, 22, 14
"""3号, 2号 and 4号, in points."""
LINE, TITLE_LINE = 28.95, 35
"""22 lines on 225 mm, a little less than 29 points so that Word does not lose the last one."""
CLOSER = "-5"
"""Twentieths of a point between characters, for 28 of them on 156 mm."""
TITLE_ROOM = 20
"""Characters of the title's size on a line."""


class OfficialPaper:
    """A paper in the making, written from its title to its signature; a second title begins a new page."""

    def __init__(self, language: Language) -> None:
        from docx import Document

        self._document = Document()
        self._fonts = FONTS[language.code]
        self._language = language
        self._begun = False
        self._latest: Any = None
        _set_page(self._document.sections[0])
        self._set_body()
        self._number_pages()
        name_substitutes(self._document)
        write_in_simplified_chinese(self._document)

    def title(self, *lines: str) -> None:
        """2号小标宋, centred; the lines are broken where the words allow it."""
        for place, line in enumerate(lines):
            shape = self._line(line, self._fonts.title, TITLE, pitch=TITLE_LINE, align="CENTER").paragraph_format
            shape.page_break_before = self._begun and place == 0
            shape.keep_with_next = True
        self._begun = True

    def note(self, text: str) -> None:
        """What the paper rests on, in 楷体 beneath the title."""
        self._line(text, self._fonts.note, align="CENTER")

    def space(self) -> None:
        self._line("", self._fonts.body)

    def heading(self, text: str) -> None:
        """The first level, 一、 in 黑体."""
        line = self._line(text, self._fonts.heading)
        line.runs[0].bold = self._fonts.bold_heading or None
        line.paragraph_format.keep_with_next = True
        _indent(line, first_line=2)
        _outline(line, 0)

    def paragraph(self, text: str) -> None:
        _indent(self._line(text, self._fonts.body), first_line=2)

    def signature(self, unit: str, day: dt.date) -> None:
        """署名 and 成文日期 of a paper without a seal: one line below, at the right, the day two characters further in.

        They never stand alone on a page.
        """
        date, text = self._language.plain_date(day), self._latest
        name_indent, date_indent = signature_indents(breadth(unit), breadth(date))
        above = self._line("", self._fonts.body)
        name = self._line(unit, self._fonts.body, align="RIGHT")
        _indent(name, right=name_indent)
        _indent(self._line(date, self._fonts.body, align="RIGHT"), right=date_indent)
        for line in (text, above, name):
            line.paragraph_format.keep_with_next = True

    def saved(self, title: str, made_at: dt.datetime) -> bytes:
        return saved(self._document, title, made_at)

    def _set_body(self) -> None:
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        style = self._document.styles["Normal"]
        write_in(style, self._fonts.body, BODY)
        closer = OxmlElement("w:spacing")
        closer.set(qn("w:val"), CLOSER)
        style.element.rPr.insert_element_before(closer, "w:sz", "w:szCs", "w:lang")

    def _line(self, text: str, font: str, size: float = BODY, *, pitch: float = LINE, align: str = "JUSTIFY") -> Any:
        from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
        from docx.shared import Pt

        paragraph = self._document.add_paragraph()
        shape = paragraph.paragraph_format
        shape.space_before = shape.space_after = Pt(0)
        shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(pitch)
        shape.alignment = getattr(WD_ALIGN_PARAGRAPH, align)
        write_in(paragraph.add_run(printable(text)), font, size)
        self._latest = paragraph
        return paragraph

    def _number_pages(self) -> None:
        """— 1 —, on odd pages at the right and on even ones at the left, a character in from the edge."""
        from docx.enum.text import WD_ALIGN_PARAGRAPH

        self._document.settings.odd_and_even_pages_header_footer = True
        section = self._document.sections[0]
        odd, even = section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]
        odd.alignment, even.alignment = WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.LEFT
        _indent(odd, right=1, size=PAGE_NUMBER)
        _indent(even, left=1, size=PAGE_NUMBER)
        for footer in (odd, even):
            for run in (footer.add_run("— "), _page_number(footer), footer.add_run(" —")):
                write_in(run, self._fonts.page_number, PAGE_NUMBER)


def breadth(text: str) -> float:
    """In characters: signs of the Latin half of the font take half a character."""
    return sum(0.5 if sign.isascii() else 1.0 for sign in text)


def signature_indents(name: float, date: float) -> tuple[float, float]:
    """How far name and day stand from the right edge, in characters. The day begins two characters right of the name,
    and whichever ends further right ends two characters from the edge.
    """
    name_indent = max(2.0, 4.0 + date - name)
    return name_indent, name_indent + name - date - 2.0


def _set_page(section: Any) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Mm

    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(TOP_MM), Mm(BOTTOM_MM)
    section.left_margin, section.right_margin = Mm(LEFT_MM), Mm(RIGHT_MM)
    section.footer_distance = Mm(FOOTER_MM)
    grid = section._sectPr.find(qn("w:docGrid"))  # noqa: SLF001 - the library has no call for the grid
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(round(LINE * 20)))


def _indent(
    paragraph: Any, *, first_line: float = 0, left: float = 0, right: float = 0, size: float = BODY
) -> None:  # fmt: skip
    """Both in characters, which Word goes by, and in points for those who do not know characters."""
    from docx.oxml.ns import qn
    from docx.shared import Pt

    shape = paragraph.paragraph_format
    for name, attribute, characters in (
        ("first_line_indent", "w:firstLineChars", first_line),
        ("left_indent", "w:leftChars", left),
        ("right_indent", "w:rightChars", right),
    ):
        if characters:
            setattr(shape, name, Pt(characters * size))
            paragraph._p.pPr.ind.set(qn(attribute), str(round(characters * 100)))  # noqa: SLF001 - no call for characters


def _outline(paragraph: Any, level: int) -> None:
    """Headings are found in Word's navigation without looking like Word's own."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    outline = OxmlElement("w:outlineLvl")
    outline.set(qn("w:val"), str(level))
    paragraph._p.get_or_add_pPr().append(outline)  # noqa: SLF001 - no call for a level without a style


def _page_number(paragraph: Any) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    run = paragraph.add_run()
    for kind in ("begin", None, "end"):
        part = OxmlElement("w:instrText" if kind is None else "w:fldChar")
        if kind is None:
            part.text = "PAGE"
        else:
            part.set(qn("w:fldCharType"), kind)
        run._r.append(part)  # noqa: SLF001 - the library has no call for fields
    return run

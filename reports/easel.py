"""Boxes and words laid out from top to bottom on a page 1080 pixels wide, for an SVG template to draw."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from reports.wrapping import clipped, shortened, width

PAGE = 1080
MARGIN = 40
PADDING = 36
LEFT = MARGIN + PADDING
RIGHT = PAGE - LEFT
ROOM = RIGHT - LEFT
SMALL, BODY, TITLE, NUMBER = 28, 30, 37, 54
GAP = 34
LONGEST = 6
"""Lines of one paragraph: a picture is glanced at, the workbook has the whole."""

RED, DEEP_RED, GOLD, PALE_GOLD = "#b3201f", "#8c1515", "#c8963e", "#f6e3b4"
INK, GREY, LINE, PAPER, CARD = "#2f2a26", "#75695d", "#e6d9c3", "#f8f2e6", "#fffdf8"


@dataclass(frozen=True, slots=True)
class Box:
    x: float
    y: float
    width: float
    height: float
    fill: str
    stroke: str = "none"
    radius: float = 0
    dashes: str = "none"


@dataclass(frozen=True, slots=True)
class Words:
    """`y` is the baseline. Bold is a stroke in the words' own colour: the font has one weight."""

    x: float
    y: float
    text: str
    size: float
    fill: str = INK
    anchor: str = "start"
    bold: bool = False


class Easel:
    def __init__(self) -> None:
        self.y: float = 0
        self.cards: list[Box] = []
        self.boxes: list[Box] = []
        self.words: list[Words] = []

    @contextmanager
    def card(self, title: str, figures: Sequence[tuple[str, str]] = ()) -> Iterator[None]:
        """Everything laid inside stands on one card under its title and its figures, each a number and a label."""
        top = self.y
        self.y += PADDING - 6
        self.boxes.append(Box(LEFT, self.y + 4, 8, TITLE, GOLD, radius=4))
        self.words.append(Words(LEFT + 26, self.y + TITLE - 1, title, TITLE, RED, bold=True))
        self._figures(figures, RIGHT - LEFT - 26 - width(title, TITLE) - GAP)
        yield
        self.y += PADDING - 18
        self.cards.append(Box(MARGIN, top, PAGE - 2 * MARGIN, self.y - top, CARD, LINE, radius=22))
        self.y += 18

    def _figures(self, figures: Sequence[tuple[str, str]], beside_title: float) -> None:
        """At the right of the title if there is room for all of them, else in rows beneath it."""
        across = [_across(*figure) for figure in figures]
        if sum(across) - GAP <= beside_title:
            self._row_of_figures(figures, RIGHT - sum(across) + GAP)
            self.y += TITLE + 24
            return
        self.y += TITLE + 26
        row: list[tuple[str, str]] = []
        for figure in figures:
            if row and sum(_across(*f) for f in (*row, figure)) - GAP > ROOM:
                self._row_of_figures(row, LEFT)
                self.y += NUMBER + 14
                row = []
            row.append(figure)
        self._row_of_figures(row, LEFT)
        self.y += NUMBER + 12

    def _row_of_figures(self, figures: Sequence[tuple[str, str]], x: float) -> None:
        for number, label in figures:
            self.words.append(Words(x, self.y + TITLE + 2, number, NUMBER, shade(number), bold=True))
            self.words.append(Words(x + width(number, NUMBER) + 10, self.y + TITLE - 1, label, SMALL))
            x += _across(number, label)

    def paragraph(
        self, text: str, size: float = BODY, fill: str = INK, *, dotted: bool = False, longest: int = LONGEST
    ) -> None:
        indent = 28 if dotted else 0
        if dotted:
            self.boxes.append(Box(LEFT + 4, self.y + size * 0.62, 10, 10, GOLD, radius=5))
        for line in clipped(text, size, ROOM - indent, longest):
            self.words.append(Words(LEFT + indent, self.y + size * 1.12, line, size, fill))
            self.y += size * 1.42
        self.y += 8

    def fitted(self, x: float, y: float, text: str, room: float, size: float = SMALL, fill: str = INK) -> None:
        """One line at a place, shortened to its room."""
        self.words.append(Words(x, y, shortened(text, size, room), size, fill))

    def at_right(self, x: float, y: float, text: str, size: float = SMALL, fill: str = INK) -> None:
        self.words.append(Words(x, y, text, size, fill, anchor="end"))

    def chip(self, text: str, right: float, y: float, size: float = SMALL) -> None:
        """A short word in a golden frame, its right edge at `right`."""
        across = width(text, size) + 44
        self.boxes.append(Box(right - across, y, across, size * 1.75, "none", PALE_GOLD, radius=size * 0.87))
        self.words.append(Words(right - across / 2, y + size * 1.23, text, size, PALE_GOLD, anchor="middle"))


def shade(number: str) -> str:
    """Nothing is told quietly."""
    return GREY if number in ("0", "0.0") else RED


def _across(number: str, label: str) -> float:
    """Pixels that a figure and the gap after it take."""
    return width(number, NUMBER) + 10 + width(label, SMALL) + GAP

"""A PNG's pixels, read without a picture library: enough to see whether something was drawn."""

from __future__ import annotations

import struct
import zlib
from collections import Counter

Pixel = tuple[int, int, int]


def size(png: bytes) -> tuple[int, int]:
    return struct.unpack(">II", png[16:24])


def colours(png: bytes) -> Counter[Pixel]:
    """How often each colour occurs in an 8-bit RGBA picture without interlacing."""
    width, height = size(png)
    assert png[24:29] == bytes((8, 6, 0, 0, 0))
    data, stride = zlib.decompress(_scan_lines(png)), width * 4
    counted: Counter[Pixel] = Counter()
    above = bytearray(stride)
    for row in range(height):
        start = row * (stride + 1)
        line = bytearray(data[start + 1 : start + 1 + stride])
        _unfilter(data[start], line, above)
        counted.update(zip(line[0::4], line[1::4], line[2::4], strict=True))
        above = line
    return counted


def _scan_lines(png: bytes) -> bytes:
    place, parts = 8, []
    while place < len(png):
        length, kind = struct.unpack(">I4s", png[place : place + 8])
        if kind == b"IDAT":
            parts.append(png[place + 8 : place + 8 + length])
        place += length + 12
    return b"".join(parts)


def _unfilter(method: int, line: bytearray, above: bytearray) -> None:
    """The five filters of the PNG specification (section 9.2), four bytes a pixel."""
    if method == 0:
        return
    for i in range(len(line)):
        left = line[i - 4] if i >= 4 else 0
        corner = above[i - 4] if i >= 4 else 0
        added = (0, left, above[i], (left + above[i]) // 2, _paeth(left, above[i], corner))[method]
        line[i] = (line[i] + added) & 255


def _paeth(left: int, up: int, corner: int) -> int:
    guess = left + up - corner
    return min((left, up, corner), key=lambda value: abs(guess - value))

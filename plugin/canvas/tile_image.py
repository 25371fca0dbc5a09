"""The results of a run so far, as an image that a canvas can draw."""

from __future__ import annotations

import base64
import binascii
import zlib
from collections.abc import Sequence

from qgis.PyQt.QtCore import QRect
from qgis.PyQt.QtGui import QColor, QImage

from ...engine.protocol import EngineError, Frame, Tile

_ALPHA = 200
"""Opacity from 0 to 255: the map below shows through a little."""
_NO_CLASS = 255


class TileImage:
    """An image of the pixels that a frame shows, with one byte for each: its class id.

    A table of ``colors`` makes the ids visible.
    """

    def __init__(self, frame: Frame, colors: Sequence[str]) -> None:
        self._frame, self._totals = frame, [0] * len(colors)
        self.image = QImage(
            _thinned(frame.width, frame.step),
            _thinned(frame.height, frame.step),
            QImage.Format.Format_Indexed8,
        )
        self.image.setColorTable(_table(colors))
        self.image.fill(_NO_CLASS)
        self._counts: dict[tuple[int, ...], Sequence[int]] = {}

    def put(self, tile: Tile) -> QRect:
        """Draw ``tile``, and return its place in the image.

        Raises `EngineError` for a tile that does not fit its window.
        """
        step, x, y = self._frame.step, tile.x - self._frame.x, tile.y - self._frame.y
        left, top = _thinned(x, step), _thinned(y, step)
        place = QRect(left, top, _thinned(x + tile.width, step) - left, _thinned(y + tile.height, step) - top)
        ids = _inflated(tile, place.width() * place.height())
        if not self.image.rect().contains(place) and not place.isEmpty():
            raise _unfit(tile)
        stride, width = self.image.bytesPerLine(), place.width()
        bits = self.image.bits()
        bits.setsize(self.image.sizeInBytes())
        for row in range(place.height()):
            begin, taken = (top + row) * stride + left, row * width
            end, until = begin + width, taken + width
            bits[begin:end] = ids[taken:until]
        self._count((tile.x, tile.y, tile.width, tile.height), tile.counts)
        return place

    def _count(self, window: tuple[int, ...], counts: Sequence[int]) -> None:
        """Update the total of each class with the ``counts`` of a window, which replace its earlier ones."""
        before = self._counts.get(window, [0] * len(self._totals))
        self._counts[window] = counts
        self._totals = [total - old + new for total, old, new in zip(self._totals, before, counts)]

    def shares(self) -> list[float]:
        """Each class's share of the pixels classified so far; all 0 while there are none."""
        return [count / max(1, sum(self._totals)) for count in self._totals]


def _thinned(pixels: int, step: int) -> int:
    """The number of the first ``pixels`` that are shown."""
    return -(-pixels // step)


def _table(colors: Sequence[str]) -> list[int]:
    table = [QColor(0, 0, 0, 0).rgba()] * 256
    for number, name in enumerate(colors):
        color = QColor(name)
        color.setAlpha(_ALPHA)
        table[number] = color.rgba()
    return table


def _inflated(tile: Tile, size: int) -> bytes:
    """The tile's ids, decompressed; never more than ``size``, the number that its window has."""
    try:
        ids = zlib.decompressobj().decompress(base64.b64decode(tile.preview), size + 1)
    except (zlib.error, binascii.Error):
        raise _unfit(tile) from None
    if len(ids) != size:
        raise _unfit(tile)
    return ids


def _unfit(tile: Tile) -> EngineError:
    return EngineError(
        "protocol",
        "The engine sent a picture that does not fit its window: {tile}.",
        "Reinstall Raster Segmenter.",
        tile=f"{tile!r:.200}",
    )

"""Positions of a raster's pixels on the canvas, for any CRS and rotation of the canvas."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsPointXY,
    QgsProject,
)
from qgis.PyQt.QtCore import QPointF, QRect, QRectF
from qgis.PyQt.QtGui import QPolygonF, QTransform

from ...engine.protocol import Frame

ToCanvas = Callable[[QgsPointXY], QPointF]
_PLAIN = (0.0, 1.0, 0.0, 0.0, 0.0, 1.0)
"""The transform of a raster without a position. QGIS draws its rows downwards from 0."""
_FIRST_CELLS = 4
"""Cells along each side of a frame whose CRS is not the canvas's; they are halved until straight lines look
straight.
"""
_MOST_CELLS = 2000
_SPLIT_ABOVE_PX, _DROP_ABOVE_PX = 0.75, 1.5
"""Largest errors in pixels of the middle of a cell on the canvas. Above the first the cell is halved; a cell
that cannot be halved and is above the second is not drawn, for example at the edge of the CRS.
"""


class MeshCell(NamedTuple):
    """A part of a frame, in pixels from the frame's corner, and its transform to canvas positions."""

    box: QRect
    transform: QTransform


class Georeference:
    """A frame's pixels on a canvas of the CRS ``crs``."""

    def __init__(self, frame: Frame, crs: QgsCoordinateReferenceSystem) -> None:
        x0, x_column, x_row, y0, y_column, y_row = frame.transform
        if not frame.crs and tuple(frame.transform) == _PLAIN:
            y_row = -1.0
        self._frame = frame
        self._to_map = QTransform(x_column, y_column, x_row, y_row, x0, y0)
        own = QgsCoordinateReferenceSystem.fromWkt(frame.crs)
        transform = QgsCoordinateTransform(own, crs, QgsProject.instance())
        self._to_crs = None if transform.isShortCircuited() or not transform.isValid() else transform

    def cells(self, to_canvas: ToCanvas, visible: QRectF) -> list[MeshCell]:
        """The cells in which the ``visible`` part of the frame is drawn, each in one go.

        Cells outside the domain of the CRS are left out.
        """
        at = functools.lru_cache(maxsize=None)(functools.partial(self._on_canvas, to_canvas))
        number = _FIRST_CELLS if self._to_crs else 1
        columns, rows = _steps(self._frame.width, number), _steps(self._frame.height, number)
        waiting = [
            QRect(left, top, right - left, bottom - top)
            for top, bottom in zip(rows, rows[1:])
            for left, right in zip(columns, columns[1:])
        ]
        found: list[MeshCell] = []
        while waiting and len(found) + len(waiting) < _MOST_CELLS:
            box = waiting.pop()
            transform = _between(QRectF(box), [at(*corner) for corner in _corners(box)])
            error_px = self._error_px(box, transform, at) if self._to_crs else 0.0
            if transform and not transform.mapRect(QRectF(box)).adjusted(*_widened(error_px)).intersects(
                visible
            ):
                continue
            halves = _halves(box) if error_px > _SPLIT_ABOVE_PX else []
            if halves:
                waiting += halves
            elif transform and error_px < _DROP_ABOVE_PX:
                found.append(MeshCell(box, transform))
        return found

    def _error_px(
        self, box: QRect, transform: QTransform | None, at: Callable[[int, int], QPointF | None]
    ) -> float:
        """The error in pixels at the middle of the cell and of two of its sides; infinite without a position.

        It is the distance between the drawn and the true position on the canvas.
        """
        if not transform:
            return math.inf
        x, y, error_px = box.x() + box.width() // 2, box.y() + box.height() // 2, 0.0
        for point in ((x, y), (x, box.y()), (box.x(), y)):
            right, drawn = at(*point), transform.map(QPointF(*point))
            error_px = max(
                error_px, math.hypot(right.x() - drawn.x(), right.y() - drawn.y()) if right else math.inf
            )
        return error_px

    def _on_canvas(self, to_canvas: ToCanvas, column: int, row: int) -> QPointF | None:
        point = QgsPointXY(self._to_map.map(QPointF(self._frame.x + column, self._frame.y + row)))
        try:
            # Called with two numbers, QGIS 3.22.4 raises a plain Exception instead of QgsCsException.
            there = self._to_crs.transform(point) if self._to_crs else point
        except QgsCsException:
            return None
        return to_canvas(there) if math.isfinite(there.x()) and math.isfinite(there.y()) else None


def on_canvas(cells: list[MeshCell], box: QRectF) -> Iterator[QPolygonF]:
    """The outline of ``box``, in pixels from the frame's corner, in one piece for each cell that it meets."""
    whole = box.toAlignedRect()
    for cell in cells:
        if cell.box.intersects(whole):
            yield cell.transform.map(QPolygonF(QRectF(cell.box).intersected(box)))


def _steps(length: int, number: int) -> list[int]:
    number = min(number, length)
    return [length * n // number for n in range(number + 1)]


def _corners(box: QRect) -> tuple[tuple[int, int], ...]:
    left, top, right, bottom = box.x(), box.y(), box.x() + box.width(), box.y() + box.height()
    return (left, top), (right, top), (right, bottom), (left, bottom)


def _halves(box: QRect) -> list[QRect]:
    """The two halves of the cell along its longer side; empty for a cell of a single pixel."""
    if box.width() >= box.height() > 0 and box.width() > 1:
        half = box.width() // 2
        return [
            QRect(box.x(), box.y(), half, box.height()),
            QRect(box.x() + half, box.y(), box.width() - half, box.height()),
        ]
    if box.height() > 1:
        half = box.height() // 2
        return [
            QRect(box.x(), box.y(), box.width(), half),
            QRect(box.x(), box.y() + half, box.width(), box.height() - half),
        ]
    return []


def _widened(by_px: float) -> tuple[float, float, float, float]:
    by_px = min(by_px, 1e9)
    return -by_px, -by_px, by_px, by_px


def _between(box: QRectF, quad: Sequence[QPointF | None]) -> QTransform | None:
    """The projective transform of a rectangle to four corners; None if there is none."""
    if any(corner is None for corner in quad):
        return None
    corners = QPolygonF([box.topLeft(), box.topRight(), box.bottomRight(), box.bottomLeft()])
    transform = QTransform()
    return transform if QTransform.quadToQuad(corners, QPolygonF(list(quad)), transform) else None

"""Where the pixels of a raster lie on the canvas, in whatever CRS and rotation the canvas shows."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
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
"""The transform of a raster that lies nowhere. QGIS draws its rows downwards from 0."""
_CELLS = 8
"""Along each side of a frame in another CRS than the canvas's: within a cell, a straight line stays one for the eye."""


class Cell(NamedTuple):
    """A part of a frame, in pixels from the frame's corner, and how those become positions on the canvas."""

    box: QRect
    transform: QTransform


class Placing:
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

    def cells(self, to_canvas: ToCanvas) -> list[Cell]:
        """What the frame is drawn in, each in one go; without those that the canvas's CRS does not reach."""
        number = _CELLS if self._to_crs else 1
        columns = _steps(self._frame.width, number)
        rows = _steps(self._frame.height, number)
        corners = [[self._on_canvas(column, row, to_canvas) for column in columns] for row in rows]
        found = []
        for j, (top, bottom) in enumerate(zip(rows, rows[1:])):
            for i, (left, right) in enumerate(zip(columns, columns[1:])):
                quad = corners[j][i], corners[j][i + 1], corners[j + 1][i + 1], corners[j + 1][i]
                box = QRect(left, top, right - left, bottom - top)
                if transform := _between(QRectF(box), quad):
                    found.append(Cell(box, transform))
        return found

    def _on_canvas(self, column: int, row: int, to_canvas: ToCanvas) -> QPointF | None:
        point = self._to_map.map(QPointF(self._frame.x + column, self._frame.y + row))
        try:
            there = self._to_crs.transform(point.x(), point.y()) if self._to_crs else QgsPointXY(point)
        except QgsCsException:
            return None
        return to_canvas(there) if math.isfinite(there.x()) and math.isfinite(there.y()) else None


def on_canvas(cells: list[Cell], box: QRectF) -> Iterator[QPolygonF]:
    """The outline of ``box``, in pixels from the frame's corner, in as many pieces as cells it lies in."""
    whole = box.toAlignedRect()
    for cell in cells:
        if cell.box.intersects(whole):
            yield cell.transform.map(QPolygonF(QRectF(cell.box).intersected(box)))


def _steps(length: int, number: int) -> list[int]:
    number = min(number, length)
    return [length * n // number for n in range(number + 1)]


def _between(box: QRectF, quad: tuple[QPointF | None, ...]) -> QTransform | None:
    """The projective map of a rectangle to four corners; None where there is none."""
    if any(corner is None for corner in quad):
        return None
    corners = QPolygonF([box.topLeft(), box.topRight(), box.bottomRight(), box.bottomLeft()])
    transform = QTransform()
    return transform if QTransform.quadToQuad(corners, QPolygonF(list(quad)), transform) else None

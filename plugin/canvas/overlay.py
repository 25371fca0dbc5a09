"""A run drawn over the map: its results so far, in place, and outlines of the windows at work."""

from __future__ import annotations

import math
from typing import Any

from qgis.gui import QgsMapCanvas, QgsMapCanvasItem
from qgis.PyQt.QtCore import QRect, QRectF, Qt
from qgis.PyQt.QtGui import QColor, QPainter, QPainterPath, QPen, QTransform

from ...engine.protocol import Classes, Event, Frame, Outlines, Tile
from .georeference import Georeference, MeshCell, on_canvas
from .tile_image import TileImage

_OUTLINES = {"training": "#0072b2", "validation": "#d55e00", "batch": "#f0e442", "work": "#56b4e9"}
"""Colours of the kinds of outlines, from Okabe & Ito's colour-blind-safe palette; each has a pattern of its
own as well.
"""
_PATTERNS = {"validation": Qt.PenStyle.DashLine}
_WIDTHS_PX = {"training": 1.0, "validation": 2.0, "batch": 2.0, "work": 2.5}
_SHADOW, _SHADOW_PX = QColor(0, 0, 0, 150), 1.5
_MARGIN_PX = 4
"""Pixels by which the repainted part is larger than the changed part, because pens are wide."""
_ABOVE_LAYERS = 10.0
_FEW = 64
"""The most windows that are repainted one by one; if there are more, everything is repainted."""


class Overlay(QgsMapCanvasItem):  # type: ignore[misc]  # QGIS has no types
    """All drawings of one run on ``canvas``. `on_event` takes its events; `remove` removes them."""

    def __init__(self, canvas: QgsMapCanvas) -> None:
        super().__init__(canvas)
        self.setZValue(_ABOVE_LAYERS)
        self._canvas = canvas
        self._colors: tuple[str, ...] = ()
        self._frames: dict[int, Frame] = {}
        self._pictures: dict[int, TileImage] = {}
        self._outlines: dict[str, tuple[Any, ...]] = {}
        self._georeferences: dict[int, Georeference] = {}
        self._cells: dict[int, list[MeshCell]] = {}
        self._paths: dict[str, QPainterPath] = {}
        """Canvas positions of the above, valid as long as the canvas shows the same part of the map."""
        canvas.destinationCrsChanged.connect(self._place_anew)

    def remove(self) -> None:
        """Remove everything from the canvas."""
        self._canvas.destinationCrsChanged.disconnect(self._place_anew)
        self._canvas.scene().removeItem(self)

    def on_event(self, event: Event) -> None:
        """Draw an event of the run, if it is one that can be drawn."""
        if isinstance(event, Classes):
            self._colors = event.colors
        elif isinstance(event, Frame):
            self._frames[event.number] = event
        elif isinstance(event, Outlines):
            changed = (*self._outlines.get(event.kind, ()), *event.windows)
            for window in changed if len(changed) <= _FEW else ():
                self._changed(window[0], *window[1:])
            if len(changed) > _FEW:
                self.update()
            self._outline(event.kind, event.windows)
        elif isinstance(event, Tile):
            self._show(event)

    def _show(self, tile: Tile) -> None:
        if tile.frame not in self._pictures:
            self._pictures[tile.frame] = TileImage(self._frames[tile.frame], self._colors)
        self._pictures[tile.frame].put(tile)
        done = (tile.frame, tile.x, tile.y, tile.width, tile.height)
        self._outline(
            "work", tuple(window for window in self._outlines.get("work", ()) if tuple(window) != done)
        )
        self._changed(*done)

    def _outline(self, kind: str, windows: tuple[Any, ...]) -> None:
        self._outlines[kind] = windows
        self._paths.pop(kind, None)

    def shares(self) -> list[float]:
        """Each class's share of the pixels classified so far; empty while there are none."""
        return self._pictures[0].shares() if 0 in self._pictures else []

    def _changed(self, frame: int, x: int, y: int, width: int, height: int) -> None:
        """Have the canvas paint again only the part that a window of a frame covers."""
        for polygon in on_canvas(self._of(frame), self._box(frame, x, y, width, height)):
            around = polygon.boundingRect().adjusted(-_MARGIN_PX, -_MARGIN_PX, _MARGIN_PX, _MARGIN_PX)
            self.update(around.intersected(self.boundingRect()))

    def _box(self, frame: int, x: int, y: int, width: int, height: int) -> QRectF:
        return QRectF(x - self._frames[frame].x, y - self._frames[frame].y, width, height)

    def _of(self, number: int) -> list[MeshCell]:
        """The cells of the frame ``number`` on the canvas as it shows the map now."""
        if number not in self._cells:
            if number not in self._georeferences:
                crs = self._canvas.mapSettings().destinationCrs()
                self._georeferences[number] = Georeference(self._frames[number], crs)
            self._cells[number] = self._georeferences[number].cells(
                self.toCanvasCoordinates, self.boundingRect()
            )
        return self._cells[number]

    def _place_anew(self) -> None:
        self._georeferences.clear()
        self.updatePosition()

    # What QGIS and Qt ask for

    def updatePosition(self) -> None:
        """React to a canvas that shows another part of the map, or is being dragged."""
        self._cells.clear()
        self._paths.clear()
        self.update()

    def boundingRect(self) -> QRectF:
        return QRectF(self._canvas.viewport().rect())

    def paint(self, painter: QPainter, option: Any = None, widget: Any = None) -> None:
        for number, picture in self._pictures.items():
            for cell in self._of(number):
                self._paint(painter, picture, cell, self._frames[number].step)
        for kind, windows in self._outlines.items():
            self._paint_outlines(painter, kind, windows)

    def _paint(self, painter: QPainter, picture: TileImage, cell: MeshCell, step: int) -> None:
        """Paint the picture's part in ``cell``, as far as it needs to be painted now."""
        to_canvas = QTransform.fromScale(step, step) * cell.transform
        inverse, invertible = to_canvas.inverted()
        if not invertible:
            return
        visible = painter.clipBoundingRect() if painter.hasClipping() else self.boundingRect()
        visible = visible.intersected(self.boundingRect()) if not visible.isEmpty() else self.boundingRect()
        part = QRect(cell.box.x() // step, cell.box.y() // step, 0, 0)
        part.setRight(math.ceil((cell.box.x() + cell.box.width()) / step) - 1)
        part.setBottom(math.ceil((cell.box.y() + cell.box.height()) / step) - 1)
        part = part.intersected(inverse.mapRect(visible).toAlignedRect())
        if part.isEmpty():
            return
        painter.save()
        painter.setTransform(to_canvas, True)
        painter.drawImage(QRectF(part), picture.image, QRectF(part))
        painter.restore()

    def _paint_outlines(self, painter: QPainter, kind: str, windows: tuple[Any, ...]) -> None:
        """Paint each outline twice, the lower one dark, so that it is visible on any map."""
        if kind not in self._paths:
            self._paths[kind] = path = QPainterPath()
            for window in windows:
                for piece in on_canvas(self._of(window[0]), self._box(*window)):
                    path.addPolygon(piece)
                    path.closeSubpath()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for pen in pens(kind):
            painter.setPen(pen)
            painter.drawPath(self._paths[kind])


def pens(kind: str) -> tuple[QPen, QPen]:
    """The pens for outlines of a kind, used one after the other."""
    below = QPen(_SHADOW, _WIDTHS_PX[kind] + _SHADOW_PX)
    return below, QPen(QColor(_OUTLINES[kind]), _WIDTHS_PX[kind], _PATTERNS.get(kind, Qt.PenStyle.SolidLine))

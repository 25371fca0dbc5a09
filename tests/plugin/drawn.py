"""What the tests of the canvas share: events as an engine sends them, and a look at what is drawn."""

from __future__ import annotations

import base64
import time
import zlib

from qgis.core import QgsCoordinateReferenceSystem
from qgis.PyQt.QtWidgets import QApplication
from raster_segmenter.engine.protocol import Classes, ClassifyJob, Frame, Tile

UTM = QgsCoordinateReferenceSystem("EPSG:32645")
COLORS = ("#ff0000", "#0000ff")
CLASSES = Classes(("roof", "water"), COLORS)
JOB = ClassifyJob("image.tif", ("m.safetensors",), "map.tif")


def frame(
    width=80,
    height=60,
    step=1,
    number=0,
    x=0,
    y=0,
    crs=None,
    transform=(500_000.0, 1.0, 0.0, 3_000_060.0, 0.0, -1.0),
):
    return Frame(number, UTM.toWkt() if crs is None else crs, transform, x, y, width, height, step)


def tile(x, y, width, height, ids, number=0):
    """A tile of one id, or of these."""
    ids = bytes([ids]) * (width * height) if isinstance(ids, int) else bytes(ids)
    counts = tuple(ids.count(k) for k in range(len(COLORS)))
    return Tile(number, x, y, width, height, base64.b64encode(zlib.compress(ids)).decode(), counts)


def wait(until=lambda: False, seconds=0.3):
    """Let Qt work until that is true, or for so long."""
    end = time.monotonic() + seconds
    while not until() and time.monotonic() < end:
        QApplication.processEvents()
        time.sleep(0.005)
    return until()


def color_at(canvas, x, y):
    """What is drawn at a place of the map."""
    from qgis.core import QgsPointXY

    place = canvas.getCoordinateTransform().transform(QgsPointXY(x, y))
    return canvas.viewport().grab().toImage().pixelColor(round(place.x()), round(place.y()))


def is_like(color, name):
    """Whether a colour is nearer to this one than to the others that are drawn."""
    from qgis.PyQt.QtGui import QColor

    def far(other):
        other = QColor(other)
        return sum(abs(a - b) for a, b in zip(color.getRgb()[:3], other.getRgb()[:3]))

    return min((*COLORS, "#ffffff"), key=far) == name

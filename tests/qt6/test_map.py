"""A run drawn on the map under PyQt6: tiles, outlines, legend, learning curve, and the panel in use."""

import base64
import zlib

import pytest
from PyQt6.QtCore import QEvent, QPoint, QPointF, Qt
from PyQt6.QtGui import QColor, QKeyEvent
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication

from .conftest import wait


def events():
    from raster_segmenter.engine.protocol import Classes, Epoch, Frame, Outlines, Progress, Started, Tile

    preview = base64.b64encode(zlib.compress(bytes([1] * 40 * 30))).decode()
    yield Started("CPU", "there is no other")
    yield Frame(0, "", (100.0, 1.0, 0.0, 100.0, 0.0, 1.0), 0, 0, 80, 60, 1)
    yield Classes(("roof", "water"), ("#ff0000", "#0000ff"))
    for kind in ("training", "validation", "batch", "work"):
        yield Outlines(kind, ((0, 0, 0, 20, 20), (0, 40, 30, 20, 20)))
    yield Progress(1e6, 4e6, "px", 3e5, 10.0)
    yield Tile(0, 0, 0, 40, 30, preview, (0, 1200))
    for number in (1, 2, 3):
        f1 = {"roof": 0.5, "water": 0.1 * number}
        yield Epoch(
            number=number,
            training_loss=1 / number,
            validation_loss=1.1 / number,
            mean_f1=0.1 * number,
            mean_iou=0.1,
            overall_accuracy=0.2,
            learning_rate=0.001,
            f1=f1,
            seconds=1.0,
        )


@pytest.mark.parametrize("kind", ["classify", "train"])
def test_a_run_is_drawn_on_the_map(window, kind):
    from raster_segmenter.engine.protocol import ClassifyJob, TrainJob
    from raster_segmenter.plugin.engine_client.runs import runs

    jobs = {
        "classify": ClassifyJob("a.tif", ("m.safetensors",), "b.tif"),
        "train": TrainJob(("a.tif",), ("b.gpkg",), "m.safetensors"),
    }
    stage, canvas = window.plugin._window[0], window.mapCanvas()
    with runs.show("a run", jobs[kind]) as listener:
        for event in events():
            listener(event)
        (shown,) = stage._shown.values()
        assert wait(lambda: shown.panel and not shown.waiting)
        picture = canvas.viewport().grab().toImage()
        color = picture.pixelColor(110, 125)
        assert color.blue() > 150 > color.red(), color.name()
        assert shown.panel.legend.topLevelItem(1).text(1) in ("100.0%", "30.0%")
        _use(shown.panel, canvas.viewport())
        for action in window.menu:
            if action.isCheckable():
                action.toggle()
        assert not shown.panel.isVisible() and not shown.overlay.isVisible()
        for action in window.menu:
            if action.isCheckable():
                action.toggle()
    assert wait(lambda: not stage._shown) and not canvas.scene().items()


def _use(panel, viewport):
    """The panel is dragged, moved by keys, folded and resized, and changes its colours."""
    assert panel.x() > viewport.width() / 2, "at the right"
    QTest.mousePress(panel, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    QTest.mouseMove(panel, QPoint(-viewport.width() // 2, 10))
    QTest.mouseRelease(panel, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_A):
        press = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.ControlModifier)
        QApplication.sendEvent(panel, press)
    panel.fold_button.click()
    assert panel.folded
    panel.fold_button.click()
    palette = panel.palette()
    palette.setColor(palette.ColorRole.Window, QColor("#222222"))
    panel.setPalette(palette)
    wait(lambda: False, 0.05)
    assert not panel.grab().isNull() and QPointF(panel.pos()).x() > 0

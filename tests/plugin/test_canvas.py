"""Runs drawn on the map: in place in any CRS, apart from each other, and gone without a trace."""

import contextlib
import gc
import threading
import weakref

import pytest
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsPointXY,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
    QgsSettings,
)
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import QPoint, QPointF, QRectF, Qt
from qgis.PyQt.QtTest import QTest
from raster_segmenter.engine.protocol import EngineError, Epoch, Outlines, Progress, Started, TrainJob

from .drawn import CLASSES, COLORS, JOB, UTM, color_at, frame, is_like, tile, wait

UTM1, UTM33 = (QgsCoordinateReferenceSystem(f"EPSG:{code}") for code in (32601, 32633))
EPOCH = Epoch(1, 0.5, 0.4, 0.8, 0.7, 0.9, {"roof": 0.75, "water": 0.85}, 1e-3, 2.0)


@pytest.fixture
def canvas(qgis_app):
    QgsSettings().remove("raster_segmenter")
    canvas = QgsMapCanvas()
    canvas.resize(500, 400)
    canvas.setDestinationCrs(UTM)
    canvas.setExtent(QgsRectangle(499_990, 2_999_990, 500_090, 3_000_070))
    canvas.show()
    wait()
    yield canvas
    QgsSettings().remove("raster_segmenter")
    canvas.deleteLater()


@pytest.fixture
def runs(qgis_app):
    from raster_segmenter.plugin.engine_client.runs import Runs

    return Runs()


@pytest.fixture
def controller(canvas, runs):
    from raster_segmenter.plugin.canvas.controller import CanvasController

    controller = CanvasController(canvas, runs)
    yield controller
    if runs.watching:
        controller.close()


@pytest.fixture
def left(canvas):
    """How much there is on the canvas that was not there at first."""
    items, widgets = len(canvas.items()), len(canvas.viewport().children())
    return lambda: (wait(), len(canvas.items()) - items, len(canvas.viewport().children()) - widgets)[1:]


def poll(controller):
    """Draw all that was said, however long it takes: a busy machine draws only some of it at a time."""
    controller.poll()
    while any(shown.waiting for shown in controller._shown.values()):
        controller.poll()


def panels(controller):
    return [shown.panel for shown in controller._shown.values()]


# The picture


def test_shares_are_of_what_has_a_class(qgis_app):
    from raster_segmenter.plugin.canvas.tile_image import TileImage

    picture = TileImage(frame(80, 60), COLORS)
    assert picture.shares() == [0.0, 0.0]
    picture.put(tile(0, 0, 20, 10, 0))
    picture.put(tile(20, 0, 20, 10, [1] * 50 + [255] * 150))
    assert picture.shares() == [0.8, 0.2]
    picture.put(tile(0, 0, 20, 10, 1))  # as of a validation block, epoch after epoch
    assert picture.shares() == [0.0, 1.0]
    assert [picture.image.pixelIndex(*place) for place in ((0, 0), (20, 0), (39, 9), (40, 0))] == [
        1,
        1,
        255,
        255,
    ]
    assert (
        picture.image.pixelColor(0, 0).getRgb()[:3] == (0, 0, 255)
        and picture.image.pixelColor(40, 0).alpha() == 0
    )


@pytest.mark.parametrize(
    "wrong", [tile(0, 0, 20, 10, [0] * 199), tile(70, 0, 20, 10, 0), tile(0, 0, 8, 8, bytes(10**8))]
)
def test_what_does_not_fit_its_window_is_refused(wrong, qgis_app):
    from raster_segmenter.plugin.canvas.tile_image import TileImage

    with pytest.raises(EngineError, match="does not fit"):
        TileImage(frame(80, 60), COLORS).put(wrong)


def test_a_thinned_frame_is_put_together_from_windows_of_any_place(qgis_app):
    from raster_segmenter.plugin.canvas.tile_image import TileImage

    picture = TileImage(frame(10, 7, step=3, x=100, y=50), COLORS)
    assert (picture.image.width(), picture.image.height()) == (4, 3)
    # Columns 0, 3, 6 and 9 and rows 0, 3 and 6 of the frame are seen.
    for number, (x, width) in enumerate(((0, 4), (4, 6))):
        picture.put(tile(100 + x, 50, width, 7, [number] * 2 * 3))
    assert [picture.image.pixelIndex(column, 2) for column in range(4)] == [0, 0, 1, 1]


# In place


def test_windows_are_painted_where_they_lie(canvas, controller, runs):
    with runs.show("a", JOB) as emit:
        for event in (CLASSES, frame(), tile(0, 0, 40, 30, 0), tile(40, 30, 40, 30, 1)):
            emit(event)
        poll(controller)
        panels(controller)[0].hide()
        for place, color in (
            ((20, 45), "#ff0000"),
            ((60, 15), "#0000ff"),
            ((60, 45), "#ffffff"),
            ((20, 15), "#ffffff"),
        ):
            assert is_like(color_at(canvas, 500_000 + place[0], 3_000_000 + place[1]), color), place
        canvas.setExtent(QgsRectangle(500_030, 3_000_010, 500_070, 3_000_042))
        for place, color in (((50, 20), "#0000ff"), ((38, 35), "#ff0000"), ((50, 35), "#ffffff")):
            assert is_like(color_at(canvas, 500_000 + place[0], 3_000_000 + place[1]), color), place


WORLD = {"crs": QgsCoordinateReferenceSystem("EPSG:4326").toWkt()}
LARGE = {
    "tile of a satellite": (
        "EPSG:32645",
        frame(10_980, 10_980, transform=(500_000.0, 10.0, 0.0, 3_000_000.0, 0.0, -10.0)),
    ),
    "far north": (
        "EPSG:32633",
        frame(10_980, 10_980, crs=UTM33.toWkt(), transform=(5e5, 10.0, 0.0, 75e5, 0.0, -10.0)),
    ),
    "Europe": ("EPSG:4326", frame(6000, 4000, transform=(-15.0, 0.01, 0.0, 72.0, 0.0, -0.01), **WORLD)),
    "world": ("EPSG:4326", frame(3600, 1800, transform=(-180.0, 0.1, 0.0, 90.0, 0.0, -0.1), **WORLD)),
    "antimeridian": (
        "EPSG:32601",
        frame(4000, 4000, crs=UTM1.toWkt(), transform=(2e5, 50.0, 0.0, 60e5, 0.0, -50.0)),
    ),
}


@pytest.mark.parametrize("rotation", [0, 30])
@pytest.mark.parametrize("zoom", [1.0, 0.02])
@pytest.mark.parametrize("crs", ["EPSG:32645", "EPSG:4326", "EPSG:3857", "EPSG:3035"])
@pytest.mark.parametrize("raster", LARGE)
def test_every_pixel_lies_where_qgis_puts_it(raster, crs, zoom, rotation, canvas):
    """On the whole canvas, near and far, where the frame's sides are no straight lines, and at the edges of
    what a CRS is for.
    """
    from raster_segmenter.plugin.canvas.georeference import Georeference

    own, large = LARGE[raster]
    own, crs = QgsCoordinateReferenceSystem(own), QgsCoordinateReferenceSystem(crs)
    to_crs = QgsCoordinateTransform(own, crs, QgsProject.instance())
    x0, size, _, y0, _, _ = large.transform
    middle = QgsPointXY(x0 + large.width * size / 2, y0 - large.height * size / 2)
    box = QgsRectangle.fromCenterAndSize(
        middle, large.width * size * 0.6 * zoom, large.height * size * 0.6 * zoom
    )
    canvas.setDestinationCrs(crs)
    canvas.setRotation(rotation)
    try:
        canvas.setExtent(to_crs.transformBoundingBox(box))
    except QgsCsException:
        pytest.skip("QGIS itself cannot show this raster there")
    to_canvas = canvas.getCoordinateTransform().transform
    visible = QRectF(canvas.viewport().rect())
    cells = Georeference(large, crs).cells(lambda point: to_canvas(point).toQPointF(), visible)
    assert len(cells) <= 2000 and (own != crs or len(cells) == 1)
    checked, limit_px = (
        0,
        5 if raster == "antimeridian" else 2,
    )  # where a map ends, QGIS's versions differ by some pixels
    for column in range(5, large.width, large.width // 11):
        for row in range(5, large.height, large.height // 9):
            for cell in cells:
                if cell.box.contains(column, row):
                    there = to_canvas(to_crs.transform(QgsPointXY(x0 + size * column, y0 - size * row)))
                    drawn = cell.transform.map(QPointF(column, row))
                    if visible.contains(drawn) or visible.contains(there.toQPointF()):
                        assert abs(drawn.x() - there.x()) < limit_px and abs(drawn.y() - there.y()) < limit_px
                        checked += 1
    assert checked or zoom < 1 or raster in ("world", "antimeridian")


def test_rasters_that_lie_nowhere_are_drawn_as_qgis_draws_them(canvas, tmp_path):
    from osgeo import gdal
    from raster_segmenter.plugin.canvas.georeference import Georeference

    path = str(tmp_path / "plain.tif")
    gdal.GetDriverByName("GTiff").Create(path, 40, 30, 1)
    extent = QgsRasterLayer(path, "plain").extent()
    plain = frame(40, 30, crs="", transform=(0.0, 1.0, 0.0, 0.0, 0.0, 1.0))
    (cell,) = Georeference(plain, QgsCoordinateReferenceSystem()).cells(
        lambda point: point.toQPointF(), QRectF(-9, -99, 999, 999)
    )
    box = cell.transform.mapRect(QRectF(cell.box))
    assert (box.left(), box.top(), box.right(), box.bottom()) == (
        extent.xMinimum(), extent.yMinimum(), extent.xMaximum(), extent.yMaximum(),
    )  # fmt: skip


def test_outlines_follow_the_windows_in_work(canvas, controller, runs):
    with runs.show("a", JOB) as emit:
        for event in (CLASSES, frame(), Outlines("work", ((0, 0, 0, 40, 30),))):
            emit(event)
        poll(controller)
        (shown,) = controller._shown.values()
        assert shown.overlay._outlines["work"] == ((0, 0, 0, 40, 30),)
        assert color_at(canvas, 500_000, 3_000_045).name() == "#56b4e9"
        emit(tile(0, 0, 40, 30, 255))
        poll(controller)
        assert shown.overlay._outlines["work"] == ()
        assert is_like(color_at(canvas, 500_000, 3_000_045), "#ffffff")


# Runs


def test_nothing_is_drawn_before_a_run_says_where(controller, runs, left):
    with runs.show("a", JOB) as emit:
        emit(Started("CPU", "no CUDA device was found"))
        emit(Progress(1, 2, "px"))
        poll(controller)
        assert left() == (0, 0)


@pytest.mark.parametrize("end", ["end", "error", "project", "unload"])
def test_no_trace_is_left(end, canvas, controller, runs, left):
    nothing = (0, -1) if end == "unload" else (0, 0)  # the stage itself is gone as well
    with (
        pytest.raises(OSError, match="broke") if end == "error" else contextlib.nullcontext(),
        runs.show("a", JOB) as emit,
    ):
        for event in (CLASSES, frame(), tile(0, 0, 40, 30, 0)):
            emit(event)
        poll(controller)
        assert left() == (1, 1) and controller._timer.isActive()
        if end == "error":
            raise OSError("broke")
        if end == "project":
            QgsProject.instance().clear()
        if end == "unload":
            controller.close()
        if end != "end":
            emit(tile(40, 0, 40, 30, 1))
            assert left() == nothing, "what runs on is drawn no more"
    assert left() == nothing
    assert end == "unload" or not controller._timer.isActive()


def test_runs_are_kept_apart(controller, runs, left):
    with runs.show("a", JOB) as one, runs.show("b", JOB) as other:
        for emit, id in ((one, 0), (other, 1)):
            emit(CLASSES)
            emit(frame())
            emit(tile(0, 0, 40, 30, id))
        poll(controller)
        assert left() == (2, 2)
        first, second = controller._shown.values()
        assert first.overlay.shares() == [1.0, 0.0] and second.overlay.shares() == [0.0, 1.0]
        assert first.panel.geometry().intersected(second.panel.geometry()).isEmpty()
    assert left() == (0, 0)


def test_events_of_another_thread_are_drawn_in_this_one(controller, runs):
    begun, go_on = threading.Event(), threading.Event()

    def job():
        with runs.show("a", JOB) as emit:
            for event in (CLASSES, frame(), tile(0, 0, 40, 30, 0)):
                emit(event)
            begun.set()
            go_on.wait(5)

    thread = threading.Thread(target=job)
    thread.start()
    assert begun.wait(5)
    assert wait(lambda: panels(controller) and panels(controller)[0] is not None, 3)
    go_on.set()
    thread.join()
    assert wait(lambda: not controller._shown, 3)


def test_nothing_is_kept_where_nobody_watches(runs):
    with runs.show("a", JOB) as emit:
        assert emit is None


def test_of_what_is_replaced_only_the_last_waits(runs):
    from raster_segmenter.plugin.engine_client.runs import Run

    run = Run("a", JOB)
    for n in range(1000):
        run.on_event(Progress(n, 1000, "px"))
        run.on_event(Outlines("work", ((0, n, 0, 1, 1),)))
        run.on_event(tile(0, 0, 4, 4, n % 2))
        run.on_event(EPOCH)
    waiting = run.drain()
    assert len(waiting) == 3 + 1000 and waiting[-2].x == 0 and run.drain() == []


def test_a_picture_that_makes_no_sense_ends_the_show_and_not_the_run(controller, runs, left):
    with runs.show("a", JOB) as emit:
        for event in (CLASSES, frame(), tile(0, 0, 40, 30, [0])):
            emit(event)
        poll(controller)
        assert left() == (0, 0)


# The panel


def test_panel_tells_how_far_the_run_is_and_what_it_has_found(controller, runs):
    with runs.show("Classify raster: map.tif", JOB) as emit:
        for event in (
            Started("NVIDIA H200", "CUDA is available"),
            *(CLASSES, frame(), tile(0, 0, 40, 30, 0), tile(40, 0, 40, 30, [0] * 600 + [1] * 600)),
            Progress(3_600_000, 28_000_000, "px", 1_200_000, 20),
        ):
            emit(event)
        poll(controller)
        (panel,) = panels(controller)
        assert panel._title.text() == "Classify raster: map.tif" == panel.accessibleName()
        assert panel._device.text() == "NVIDIA H200: CUDA is available"
        assert panel._progress.text() == "3.6 of 28 Mpx, 1.2/s, 0:20 remaining"
        rows = [[panel.legend.topLevelItem(n).text(c) for c in range(2)] for n in range(2)]
        assert rows == [["roof", "75.0%"], ["water", "25.0%"]]
        swatch = panel.legend.topLevelItem(0).icon(0).pixmap(12, 12).toImage()
        assert swatch.pixelColor(swatch.width() // 2, swatch.height() // 2).name() == "#ff0000"
        assert panel.curve.isHidden()


def test_panel_of_a_training_has_curve_and_f1_of_the_classes(canvas, controller, runs):
    canvas.resize(500, 700)
    job = TrainJob(("i",), ("r",), "m.safetensors")
    with runs.show("Train", job) as emit:
        for event in (
            CLASSES,
            frame(),
            Outlines("training", ((0, 0, 0, 40, 30),)),
            EPOCH,
            frame(40, 30, number=1),
        ):
            emit(event)
        emit(tile(0, 0, 40, 30, 1, number=1))
        poll(controller)
        (panel,) = panels(controller)
        assert not panel.curve.isHidden() and not panel._outlines.isHidden()
        assert "mean F1 0.800" in panel.curve.accessibleDescription()
        assert panel.legend.topLevelItem(1).text(1) == "85.0%"
        painted = panel.curve.grab().toImage()
        colors = {
            painted.pixelColor(x, y).name() for x in range(painted.width()) for y in range(painted.height())
        }
        assert {"#0072b2", "#d55e00", "#009e73"} <= colors


def test_panel_goes_to_any_corner_by_keys_and_mouse_and_is_remembered(canvas, controller, runs):
    with runs.show("a", JOB) as emit:
        emit(CLASSES)
        emit(frame())
        poll(controller)
        (panel,) = panels(controller)

        def corner():
            middle = panel.geometry().center()
            sides = (
                "right" if middle.x() > canvas.viewport().width() / 2 else "left",
                ["top", "bottom"][middle.y() > canvas.viewport().height() / 2],
            )
            return " ".join(sides)

        found = [corner()]
        for key in (Qt.Key.Key_Left, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Up):
            QTest.keyClick(panel, key, Qt.KeyboardModifier.ControlModifier)
            found.append(corner())
        assert found == ["right top", "left top", "left bottom", "right bottom", "right top"]
        QTest.mousePress(panel, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(3, 3))
        panel.move(5, 200)
        QTest.mouseRelease(panel, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(3, 3))
        assert corner() == "left bottom" and panel.x() == 8
        canvas.resize(700, 600)
        wait()
        assert corner() == "left bottom" and panel.geometry().bottom() == canvas.viewport().height() - 9
    with runs.show("b", JOB) as emit:
        emit(CLASSES)
        poll(controller)
        (panel,) = panels(controller)
        assert corner() == "left bottom"


def test_panel_that_is_higher_than_the_canvas_is_folded(canvas, controller, runs):
    canvas.resize(500, 150)
    with runs.show("Train", TrainJob(("i",), ("r",), "m.safetensors")) as emit:
        emit(CLASSES)
        poll(controller)
        (panel,) = panels(controller)
        assert panel.folded and panel.geometry().bottom() < canvas.viewport().height()


def test_panel_folds_to_its_progress(controller, runs):
    with runs.show("a", JOB) as emit:
        emit(CLASSES)
        poll(controller)
        (panel,) = panels(controller)
        high = panel.height()
        panel.fold_button.click()
        assert panel.legend.isVisible() is False and panel.height() < high / 2 and panel._progress.isVisible()
        panel.fold_button.click()
        assert panel.height() == high and panel.legend.isVisible()


def test_overlay_and_panel_can_be_switched_off_now_and_for_later(controller, runs):
    with runs.show("a", JOB) as emit:
        emit(CLASSES)
        poll(controller)
        (shown,) = controller._shown.values()
        assert shown.overlay.isVisible() and shown.panel.isVisible()
        controller.show_overlay(False)
        controller.show_panel(False)
        assert not shown.overlay.isVisible() and not shown.panel.isVisible()
    with runs.show("b", JOB) as emit:
        emit(CLASSES)
        poll(controller)
        (shown,) = controller._shown.values()
        assert not shown.overlay.isVisible() and not shown.panel.isVisible()
        controller.show_panel(True)
        assert shown.panel.isVisible() and not shown.overlay.isVisible()


def ground(panel):
    """How light the panel is drawn, away from all that stands in it."""
    return panel.grab().toImage().pixelColor(3, panel.height() - 3).lightness()


def test_panel_takes_the_colours_of_a_palette(controller, runs, qgis_app):
    from qgis.PyQt.QtGui import QColor, QPalette

    before, dark = qgis_app.palette(), QPalette(QColor("#202020"))
    dark.setColor(QPalette.ColorRole.WindowText, QColor("#eeeeee"))
    qgis_app.setPalette(dark)
    try:
        with runs.show("a", JOB) as emit:
            emit(CLASSES)
            poll(controller)
            (panel,) = panels(controller)
            assert ground(panel) < 60 and panel.curve.text.lightness() > 200
            qgis_app.setPalette(before)
            wait()
            assert ground(panel) > 200 and panel.curve.text.lightness() < 60
    finally:
        qgis_app.setPalette(before)


def test_panel_takes_the_colours_of_a_style_sheet(controller, runs, qgis_app):
    """QGIS's dark themes are such, and draw no ground for a frame."""
    qgis_app.setStyleSheet("QFrame { background: none; border: none } QLabel { color: #b1b1b1 }")
    try:
        with runs.show("a", JOB) as emit:
            emit(CLASSES)
            poll(controller)
            (panel,) = panels(controller)
            assert ground(panel) < 60 and panel.curve.text.lightness() > 150
    finally:
        qgis_app.setStyleSheet("")


def test_many_runs_leave_nothing_in_memory(controller, runs, left):
    remembered = []
    for number in range(20):
        with runs.show(str(number), JOB) as emit:
            for event in (
                CLASSES,
                frame(),
                tile(0, 0, 40, 30, number % 2),
                Outlines("work", ((0, 0, 0, 9, 9),)),
            ):
                emit(event)
            poll(controller)
            (shown,) = controller._shown.values()
            remembered += [
                weakref.ref(shown.overlay),
                weakref.ref(shown.panel),
                weakref.ref(shown.overlay._pictures[0]),
            ]
            del shown
    assert left() == (0, 0)
    gc.collect()
    assert [reference() for reference in remembered if reference() is not None] == []

"""The map while jobs run: many events, and all that a user may do meanwhile. The engine is a stand-in, the
rest is real.
"""

import gc
import os
import resource
import time
import weakref
from pathlib import Path

import pytest
from qgis.core import (
    QgsApplication,
    QgsProcessingAlgRunnerTask,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
)
from qgis.PyQt.QtCore import QElapsedTimer, QTimer

from .conftest import write_raster
from .drawn import UTM, wait

BUSY = """
import base64, threading, zlib
job = json.loads(sys.stdin.readline())
cancelled = threading.Event()
threading.Thread(target=lambda: (sys.stdin.readline(), cancelled.set()), daemon=True).start()
emit(event='started', device='CPU', reason='stand-in')
emit(event='classes', names=['roof', 'water'], colors=['#ff0000', '#0000ff'])
emit(event='frame', number=0, crs={crs!r}, transform=[500000.0, 0.01, 0, 3000030.0, 0, -0.01], x=0, y=0,
    width=4000, height=3000,
    step=1)
previews = [base64.b64encode(zlib.compress(bytes([k]) * 2500)).decode() for k in range(2)]
number = 0
begun = time.monotonic()
while time.monotonic() - begun < {seconds} and not cancelled.is_set():
    x, y = number % 80 * 50, number // 80 % 60 * 50
    emit(event='outlines', kind='work', windows=[[0, x, y, 50, 50]])
    emit(event='tile', frame=0, x=x, y=y, width=50, height=50, preview=previews[number % 2],
        counts=[[2500, 0], [0, 2500]][number % 2])
    emit(event='progress', done=number, total=4800, unit='px', rate=200, remaining_s=9)
    number += 1
    time.sleep(max(0, begun + number / 200 - time.monotonic()))
if not cancelled.is_set():
    open(job['output'], 'wb').close()
    emit(event='result', values={{'pixels': number, 'seconds': 1}})
"""


def busy(seconds):
    return BUSY.format(crs=UTM.toWkt(), seconds=seconds)


@pytest.fixture
def window(interpreter, qgis_app, tmp_path):
    """The plugin in a window with a canvas, and a project with an image in it."""
    import raster_segmenter

    from .test_menu import Window

    window = Window()
    window.canvas.resize(900, 700)
    window.canvas.setDestinationCrs(UTM)
    window.canvas.setExtent(QgsRectangle(500_000, 3_000_000, 500_040, 3_000_030))
    window.canvas.show()
    layer = QgsRasterLayer(str(write_raster(tmp_path / "image.tif", bands=3)), "image")
    QgsProject.instance().addMapLayer(layer)
    window.canvas.setLayers([layer])
    window.plugin = raster_segmenter.classFactory(window)
    window.plugin.initGui()
    (tmp_path / "m.safetensors").touch()
    yield window
    window.plugin.unload()
    QgsProject.instance().clear()


class Started:
    """A run in Processing's own task, as the dialog starts it."""

    def __init__(self, folder: Path, name="map.tif"):
        self.context, self.feedback, self.ended = QgsProcessingContext(), QgsProcessingFeedback(False), []
        self.context.setProject(QgsProject.instance())
        self.algorithm = QgsApplication.processingRegistry().createAlgorithmById("rastersegmenter:classify")
        (layer,) = QgsProject.instance().mapLayers().values()
        parameters = {
            "INPUT": layer.id(),
            "MODEL": [str(folder / "m.safetensors")],
            "OUTPUT": str(folder / name),
        }
        self.task = QgsProcessingAlgRunnerTask(self.algorithm, parameters, self.context, self.feedback)
        self.task.executed.connect(lambda sound, results: self.ended.append(sound))
        QgsApplication.taskManager().addTask(self.task)

    def over(self, seconds=20):
        assert wait(lambda: self.ended, seconds), "the run did not end"
        return self.ended[0]


def drawn(window):
    stage = window.plugin._window[0]
    return [shown.overlay for shown in stage._shown.values() if shown.overlay]


def children():
    """Processes of ours that live."""
    mine, found = str(os.getpid()), 0
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        found += fields[1] == mine and fields[0] != "Z"
    return found


def test_two_hundred_windows_a_second_keep_qgis_fluid(window, stand_in, tmp_path):
    """Frames: how long the window's thread is away at a time, while the map is moved about as well."""
    stand_in(busy(4))
    run = Started(tmp_path)
    assert wait(lambda: drawn(window), 10)
    gaps, clock, ticks = [], QElapsedTimer(), QTimer()
    clock.start()
    ticks.timeout.connect(lambda: gaps.append(clock.restart()))
    ticks.start(0)
    used_s, begun_s = time.thread_time(), time.monotonic()
    for step in range(20):
        window.canvas.setExtent(QgsRectangle(500_000 + step % 5, 3_000_000, 500_030 + step % 5, 3_000_022))
        wait(seconds=0.1)
    ticks.stop()
    seen = sum(drawn(window)[0].shares())
    assert run.over() and seen == pytest.approx(1)
    gaps.sort()
    assert gaps[len(gaps) * 99 // 100] < 50, "QGIS stutters"
    assert (time.thread_time() - used_s) / (
        time.monotonic() - begun_s
    ) < 2  # the benchmark tells how much it is
    assert not drawn(window) and len(window.canvas.items()) >= 1


@pytest.mark.parametrize(
    "what", ["project closed", "layer removed", "plugin reloaded", "canvas moved", "cancelled"]
)
def test_whatever_happens_in_mid_run(what, window, stand_in, tmp_path):
    stand_in(busy(2.5))
    items, widgets = len(window.canvas.items()), len(window.canvas.viewport().children())
    run = Started(tmp_path)
    assert wait(lambda: drawn(window), 10)
    wait(seconds=0.5)
    if what == "project closed":
        QgsProject.instance().clear()
        assert not drawn(window)
    elif what == "layer removed":
        QgsProject.instance().removeAllMapLayers()
        assert drawn(window)
    elif what == "plugin reloaded":
        window.plugin.unload()
        window.plugin.initGui()
        assert not drawn(window)
    elif what == "canvas moved":
        window.canvas.setRotation(30)
        window.canvas.zoomScale(50)
        assert drawn(window)
    else:
        run.feedback.cancel()
    wait(seconds=0.3)
    lasts = what not in ("cancelled", "plugin reloaded")  # a run cannot outlive what it belongs to
    assert run.over() is lasts
    assert (tmp_path / "map.tif").exists() is lasts
    wait()
    assert not drawn(window)
    assert (len(window.canvas.items()), len(window.canvas.viewport().children())) == (items, widgets)


def test_two_runs_at_once_are_drawn_apart(window, stand_in, tmp_path):
    stand_in(busy(2))
    runs = [Started(tmp_path, name) for name in ("a.tif", "b.tif")]
    assert wait(lambda: len(drawn(window)) == 2, 10)
    panels = [shown.panel for shown in window.plugin._window[0]._shown.values()]
    assert {panel._title.text() for panel in panels} == {"Classify raster: a.tif", "Classify raster: b.tif"}
    assert panels[0].geometry().intersected(panels[1].geometry()).isEmpty()
    assert all(run.over() for run in runs) and not drawn(window)


def test_twenty_runs_in_a_row_leave_no_items_processes_or_memory(window, stand_in, tmp_path):
    stand_in(busy(0.3))
    remembered, held_kib, engines = [], [], children()
    items, widgets = len(window.canvas.items()), len(window.canvas.viewport().children())
    for number in range(20):
        run = Started(tmp_path, f"{number}.tif")
        assert wait(lambda: drawn(window), 10)
        remembered += map(weakref.ref, drawn(window))
        assert run.over()
        del run
        gc.collect()
        held_kib.append(resident_kib())
    wait()
    assert (len(window.canvas.items()), len(window.canvas.viewport().children())) == (items, widgets)
    assert len(remembered) == 20 and not [one for one in remembered if one() is not None]
    assert wait(lambda: children() <= engines, 5)
    assert max(held_kib[10:]) - held_kib[9] < 20_000, held_kib


def resident_kib():
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() // 1024

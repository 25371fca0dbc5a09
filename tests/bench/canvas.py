"""What drawing costs: of a real run on the canvas of a QGIS without a screen. ``python
tests/bench/canvas.py``.

The demo's image, side by side SIDE times each way, is classified by the demo's model in turns: drawn, and
not. Told are the run's time in both, the share of it that the window's thread computes for the drawing, and
how long that thread is away at a time; all of it also for 200 windows a second, which no engine reaches on
this machine.
"""

from __future__ import annotations

import base64
import os
import runpy
import sys
import tempfile
import time
import zlib
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
from osgeo import gdal

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("RASTER_SEGMENTER_PYTHON", sys.executable)
ROOT = Path(__file__).parents[2]
SIDE, PAIRS, TILE_PX = 3, 3, 512
CANVAS_PX = (1920, 1080)
RATE, SECONDS = 200, 10


def large_image(folder: str) -> str:
    source = gdal.Open(str(ROOT / "resources" / "demo" / "image.tif"))
    pixels = np.tile(source.ReadAsArray(), (1, SIDE, SIDE))
    path = f"{folder}/image.tif"
    copy = gdal.GetDriverByName("GTiff").Create(
        path, pixels.shape[2], pixels.shape[1], 3, gdal.GDT_Byte, ["TILED=YES"]
    )
    copy.SetGeoTransform(source.GetGeoTransform())
    copy.SetProjection(source.GetProjection())
    copy.WriteArray(pixels)
    return path


class Watch:
    """How long the window's thread computes, and how long it is away at a time, while it does what it always
    does.
    """

    def __init__(self) -> None:
        self.gaps_s: list[float] = []
        self._begun_s, self._used_s, self._last_s = (
            time.perf_counter(),
            time.thread_time(),
            time.perf_counter(),
        )

    def tick(self) -> None:
        from qgis.PyQt.QtWidgets import QApplication

        QApplication.processEvents()
        now_s = time.perf_counter()
        self.gaps_s.append(now_s - self._last_s)
        time.sleep(0.005)
        self._last_s = time.perf_counter()

    def result(self) -> tuple[float, float, float]:
        """Seconds in all, share of them computed, and the longest time away but for one in a thousand."""
        seconds = time.perf_counter() - self._begun_s
        away = sorted(self.gaps_s)[int(0.999 * (len(self.gaps_s) - 1))]
        return seconds, (time.thread_time() - self._used_s) / seconds, away


def classify(image: str, folder: str) -> tuple[float, float, float]:
    from qgis.core import (
        QgsApplication,
        QgsProcessingAlgRunnerTask,
        QgsProcessingContext,
        QgsProcessingFeedback,
    )

    algorithm = QgsApplication.processingRegistry().createAlgorithmById("rastersegmenter:classify")
    model = str(ROOT / "resources" / "demo" / "buildings.safetensors")
    parameters = {
        "INPUT": image,
        "MODEL": [model],
        "OUTPUT": f"{folder}/map.tif",
        "TILE_PX": TILE_PX,
        "AUGMENT": True,
    }
    context, feedback, ended = QgsProcessingContext(), QgsProcessingFeedback(False), []
    task = QgsProcessingAlgRunnerTask(algorithm, parameters, context, feedback)
    task.executed.connect(lambda sound, results: ended.append(sound))
    QgsApplication.taskManager().addTask(task)
    watch = Watch()
    while not ended:
        watch.tick()
    assert ended == [True], feedback.textLog()
    return watch.result()


def flood(runs: Any) -> tuple[float, float, float]:
    """Windows of 50 px at RATE a second, over all of the image again and again."""
    from raster_segmenter.engine.protocol import Classes, ClassifyJob, Frame, Outlines, Progress, Tile

    source = gdal.Open(str(ROOT / "resources" / "demo" / "image.tif"))
    shape = 0, 0, source.RasterXSize, source.RasterYSize
    previews = [base64.b64encode(zlib.compress(bytes([k]) * 2500)).decode() for k in range(2)]
    columns, rows = shape[2] // 50, shape[3] // 50
    with runs.show("flood", ClassifyJob("i", ("m",), "o")) as emit:
        emit(Classes(("a", "b"), ("#ff0000", "#0000ff")))
        emit(Frame(0, source.GetProjection(), source.GetGeoTransform(), *shape))
        watch, begun_s, number = Watch(), time.perf_counter(), 0
        while time.perf_counter() - begun_s < SECONDS:
            while number < RATE * (time.perf_counter() - begun_s):
                x, y = number % columns * 50, number // columns % rows * 50
                emit(Outlines("work", ((0, x, y, 50, 50),)))
                emit(Tile(0, x, y, 50, 50, previews[number % 2], ((2500, 0), (0, 2500))[number % 2]))
                emit(Progress(number, 10**6, "px", RATE, 1))
                number += 1
            watch.tick()
        return watch.result()


def main() -> None:
    application, plugin = runpy.run_path(str(ROOT / "resources" / "demo" / "run.py"))["start_qgis"]()
    from qgis.core import QgsRasterLayer
    from qgis.gui import QgsMapCanvas
    from raster_segmenter.plugin.canvas.controller import CanvasController
    from raster_segmenter.plugin.engine_client.runs import runs

    with tempfile.TemporaryDirectory() as folder:
        image = large_image(folder)
        layer = QgsRasterLayer(image, "image")
        canvas = QgsMapCanvas()
        canvas.resize(*CANVAS_PX)
        canvas.setDestinationCrs(layer.crs())
        canvas.setLayers([layer])
        canvas.setExtent(layer.extent())
        canvas.show()
        controller = CanvasController(canvas, runs)
        classify(image, folder)  # the engine starts and makes its trial
        drawn, plain = [], []
        for _ in range(PAIRS):
            for found, watching in ((drawn, True), (plain, False)):
                runs.watching = watching
                found.append(classify(image, folder))
        runs.watching = True
        flooded = flood(runs)
        controller.close()
    times, shares, away = zip(*drawn)
    without, idle, _ = zip(*plain)
    ratio = median(a / b for a, b in zip(times, without))
    busy = median(shares) - median(idle)
    print(
        f"classified {layer.width() * layer.height() / 1e6:.0f} Mpx by windows of {TILE_PX} px, "
        f"canvas of {CANVAS_PX}:"
    )
    print(f"  drawn {median(times):.2f} s, not drawn {median(without):.2f} s; ratio {ratio:.3f}")
    print(
        f"  the window's thread computes {busy:.1%} of the time for it, away at most {max(away) * 1e3:.0f} ms"
    )
    print(f"{RATE} windows a second: {flooded[1]:.1%} of the time, away at most {flooded[2] * 1e3:.0f} ms")
    plugin.unload()
    application.exitQgis()


if __name__ == "__main__":
    main()

"""Check: what the engine is made of, which device it would use, and whether each part of its work succeeds.

The parts are those of the other jobs, on a scene so small that all of them together take a few seconds.
"""

from __future__ import annotations

import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from .. import labels, raster
from ..compute.device import Device
from ..core.legend import LegendClass
from ..files.atomic import temporary_folder
from ..protocol import (
    Cancelled,
    CheckJob,
    ClassifyJob,
    Emit,
    EngineError,
    EvaluateJob,
    Event,
    Log,
    Progress,
    TrainJob,
)
from ..raster.gdal import gdal
from ..runtime import libraries
from . import evaluate
from .classify.run import classify
from .common import start
from .train.run import train
from .versions import versions

_SIDE_PX, _PATCH_PX, _PATCHES = 128, 16, 64
_CLASSES = (LegendClass(1, "field", (225, 225, 225)), LegendClass(7, "roof", (213, 94, 0)))
_UTM, _DEGREES = "EPSG:32645", "EPSG:4326"
_ON_THE_DEVICE = ("train two steps", "classify")
_REPORT_IT = "Please report it with this message and the log."
_ON_A_GPU = "Set the device to cpu: if the check passes there, it is the GPU or its driver."


def check(job: CheckJob, emit: Emit) -> dict[str, Any]:
    """Tell device and versions, after every part of the work was done once, unless ``job.only_device``."""
    device = start(job.device, emit)
    values = {"device": device.name, "reason": device.reason, "interpreter": sys.executable}
    if job.only_device:
        return {**values, **versions()}
    with temporary_folder() as folder:
        parts = _Scene(folder, job, device, emit).check()
    made_of = libraries.one_line({"qgis": job.qgis, **versions()})
    lines = [f"{title}: {seconds:.2f} s" for title, seconds in parts.items()]
    report = "\n".join(
        ("Every part of the engine works.", made_of, f"{device.name}: {device.reason}", *lines)
    )
    emit(Log(report))
    return {**values, **versions(), "parts": parts, "report": report}


class _Scene:
    """A field with a roof on it, 128 m wide, and what the parts make of it in ``folder``."""

    def __init__(self, folder: Path, job: CheckJob, device: Device, emit: Emit) -> None:
        self._folder, self._job, self._device, self._emit = folder, job, device, emit
        self._ids_HW = np.zeros((_SIDE_PX, _SIDE_PX), np.uint8)
        self._ids_HW[:, 32:64] = self._ids_HW[:, 96:] = 1
        noise_CHW = np.random.default_rng(0).integers(0, 60, (3, _SIDE_PX, _SIDE_PX))
        self._image_CHW = (noise_CHW + 120 * self._ids_HW).astype(np.uint8)
        self._parts: dict[str, Callable[[], None]] = {
            "load the libraries": self._load,
            "look up coordinate reference systems": self._look_up,
            "write a raster": self._write,
            "close a raster": self._close,
            "read a raster": self._read,
            "write a class map": self._write_map,
            "write a cloud-optimised GeoTIFF": self._write_for_the_cloud,
            "warp a raster": self._warp,
            "turn a map into polygons": self._polygonise,
            "turn polygons into labels": self._rasterise,
            "train two steps": self._train,
            "classify": self._classify,
            "evaluate": self._evaluate,
        }

    def check(self) -> dict[str, float]:
        """The seconds that each part took. `EngineError` for the first one that fails."""
        seconds: dict[str, float] = {}
        for done, (title, do) in enumerate(self._parts.items()):
            self._progress = Progress(done, len(self._parts), "parts")
            self._emit(self._progress)
            self._emit(Log(f"Checking: {title}."))
            began = time.monotonic()
            try:
                do()
            except Cancelled:
                raise
            except Exception as error:
                raise self._failure(title, error) from error
            seconds[title] = round(time.monotonic() - began, 3)
        self._emit(Progress(len(self._parts), len(self._parts), "parts"))
        return seconds

    def _failure(self, title: str, error: Exception) -> EngineError:
        """What is told of a part that raised ``error``, with all that a report of it needs."""
        traceback.print_exception(type(error), error, error.__traceback__)
        if not isinstance(error, EngineError):
            text = f"{type(error).__name__}: {error}".rstrip(".")
            error = EngineError("check_failed", f"{text}.", _REPORT_IT)
        on_gpu = self._device.backend.type != "cpu" and title in _ON_THE_DEVICE
        made_of = libraries.one_line({"qgis": self._job.qgis, **libraries.installed()})
        message = f"The engine fails to {title}. {error.message} ({made_of})"
        return EngineError(error.code, message, f"{_ON_A_GPU if on_gpu else ''} {error.remedy}".strip())

    def _hear(self, _event: Event) -> None:
        """Takes the events of other jobs: nothing of them is shown, but a cancelled check ends."""
        self._emit(self._progress)

    def _path(self, name: str) -> str:
        return str(self._folder / name)

    # The parts, in their order. What one has made the next ones use.

    def _load(self) -> None:
        libraries.load_all()
        gdal()

    def _look_up(self) -> None:
        self._grid = raster.Grid(
            _SIDE_PX, _SIDE_PX, (300000.0, 1.0, 0.0, 3060000.0, 0.0, -1.0), raster.wkt_of(_UTM)
        )
        self._wide = raster.Grid(4, 4, (84.9, 0.05, 0.0, 27.75, 0.0, -0.05), raster.wkt_of(_DEGREES))

    def _write(self) -> None:
        self._open = [
            raster.begin_image(Path(self._path("image.tif")), self._grid, self._image_CHW),
            raster.begin_image(Path(self._path("wide.tif")), self._wide, np.full((1, 4, 4), 9, np.uint8)),
        ]

    def _close(self) -> None:
        while self._open:
            self._open.pop().close()

    def _read(self) -> None:
        with raster.open_stack(self._path("image.tif"), (), self._hear) as source:
            image_CHW, valid_HW = source.read(self._grid.window)
        _require(
            np.array_equal(image_CHW, self._image_CHW) and valid_HW.all(),
            "other pixels are read than were written",
        )

    def _write_map(self, name: str = "labels.tif", **how: Any) -> None:
        codes = np.array([c.value for c in _CLASSES])
        with raster.ClassMapWriter(self._path(name), self._grid, _CLASSES, **how) as writer:
            writer.write_codes(self._grid.window, codes[self._ids_HW])
        _require(
            raster.read_classes(self._path(name)) == _CLASSES, "other classes are read than were written"
        )

    def _write_for_the_cloud(self) -> None:
        self._write_map("cloud.tif", cloud_optimised=True)

    def _warp(self) -> None:
        with raster.open_stack(self._path("image.tif"), (self._path("wide.tif"),), self._hear) as source:
            image_CHW, valid_HW = source.read(self._grid.window)
        _require(
            bool((image_CHW[3] == 9).all() and valid_HW.all()),
            "a raster that is 9 everywhere is not so when warped",
        )

    def _polygonise(self) -> None:
        paths = self._path("labels.gpkg"), self._path("labels.tif"), self._path("image.tif")
        count = raster.write_polygons(*paths, _CLASSES, 0.0, self._hear)
        _require(count == 4, f"four patches make {count} polygons")

    def _rasterise(self) -> None:
        options = labels.ReferenceOptions(field="class")
        with labels.rasterize(
            [self._path("labels.gpkg")], self._grid, options, classes=_CLASSES, emit=self._hear
        ) as drawn:
            ids_HW = drawn.read(self._grid.window)
        _require(np.array_equal(ids_HW, self._ids_HW), "the polygons of a map do not give that map")

    def _train(self) -> None:
        job = TrainJob(
            (self._path("image.tif"),),
            (self._path("labels.gpkg"),),
            self._path("model.safetensors"),
            field="class",
            options={"width": 4, "depth": 2},
            epochs=1,
            patch_px=_PATCH_PX,
            batch=_PATCHES,
            device=self._job.device,
        )
        train(job, self._hear)

    def _classify(self) -> None:
        paths = self._path("image.tif"), (self._path("model.safetensors"),), self._path("map.tif")
        pixels = classify(
            ClassifyJob(*paths, polygons=self._path("map.gpkg"), device=self._job.device), self._hear
        )["pixels"]
        _require(pixels == _SIDE_PX**2, f"of {_SIDE_PX**2} pixels {pixels} are classified")

    def _evaluate(self) -> None:
        job = EvaluateJob(
            self._path("map.tif"),
            (self._path("labels.gpkg"),),
            field="class",
            report=self._path("report.html"),
        )
        accuracy = evaluate.evaluate(job, self._hear)["overall_accuracy"]
        _require(0 <= accuracy <= 1, f"the overall accuracy is {accuracy}")


def _require(is_so: bool, otherwise: str) -> None:
    if not is_so:
        raise EngineError("check_failed", f"It gives wrong results: {otherwise}.", _REPORT_IT)

"""Check: the versions of the engine's libraries, the device in use, and a trial of each part of its work.

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
    Message,
    Progress,
    TrainJob,
    info,
    joined,
    message,
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


def check(job: CheckJob, emit: Emit) -> dict[str, Any]:
    """Do every part of the work once, unless ``job.only_device``; return the device and all versions."""
    device = start(job.device, emit)
    values = {"device": device.name, "reason": device.reason, "interpreter": sys.executable}
    if job.only_device:
        return {**values, **versions()}
    with temporary_folder() as folder:
        parts = _Scene(folder, job, device, emit).check()
    report = joined(
        message("Every part of the engine works."),
        libraries.one_line({"qgis": job.qgis, **versions()}),
        message("{device}: {reason}", device=device.name, reason=device.reason),
        *(message("{part}: {seconds:.2f} s", part=part, seconds=s) for part, s in parts.items()),
        separator="\n",
    )
    emit(Log(report))
    return {**values, **versions(), "parts": parts, "report": report}


class _Scene:
    """A field with two roofs, 128 m wide, and the files that the parts make of it in ``folder``."""

    def __init__(self, folder: Path, job: CheckJob, device: Device, emit: Emit) -> None:
        self._folder, self._job, self._device, self._emit = folder, job, device, emit
        self._ids_HW = np.zeros((_SIDE_PX, _SIDE_PX), np.uint8)
        self._ids_HW[:, 32:64] = self._ids_HW[:, 96:] = 1
        noise_CHW = np.random.default_rng(0).integers(0, 60, (3, _SIDE_PX, _SIDE_PX))
        self._image_CHW = (noise_CHW + 120 * self._ids_HW).astype(np.uint8)
        self._parts: dict[str, Callable[[], None]] = {
            message("load the libraries"): self._load,
            message("look up coordinate reference systems"): self._look_up,
            message("write a raster"): self._write,
            message("close a raster"): self._close,
            message("read a raster"): self._read,
            message("write a class map"): self._write_map,
            message("write a cloud-optimised GeoTIFF"): self._write_for_the_cloud,
            message("warp a raster"): self._warp,
            message("turn a map into polygons"): self._polygonise,
            message("turn polygons into labels"): self._rasterise,
            message("train two steps"): self._train,
            message("classify"): self._classify,
            message("evaluate"): self._evaluate,
        }

    def check(self) -> dict[str, float]:
        """Seconds that each part took. Raises `EngineError` for the first one that fails."""
        seconds: dict[str, float] = {}
        for done, (title, do) in enumerate(self._parts.items()):
            self._progress = Progress(done, len(self._parts), "parts")
            self._emit(self._progress)
            self._emit(info("Checking: {part}.", part=title))
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
        """The error for a part that raised ``error``, with all that is needed to report it."""
        traceback.print_exception(type(error), error, error.__traceback__)
        if not isinstance(error, EngineError):
            text = f"{type(error).__name__}: {str(error).rstrip('.')}."
            error = EngineError("check_failed", text, _report_it())
        problem = message(
            "The engine fails to {part}. {error} ({versions})",
            part=title,
            error=error.message,
            versions=libraries.one_line({"qgis": self._job.qgis, **libraries.installed()}),
        )
        if self._device.backend.type == "cpu" or title not in _ON_THE_DEVICE:
            return EngineError(error.code, problem, error.remedy)
        use_cpu = message("Set the device to cpu: if the check passes there, it is the GPU or its driver.")
        return EngineError(error.code, problem, joined(use_cpu, error.remedy))

    def _ignore(self, _event: Event) -> None:
        """The ``emit`` of the other jobs: it shows none of their events, but a cancelled check ends."""
        self._emit(self._progress)

    def _path(self, name: str) -> str:
        return str(self._folder / name)

    # The parts in their order. The next ones use what one has made.

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
        with raster.open_stack(self._path("image.tif"), (), self._ignore) as source:
            image_CHW, valid_HW = source.read(self._grid.window)
        same = np.array_equal(image_CHW, self._image_CHW) and bool(valid_HW.all())
        _require(same, message("the pixels that were read differ from those that were written"))

    def _write_map(self, name: str = "labels.tif", **how: Any) -> None:
        codes = np.array([c.value for c in _CLASSES])
        with raster.ClassMapWriter(self._path(name), self._grid, _CLASSES, **how) as writer:
            writer.write_codes(self._grid.window, codes[self._ids_HW])
        same = raster.read_classes(self._path(name)) == _CLASSES
        _require(same, message("the classes that were read differ from those that were written"))

    def _write_for_the_cloud(self) -> None:
        self._write_map("cloud.tif", cloud_optimised=True)

    def _warp(self) -> None:
        with raster.open_stack(self._path("image.tif"), (self._path("wide.tif"),), self._ignore) as source:
            image_CHW, valid_HW = source.read(self._grid.window)
        same = bool((image_CHW[3] == 9).all() and valid_HW.all())
        _require(same, message("a raster that is 9 everywhere has other values when warped"))

    def _polygonise(self) -> None:
        paths = self._path("labels.gpkg"), self._path("labels.tif"), self._path("image.tif")
        count = raster.write_polygons(*paths, _CLASSES, 0.0, self._ignore)
        _require(count == 4, message("four patches make {count} polygons", count=count))

    def _rasterise(self) -> None:
        options = labels.ReferenceOptions(field="class")
        with labels.rasterize(
            [self._path("labels.gpkg")], self._grid, options, classes=_CLASSES, emit=self._ignore
        ) as drawn:
            ids_HW = drawn.read(self._grid.window)
        same = np.array_equal(ids_HW, self._ids_HW)
        _require(same, message("the polygons of a map do not give that map"))

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
        train(job, self._ignore)

    def _classify(self) -> None:
        paths = self._path("image.tif"), (self._path("model.safetensors"),), self._path("map.tif")
        pixels = classify(
            ClassifyJob(*paths, polygons=self._path("map.gpkg"), device=self._job.device), self._ignore
        )["pixels"]
        wrong = message("only {pixels} of {all} pixels are classified", all=_SIDE_PX**2, pixels=pixels)
        _require(pixels == _SIDE_PX**2, wrong)

    def _evaluate(self) -> None:
        job = EvaluateJob(
            self._path("map.tif"),
            (self._path("labels.gpkg"),),
            field="class",
            report=self._path("report.html"),
        )
        accuracy = evaluate.evaluate(job, self._ignore)["overall_accuracy"]
        _require(0 <= accuracy <= 1, message("the overall accuracy is {accuracy}", accuracy=accuracy))


def _require(is_right: bool, wrong: Message) -> None:
    if not is_right:
        problem = message("It gives wrong results: {wrong}.", wrong=wrong)
        raise EngineError("check_failed", problem, _report_it())


def _report_it() -> Message:
    return message("Please report it with this message and the log.")

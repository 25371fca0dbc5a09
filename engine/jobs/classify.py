"""Classify: a raster and models in, a class map and whatever else is wished out."""

from __future__ import annotations

import contextlib
import dataclasses
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from torch import Tensor

from .. import labels, raster
from ..classifier import Classifier
from ..device import Device
from ..journal import Journal, fingerprint
from ..legend import LegendClass, map_nodata
from ..likeness import tell_unlike
from ..memory import budget_px
from ..model_file import ModelCard
from ..models import Network
from ..predictor import Ensemble, Predictor
from ..protocol import ClassifyJob, EngineError, Event, Log
from ..scaling import Scaling
from ..sinks import Sink
from ..summary import ClassCounter
from ..tiling import BLOCK_PX, cores, halves
from ..versions import versions
from ..ways import Way, choose
from ..windows import Window
from .common import Emit, Expected, load_model, require_fit, start
from .summarise import write_summary

_SAME_SIZE = 1.25
"""Pixels up to so much larger or smaller than those of the training are taken as they are."""
_SAMPLE_PX = 1024
_MOST_WINDOW_PX = 2**28
_SAMPLE_PLACES = ((1 / 2, 1 / 2), (1 / 4, 1 / 4), (3 / 4, 3 / 4), (1 / 4, 3 / 4), (3 / 4, 1 / 4))

Model = tuple[ModelCard, Network]


def classify(job: ClassifyJob, emit: Emit) -> dict[str, Any]:
    """Write the map of one raster by one or several models, and what else the job names."""
    started = time.monotonic()
    device = start(job.device, emit)
    models = [load_model(path) for path in job.models]
    classes = _one_legend(job, models)
    told = Told(emit)
    with contextlib.ExitStack() as stack:
        source = stack.enter_context(raster.open_stack(job.image, job.extra, told))
        region = stack.enter_context(labels.Region.open(source.grid, job.area, job.extent, told))
        for card, _ in models:
            require_fit(source, Expected(tuple(b.name for b in card.bands), card.dtype, None, "the model was trained on"), told)
        tell_unlike(source, _scaling(models[0][0]), told, region.window)
        journal = stack.enter_context(Journal(job.output, _fingerprint(job, source), told, keep=job.keep))
        ways = [_way(job, n, model, source, region.window, device, journal, told) for n, model in enumerate(models)]
        ensemble = Ensemble([_predictor(job, card, way, source.grid, told) for (card, _), way in zip(models, ways)])
        multiple_px = max(network.multiple_px for _, network in models)
        itemsize = np.dtype(source.dtype).itemsize
        room_px = journal.settle("budget", budget_px(ways, device, source.bands, itemsize, ensemble.halo_px))
        planned = cores(region.window, ensemble.halo_px, multiple_px, room_px, job.tile_px)
        with contextlib.ExitStack() as outputs:
            confidence = _confidence_path(job, stack)
            counter = ClassCounter(source.grid, classes)
            sinks = [outputs.enter_context(sink) for sink in _writers(job, source.grid, classes, confidence)] + [counter]
            nodata = map_nodata(classes)
            codes_K = np.array([c.value for c in classes], np.uint8 if nodata == 255 else np.uint16)
            classifier = Classifier(ensemble, source, region.inside, [*sinks, _Kept(journal)], codes_K, nodata, device, told)
            finished = set(journal.finished)
            for part in journal.parts():
                for sink in sinks:
                    sink.write(part)
            left = _left(planned, finished, multiple_px)
            classifier.run(left, multiple_px, region.window.pixels - sum(core.pixels for core in left))
            outputs.pop_all().close()  # the maps take their names
            if job.polygons:
                raster.write_polygons(job.polygons, job.output, confidence, classes, job.minimum_area_m2, told)
        settings = {"Precision": ", ".join(way.name for way in ways), "Windows": _words(planned)}
        write_summary(job, [card for card, _ in models], classes, counter, device, settings, started, told.warnings)
    pixels = int(counter.pixels_K.sum())
    if not pixels:
        emit(Log("No pixel was classified: the raster has no data where the map was asked for.", warning=True))
    return {**{name: getattr(job, name) for name in ("output", "polygons", "summary", "json")}, "pixels": pixels}


class Told:
    """An ``emit`` that remembers the warnings, for the summary."""

    def __init__(self, emit: Emit) -> None:
        self._emit = emit
        self.warnings: list[str] = []

    def __call__(self, event: Event) -> None:
        if isinstance(event, Log) and event.warning:
            self.warnings.append(event.text)
        self._emit(event)


class _Kept:
    """The journal as the last sink: what it holds is in all outputs."""

    wants_confidence = wants_percent = False

    def __init__(self, journal: Journal) -> None:
        self.write = journal.add

    def __enter__(self) -> _Kept:
        return self

    def __exit__(self, *_: object) -> None:
        """The journal is closed by whoever opened it."""


def _one_legend(job: ClassifyJob, models: Sequence[Model]) -> tuple[LegendClass, ...]:
    """The classes of all models. `EngineError` where they differ: probabilities of other classes cannot be averaged."""
    first = models[0][0].classes
    for path, (card, _) in zip(job.models, models):
        if [(c.value, c.name) for c in card.classes] != [(c.value, c.name) for c in first]:
            theirs, ours = (", ".join(f"{c.value} {c.name}" for c in classes) for classes in (card.classes, first))
            raise EngineError(
                "classes_differ",
                f"{path} knows the classes {theirs}; {job.models[0]} knows {ours}.",
                "Choose models of the same classes, trained on the same legend.",
            )
    return first


def _scaling(card: ModelCard) -> Scaling:
    return Scaling(tuple(b.mean for b in card.bands), tuple(b.std for b in card.bands))


def _fingerprint(job: ClassifyJob, source: raster.Source) -> str:
    """Whoever asks for the same again may go on from what is there."""
    settings = {**dataclasses.asdict(job), "keep": None, "versions": versions()}
    return fingerprint(settings, [*(path.split("|")[0] for path in job.inputs() if path), *source.files])


def _way(
    job: ClassifyJob,
    number: int,
    model: Model,
    source: raster.Source,
    window: Window,
    device: Device,
    journal: Journal,
    emit: Emit,
) -> Way:
    """The way to compute a model: asked for, found by a trial, or settled by the run that this one goes on from."""
    card, network = model
    sample_BCHW = _sample(card, network, source, window, device)
    way = choose(network, device, job.precision, sample_BCHW, window.pixels, emit)
    settled = journal.settle(f"precision of model {number + 1}", way.name)
    return way if settled == way.name else choose(network, device, settled, sample_BCHW, window.pixels, emit)


def _sample(card: ModelCard, network: Network, source: raster.Source, window: Window, device: Device) -> Tensor:
    """A scaled window of the raster that has data, if one of a few places has."""
    side_px = network.legal_px(min(_SAMPLE_PX, max(window.width, window.height))) + 2 * network.margin_px
    for x, y in _SAMPLE_PLACES:
        left, top = window.x + int(x * window.width) - side_px // 2, window.y + int(y * window.height) - side_px // 2
        image_CHW, valid_HW = source.read(Window(left, top, side_px, side_px))
        if valid_HW.any():
            break
    return _scaling(card).apply(device.receive(image_CHW)[None], device.receive(valid_HW)[None])


def _predictor(job: ClassifyJob, card: ModelCard, way: Way, grid: raster.Grid, emit: Emit) -> Predictor:
    blend = {"auto": None, "on": True, "off": False}[job.blend]
    predictor = Predictor(way.network, _scaling(card), way, augment=job.augment, blend=blend, scale=_scale(job, card, grid, emit))
    if predictor.window(Window(0, 0, BLOCK_PX, BLOCK_PX)).pixels > _MOST_WINDOW_PX:
        raise EngineError(
            "too_fine",
            f"{job.image} is so much finer than what {card.network} was trained on that one window holds too many pixels.",
            "Resample the raster to the pixel size of the training, or set RESOLUTION to as_raster.",
        )
    return predictor


def _scale(job: ClassifyJob, card: ModelCard, grid: raster.Grid, emit: Emit) -> tuple[float, float]:
    """How many pixels of the raster one of the training is long, across and down; 1 where they are to be taken alike."""
    here, trained = grid.pixel_size_m(), card.pixel_size_m
    if job.resolution == "as_raster" or not here or not trained:
        if job.resolution == "as_trained":
            message = "The pixel size on the ground is unknown: the raster or the training images have no CRS."
            raise EngineError("no_pixel_size", message, "Assign the raster's CRS, or set RESOLUTION to as_raster.")
        return 1.0, 1.0
    scale = (trained[0] / here[0], trained[1] / here[1])
    if max(max(s, 1 / s) for s in scale) <= (1.0 if job.resolution == "as_trained" else _SAME_SIZE):
        return 1.0, 1.0
    sizes = [f"{x:.3g} × {y:.3g} m" for x, y in (here, trained)]
    emit(Log(f"Pixels are {sizes[0]}, in training they were {sizes[1]}: classified at those, and brought back."))
    return scale


def _confidence_path(job: ClassifyJob, stack: contextlib.ExitStack) -> str:
    """Where the map of confidence is written: polygons need one, wished for or not."""
    if job.confidence or not job.polygons:
        return job.confidence
    return str(Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="raster-segmenter-"))) / "confidence.tif")


def _writers(job: ClassifyJob, grid: raster.Grid, classes: tuple[LegendClass, ...], confidence: str) -> list[Sink]:
    writers: list[Sink] = [raster.ClassMapWriter(job.output, grid, classes, cloud_optimised=job.cloud_optimised)]
    if job.probabilities:
        writers.append(raster.ProbabilityWriter(job.probabilities, grid, classes))
    if confidence:
        writers.append(raster.ConfidenceWriter(confidence, grid))
    return writers


def _left(planned: Sequence[Window], finished: set[Window], multiple_px: int) -> list[Window]:
    """What of the planned cores is not finished; of those that were halved for want of memory, the halves."""
    left: list[Window] = []
    for core in planned:
        if core in finished:
            continue
        begun = [window for window in finished if window.overlaps(core)] if finished else []
        left += _left(halves(core, multiple_px), set(begun), multiple_px) if begun else [core]
    return left


def _words(planned: Sequence[Window]) -> str:
    largest = max(planned, key=lambda core: core.pixels)
    return f"{len(planned)} of at most {largest.width} × {largest.height} px"

"""Classify: a raster and models in, a class map and whatever else is wished out."""

from __future__ import annotations

import contextlib
import datetime
import time
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np

from ... import labels, raster
from ...classification.class_areas import ClassCounter
from ...classification.classifier import Classifier
from ...classification.input_check import warn_distribution_shift
from ...classification.journal import Journal
from ...classification.predictor import Ensemble
from ...classification.sinks import InTurns, Sink
from ...classification.tile_budget import budget_px
from ...classification.tiling import cores, halves
from ...compute.device import Device
from ...core import cache
from ...core.legend import LegendClass
from ...core.windows import Window
from ...files.atomic import check_apart, temporary_folder
from ...files.fingerprint import content
from ...files.qgis_metadata import Lineage, UsedModel, source_name
from ...metrics.confusion import Metrics
from ...model_files.model_file import has_sound_record
from ...protocol import ClassifyJob, Emit, Event, Frame, Log, Progress, choice
from ...raster.preview import classes_of, frame_of, tile_of
from ..common import Expected, require_fit, start
from ..versions import versions
from .models import Model, Ready, load_models, make_ready
from .resume import drop_stale, open_journal
from .summary import write_summary


def classify(job: ClassifyJob, emit: Emit) -> dict[str, Any]:
    """Write the map of one raster by one or several models, and what else the job names."""
    started = time.monotonic()
    device = start(job.device, emit)
    loaded = load_models(job.models)
    cards = [model.card for model in loaded]
    classes = cards[0].classes
    told = Told(emit)
    with contextlib.ExitStack() as stack:
        source = stack.enter_context(raster.open_stack(job.image, job.extra, told))
        region = stack.enter_context(labels.AreaOfInterest.open(source.grid, job.area, job.extent, told))
        look(job, source, loaded, region.window, told)
        confidence = _confidence_path(job, stack)
        writers = _writers(job, source.grid, classes, confidence, told)
        _check_apart(job, source, writers)
        journal = stack.enter_context(open_journal(job, source, region.window, device, confidence, told))
        ready = [make_ready(job, model, source, region.window, device, journal, told) for model in loaded]
        ensemble = Ensemble([one.predictor for one in ready])
        multiple_px = max(model.network.multiple_px for model in loaded)
        room_px = journal.settle("budget", room_px_of(ready, ensemble, source, region.window.pixels, device))
        planned = cores(region.window, ensemble.halo_px, multiple_px, room_px, job.tile_px)
        settings = {
            "Precision": ", ".join(one.way.name for one in ready),
            "Windows": windows_in_words(planned),
        }
        counter = ClassCounter(source.grid, classes)
        # GDAL's cache may write a file's blocks in the thread that writes another: two threads could wait for
        # each other.
        sinks: list[Sink] = [InTurns(writers), counter]
        frame = frame_of(0, source.grid, region.window)
        classifier = Classifier(
            ensemble, source, region.inside, [*sinks, journal], len(classes), frame, device, told
        )
        drop_stale(journal, source, classifier, told)
        with contextlib.ExitStack() as outputs:
            for writer in writers:
                outputs.enter_context(writer)
            left = _left_of(planned, journal, multiple_px)
            told(classes_of(classes))
            told(frame)
            _replay(journal, sinks, frame, len(classes), told)
            classifier.run(left, multiple_px, region.window.pixels - sum(core.pixels for core in left))
            _complete(job, writers, _lineage(job, loaded, ready, device, settings), told)
            outputs.pop_all().close()  # the maps take their names
        write_summary(job, cards, classes, counter, device, settings, started, told.warnings)
    pixels = int(counter.pixels_K.sum())
    if not pixels:
        emit(
            Log("No pixel was classified: the raster has no data where the map was asked for.", warning=True)
        )
    return {
        **{name: getattr(job, name) for name in ("output", "polygons", "summary", "json")},
        "pixels": pixels,
    }


def look(
    job: ClassifyJob, source: raster.Source, loaded: Sequence[Model], window: Window, emit: Emit
) -> None:
    """Whether the raster is one for these models: an error where it cannot be, else what the user may want to
    know.
    """
    raster.require_areas(job.image, source.grid, job.minimum_area_m2 if job.polygons else 0)
    for card in (model.card for model in loaded):
        require_fit(
            source,
            Expected(tuple(b.name for b in card.bands), card.dtype, None, "the model was trained on"),
            emit,
        )
    here, without = (
        source.grid.pixel_size_m(),
        [model.path for model in loaded if not model.card.pixel_size_m],
    )
    if job.resolution == "auto" and (without or not here):
        lacking = f"the images that {without[0]} was trained on have" if here else f"{source.name} has"
        text = f"The pixel sizes of raster and training cannot be compared, as {lacking} no coordinate reference system"
        emit(Log(f"{text}: classified as if they were the same."))
    warn_distribution_shift(source, {model.path: model.scaling for model in loaded}, emit, window)


def room_px_of(
    ready: Sequence[Ready], ensemble: Ensemble, source: raster.Source, pixels: int, device: Device
) -> int:
    """How many pixels a window may hold, with all that is read for it."""
    costs, itemsize = [one.cost for one in ready], np.dtype(source.dtype).itemsize
    return budget_px(costs, device, source.bands, itemsize, ensemble.halo_px, pixels)


class Told:
    """An ``emit`` that remembers the warnings, for the summary."""

    def __init__(self, emit: Emit) -> None:
        self._emit = emit
        self.warnings: list[str] = []

    def __call__(self, event: Event) -> None:
        if isinstance(event, Log) and event.warning:
            self.warnings.append(event.text)
        self._emit(event)


def _confidence_path(job: ClassifyJob, stack: contextlib.ExitStack) -> str:
    """Where the map of confidence is written: polygons need one, wished for or not."""
    if job.confidence or not job.polygons:
        return job.confidence
    return str(stack.enter_context(temporary_folder()) / "confidence.tif")


def _writers(
    job: ClassifyJob, grid: raster.Grid, classes: tuple[LegendClass, ...], confidence: str, emit: Emit
) -> list[raster.TiffWriter]:
    how: dict[str, Any] = {"cloud_optimised": job.cloud_optimised, "keep": job.keep, "emit": emit}
    writers: list[raster.TiffWriter] = [raster.ClassMapWriter(job.output, grid, classes, **how)]
    if job.probabilities:
        writers.append(raster.ProbabilityWriter(job.probabilities, grid, classes, **how))
    if confidence:
        writers.append(raster.ConfidenceWriter(confidence, grid, **(how if job.confidence else {})))
    return writers


def _complete(job: ClassifyJob, writers: Sequence[raster.TiffWriter], lineage: Lineage, emit: Emit) -> None:
    """All but the maps' names, which they take together in the end: whoever stops before finds the old
    outputs.
    """
    for writer in writers:
        writer.complete(lineage)
    if job.polygons:
        class_map, *_, confidence = (writer.partial for writer in writers)
        raster.write_polygons(
            job.polygons, class_map, confidence, lineage.classes, job.minimum_area_m2, emit, lineage
        )


def _lineage(
    job: ClassifyJob,
    loaded: Sequence[Model],
    ready: Sequence[Ready],
    device: Device,
    chosen: Mapping[str, str],
) -> Lineage:
    """What the outputs come from and how they are made; ``chosen`` is what the run has settled by itself."""
    blending = ("on" if one.predictor.blends else "off" for one in ready)
    settings = {
        "blending": ", ".join(blending),
        "augmentation": "on" if job.augment else "off",
        "resolution": job.resolution,
    }
    settings |= {name.lower(): value for name, value in chosen.items()}
    settings |= {
        name: source_name(value) for name, value in (("area", job.area), ("extent", job.extent)) if value
    }
    return Lineage(
        images=(job.image, *job.extra),
        models=tuple(map(_used, loaded)),
        classes=loaded[0].card.classes,
        settings=settings,
        device=f"{device.name}: {device.reason}",
        versions=versions(),
        date=datetime.datetime.now().astimezone().isoformat(timespec="seconds"),
    )


def _used(model: Model) -> UsedModel:
    """What is told of a model. Its record of the training need not be sound to classify by it."""
    card = model.card
    network = f"{choice('models', card.network, card.options).title} ({card.network})"
    told = model.path, cache.kept("content", model.key, partial(content, model.path)), network
    if not has_sound_record(model.path, card):
        return UsedModel(*told, "its file has no sound record of its training", {})
    by = ", ".join(f"{name} {version}" for name, version in card.versions.items())
    training = f"epoch {card.best_epoch} of {len(card.history)}, trained on {card.device or 'an unknown device'} with {by}"
    metrics = Metrics.of(np.array(card.confusion, np.int64))
    figures = {
        "overall accuracy": metrics.overall_accuracy,
        "mean F1": metrics.mean_f1,
        "mean IoU": metrics.mean_iou,
    }
    return UsedModel(*told, training, figures)


def _check_apart(job: ClassifyJob, source: raster.Source, writers: Sequence[raster.TiffWriter]) -> None:
    """No output, and nothing beside one, may replace any file that the rasters are made of, or what lies
    beside another.
    """
    outputs = [path for path in job.outputs() if path]
    check_apart(outputs, [*job.inputs(), *source.files], {writer.path: writer.beside for writer in writers})


def _left_of(planned: Sequence[Window], journal: Journal, multiple_px: int) -> list[Window]:
    """What of the windows planned is not finished."""
    least_px = min(
        (window.pixels for window in journal.finished), default=sum(core.pixels for core in planned)
    )
    finished = set(journal.finished)
    return [part for core in planned for part in _left(core, finished, multiple_px, least_px)]


def _left(core: Window, finished: set[Window], multiple_px: int, least_px: int) -> list[Window]:
    """The core, if nothing of it is ``finished``, or else the rest: it was halved for want of memory, down to
    ``least_px``.
    """
    if core in finished:
        return []
    smaller = halves(core, multiple_px) if core.pixels > least_px else []
    left = [part for half in smaller for part in _left(half, finished, multiple_px, least_px)]
    return [core] if left == smaller else left


def _replay(journal: Journal, sinks: Sequence[Sink], frame: Frame, classes: int, emit: Emit) -> None:
    """Write what earlier runs have finished into this one's outputs, and show it."""
    done_px, total_px = 0, frame.width * frame.height
    for part in journal.parts():
        for sink in sinks:
            sink.write(part)
        done_px += part.window.pixels
        emit(tile_of(frame, part.window, classes, part.ids_HW, part.valid_HW))
        emit(Progress(done_px, total_px, "px"))


def windows_in_words(planned: Sequence[Window]) -> str:
    largest = max(planned, key=lambda core: core.pixels)
    return f"{len(planned)} of at most {largest.width} × {largest.height} px"

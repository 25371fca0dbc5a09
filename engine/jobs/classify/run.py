"""Classify: makes a class map, and the other outputs that the job asks for, from a raster and models."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Sequence
from typing import Any

from ...classification.class_areas import ClassCounter
from ...classification.classifier import Classifier
from ...classification.journal import Journal
from ...classification.sinks import InTurns, Sink
from ...classification.tiling import halve_tile
from ...compute.device import Device
from ...core.windows import Window
from ...protocol import ClassifyJob, Emit, Frame, Progress, warning
from ...raster.preview import classes_of, frame_of, tile_of
from ..common import start
from ..log_recorder import LogRecorder
from .outputs import Maps, complete, confidence_path, lineage_of, plan_maps
from .plan import Inputs, Plan, open_inputs, plan_classification
from .resume import drop_stale, earlier_choices, open_journal, store_choices
from .summary import write_summary


def classify(job: ClassifyJob, emit: Emit) -> dict[str, Any]:
    """Write the class map of one raster by one or several models, and the other outputs of the job."""
    started = time.monotonic()
    device = start(job.device, emit)
    log = LogRecorder(emit)
    with (
        open_inputs(job, log) as inputs,
        confidence_path(job) as confidence,
    ):
        source, classes = inputs.source, inputs.models[0].card.classes
        maps = plan_maps(job, source, classes, confidence, log)
        counter = ClassCounter(source.grid, classes)
        with open_journal(job, inputs, device, confidence, log) as journal:
            plan = plan_classification(job, inputs, device, earlier_choices(journal), log)
            store_choices(journal, plan.chosen)
            _write_maps(job, inputs, plan, device, maps, counter, journal, log)
            write_summary(job, inputs, plan, device, counter, started, log.warnings)
    pixels = int(counter.pixels_K.sum())
    if not pixels:
        emit(
            warning("No pixel was classified: the raster has no data inside the area and extent of the map.")
        )
    written = {name: getattr(job, name) for name in ("output", "polygons", "summary", "json")}
    return {**written, "pixels": pixels}


def _write_maps(
    job: ClassifyJob,
    inputs: Inputs,
    plan: Plan,
    device: Device,
    maps: Maps,
    counter: ClassCounter,
    journal: Journal,
    emit: Emit,
) -> None:
    """Compute the windows that no earlier run has finished, and write all windows into the maps."""
    source, area, classes = inputs.source, inputs.area, inputs.models[0].card.classes
    frame = frame_of(0, source.grid, area.window)
    # GDAL's cache may write a file's blocks in the thread that writes another: two threads could wait for
    # each other.
    sinks: list[Sink] = [InTurns(maps.writers), counter]
    classifier = Classifier(
        plan.ensemble, source, area.inside, [*sinks, journal], len(classes), frame, device, emit
    )
    drop_stale(journal, source, classifier, emit)
    with contextlib.ExitStack() as outputs:
        for writer in maps.writers:
            outputs.enter_context(writer)
        left = _unfinished(plan, journal)
        emit(classes_of(classes))
        emit(frame)
        _replay(journal, sinks, frame, len(classes), emit)
        done_px = area.window.pixels - sum(tile.pixels for tile in left)
        classifier.run(left, plan.multiple_px, done_px)
        complete(job, maps, lineage_of(job, inputs, plan, device), emit)


def _unfinished(plan: Plan, journal: Journal) -> list[Window]:
    """The windows of the plan that no earlier run has finished."""
    finished = set(journal.finished)
    all_px = sum(tile.pixels for tile in plan.tiles)
    least_px = min((window.pixels for window in finished), default=all_px)
    return [part for tile in plan.tiles for part in _parts_left(tile, finished, plan.multiple_px, least_px)]


def _parts_left(tile: Window, finished: set[Window], multiple_px: int, least_px: int) -> list[Window]:
    """The whole tile if nothing of it is finished, else the rest of it.

    Where memory ran out, an earlier run has halved its windows, down to ``least_px`` pixels.
    """
    if tile in finished:
        return []
    smaller = halve_tile(tile, multiple_px) if tile.pixels > least_px else []
    left = [part for half in smaller for part in _parts_left(half, finished, multiple_px, least_px)]
    return [tile] if left == smaller else left


def _replay(journal: Journal, sinks: Sequence[Sink], frame: Frame, classes: int, emit: Emit) -> None:
    """Write the windows that earlier runs have finished into this run's outputs, and show them."""
    done_px, total_px = 0, frame.width * frame.height
    for part in journal.parts():
        for sink in sinks:
            sink.write(part)
        done_px += part.window.pixels
        emit(tile_of(frame, part.window, classes, part.ids_HW, part.valid_HW))
        emit(Progress(done_px, total_px, "px"))

"""Estimate: measures on a job's own data what a Train or Classify job would take. Nothing is written."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

import numpy as np
import torch

from .. import labels, raster
from ..compute.device import Device
from ..compute.transfer import pin, to_device
from ..core.windows import Window
from ..files.atomic import check_outputs
from ..models import FittedNetwork
from ..protocol import ClassifyJob, Emit, EngineError, EstimateJob, Event, Log, TrainJob, parse_job
from ..training.memory import bytes_of_pixel, fixed_bytes
from ..training.sampler import WindowSampler
from ..training.schedule import steps_per_epoch, validation_steps
from ..training.setup import TrainingSetup
from .classify.plan import Chosen, Plan, open_inputs, plan_classification
from .common import start
from .train.prepare import prepared

_VIEWS = 8
"""Orientations in which a window is computed for AUGMENT."""
_TRY_S, _LEAST_SIDE_PX = 1.0, 128
"""Seconds that the measured part of a window may take, and the smallest side in pixels that is measured even
if it takes longer.
"""
_SAMPLED_WINDOWS = 64
"""The largest number of windows that are checked for pixels that have to be computed."""
_STEPS = 3
"""Number of training steps. The first is not timed: it prepares what the others use."""


def estimate(job: EstimateJob, emit: Emit) -> dict[str, Any]:
    """Number of windows or patches, memory in bytes and time in seconds of the job in ``job.wanted``."""
    wanted = parse_job(job.wanted)
    check_outputs(wanted)
    if isinstance(wanted, ClassifyJob):
        return _classification(wanted, emit)
    if isinstance(wanted, TrainJob):
        return _training(wanted, emit)
    raise EngineError(
        "bad_job",
        "A {kind} job cannot be estimated.",
        "Estimate a train or a classify job.",
        kind=wanted.kind,
    )


def _classification(job: ClassifyJob, emit: Emit) -> dict[str, Any]:
    device = start(job.device, emit)
    with open_inputs(job, emit) as inputs:
        plan = plan_classification(job, inputs, device, Chosen(), emit)
        share = _share_to_compute(plan.tiles, inputs.source, inputs.area)
        expected_s = sum(model.cost.seconds for model in plan.models) * (_VIEWS if job.augment else 1)
        pixel_s = _seconds_per_pixel(plan, inputs.source, expected_s, device)
    windows = [plan.ensemble.window(tile) for tile in plan.tiles]
    largest_px = max(window.pixels for window in windows)
    return {
        "precision": plan.precision,
        "windows": plan.windows,
        "memory_bytes": round(largest_px * max(model.cost.bytes for model in plan.models)),
        "estimated_s": share * sum(window.pixels for window in windows) * pixel_s,
    }


@torch.inference_mode()
def _seconds_per_pixel(plan: Plan, source: raster.Source, expected_s: float, device: Device) -> float:
    """Seconds per pixel, measured on a window of the raster that is computed as the run will compute it.

    A pixel takes about ``expected_s``: if a whole window would take too long, a part of it is computed.
    """
    tile = plan.tiles[len(plan.tiles) // 2]
    wished_px = max(_LEAST_SIDE_PX, int((_TRY_S / expected_s) ** 0.5))
    multiple_px = plan.multiple_px
    side_px = max(1, min(tile.width, tile.height, wished_px) // multiple_px) * multiple_px
    part = Window(tile.x, tile.y, min(side_px, tile.width), min(side_px, tile.height))
    window = plan.ensemble.window(part)
    image_1CHW, valid_1HW = (to_device(pin(array, device), device)[None] for array in source.read(window))
    times_s = []
    for _ in range(2):  # the first pass also prepares what the next one uses
        started = time.monotonic()
        plan.ensemble.probabilities(image_1CHW, valid_1HW, window, part, True)
        device.wait()
        times_s.append(time.monotonic() - started)
    return min(times_s) / window.pixels


def _share_to_compute(tiles: Sequence[Window], source: raster.Source, area: labels.AreaOfInterest) -> float:
    """The share of the windows that have something to compute; if there are many, a sample is counted."""
    some = tiles[:: -(-len(tiles) // _SAMPLED_WINDOWS)]
    return sum(not source.is_empty(tile) and bool(area.inside(tile).any()) for tile in some) / len(some)


def _training(job: TrainJob, emit: Emit) -> dict[str, Any]:
    device = start(job.device, emit)

    def only_warnings(event: Event) -> None:
        if isinstance(event, Log) and event.warning:
            emit(event)

    with prepared(job, device, only_warnings) as plan:
        setup = plan.setup
        recipe = setup.settings.recipe
        values: dict[str, Any] = {"device": device.name, "patches": f"{recipe.batch} × {recipe.patch_px} px"}
        if isinstance(setup.network, FittedNetwork):
            return values
        sampler = setup.sampler()
        steps = steps_per_epoch(setup.split, sampler, recipe)
        epoch_steps = steps + validation_steps(setup.split.validation_px, recipe)
        epoch_s = epoch_steps * _seconds_per_step(setup, sampler)
        side_px = recipe.patch_px + 2 * setup.network.margin_px
        at_once = recipe.batch / setup.settings.accumulation_steps
        pixel_bytes = bytes_of_pixel(setup.network, setup.images.sources[0].bands, device)
        memory_bytes = fixed_bytes(setup.network) + at_once * side_px**2 * pixel_bytes
    limit_s = job.minutes * 60 or float("inf")
    return {
        **values,
        "patches_per_epoch": steps * recipe.batch,
        "epochs": max(1, min(recipe.epochs, int(limit_s / epoch_s) if job.minutes else recipe.epochs)),
        "epoch_s": epoch_s,
        "memory_bytes": round(memory_bytes),
        "estimated_s": min(recipe.epochs * epoch_s, limit_s),
    }


def _seconds_per_step(setup: TrainingSetup, sampler: WindowSampler) -> float:
    """Seconds per step, reading included, measured on real steps whose results are thrown away."""
    device, batch = setup.device, setup.settings.recipe.batch
    rng, learner, started = np.random.default_rng(setup.settings.seed), setup.learner(), 0.0
    with setup.prefetcher() as reader:
        windows = (sampler.draw(batch, rng) for _ in range(_STEPS))
        for number, one in enumerate(reader.map(windows)):
            if number == 1:
                device.wait()
                started = time.monotonic()
            learner.backward(one)
            learner.step(setup.settings.recipe.learning_rate)
        device.wait()
    return (time.monotonic() - started) / (_STEPS - 1)

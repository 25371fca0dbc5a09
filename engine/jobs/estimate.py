"""Estimate: what a Train or Classify job would take, measured on its own data. Nothing is written."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Sequence
from itertools import repeat
from typing import Any

import numpy as np
import torch

from .. import labels, raster
from ..compute.device import Device
from ..core.prefetch import Prefetcher
from ..core.windows import Window
from ..files.atomic import check_outputs
from ..models import FittedNetwork
from ..protocol import ClassifyJob, Emit, EngineError, EstimateJob, Event, Log, TrainJob, parse_job
from ..training import trainer
from ..training.learner import Learner
from ..training.memory import bytes_of_pixel, fixed_bytes
from ..training.sampler import WindowSampler
from ..training.schedule import validation_steps
from .classify.plan import Chosen, Plan, open_inputs, plan_classification
from .common import start
from .train.run import prepare

_VIEWS = 8
"""Of a window, where it is augmented."""
_TRY_S, _LEAST_SIDE_PX = 1.0, 128
"""What computing a part of a window may take, and how small it may be all the same."""
_LOOKED_AT = 64
"""Windows of an area of which it is asked whether anything of them has to be computed."""
_STEPS = 3
"""Of training, of which the first does not count: much is made only then."""


def estimate(job: EstimateJob, emit: Emit) -> dict[str, Any]:
    """Windows or patches, memory in bytes, and seconds, of the job within."""
    wanted = parse_job(job.wanted)
    check_outputs(wanted)
    if isinstance(wanted, ClassifyJob):
        return _classification(wanted, emit)
    if isinstance(wanted, TrainJob):
        return _training(wanted, emit)
    raise EngineError(
        "bad_job", f"A {wanted.kind} job cannot be estimated.", "Estimate a train or a classify job."
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

    A pixel takes about ``expected_s``: where a whole window would take too long, a part of it is computed.
    """
    tile = plan.tiles[len(plan.tiles) // 2]
    wished_px = max(_LEAST_SIDE_PX, int((_TRY_S / expected_s) ** 0.5))
    multiple_px = plan.multiple_px
    side_px = max(1, min(tile.width, tile.height, wished_px) // multiple_px) * multiple_px
    part = Window(tile.x, tile.y, min(side_px, tile.width), min(side_px, tile.height))
    window = plan.ensemble.window(part)
    image_1CHW, valid_1HW = (device.receive(device.staged(array))[None] for array in source.read(window))
    times_s = []
    for _ in range(2):  # the first one makes what the others find
        started = time.monotonic()
        plan.ensemble.probabilities(image_1CHW, valid_1HW, window, part, True)
        device.wait()
        times_s.append(time.monotonic() - started)
    return min(times_s) / window.pixels


def _share_to_compute(tiles: Sequence[Window], source: raster.Source, area: labels.AreaOfInterest) -> float:
    """The share of the windows in which anything has to be computed, by a sample where there are many."""
    some = tiles[:: -(-len(tiles) // _LOOKED_AT)]
    return sum(not source.is_empty(tile) and bool(area.inside(tile).any()) for tile in some) / len(some)


def _training(job: TrainJob, emit: Emit) -> dict[str, Any]:
    device = start(job.device, emit)

    def warnings_alone(event: Event) -> None:
        if isinstance(event, Log) and event.warning:
            emit(event)

    with contextlib.ExitStack() as stack:
        task = prepare(job, device, stack, warnings_alone).task
        recipe = task.settings.recipe
        values: dict[str, Any] = {"device": device.name, "patches": f"{recipe.batch} × {recipe.patch_px} px"}
        if isinstance(task.network, FittedNetwork):
            return values
        sampler = _sampler(task)
        steps = trainer.steps_per_epoch(task.parts, sampler, recipe)
        epoch_s = (steps + validation_steps(task.parts.validated_px, recipe)) * _seconds_per_step(
            task, sampler, stack
        )
        side_px = recipe.patch_px + 2 * task.network.margin_px
        at_once = recipe.batch / task.settings.pieces
        pixel_bytes = bytes_of_pixel(task.network, task.pairs.sources[0].bands, device)
        memory_bytes = fixed_bytes(task.network) + at_once * side_px**2 * pixel_bytes
    limit_s = job.minutes * 60 or float("inf")
    return {
        **values,
        "patches_per_epoch": steps * recipe.batch,
        "epochs": max(1, min(recipe.epochs, int(limit_s / epoch_s) if job.minutes else recipe.epochs)),
        "epoch_s": epoch_s,
        "memory_bytes": round(memory_bytes),
        "estimated_s": min(recipe.epochs * epoch_s, limit_s),
    }


def _sampler(task: trainer.TrainingSetup) -> WindowSampler:
    recipe = task.settings.recipe
    return WindowSampler(
        task.parts, task.pairs.sizes, recipe.patch_px, task.pairs.margin_px, recipe.sampling, recipe.grid_px
    )


def _seconds_per_step(
    task: trainer.TrainingSetup, sampler: WindowSampler, stack: contextlib.ExitStack
) -> float:
    """Of steps that are really made, reading included; what is learnt in them is thrown away."""
    recipe, source, rng = (
        task.settings.recipe,
        task.pairs.sources[0],
        np.random.default_rng(task.settings.seed),
    )
    how = task.device, task.settings.seed, task.emit, task.settings.pieces
    learner = Learner(task.network, task.scaling, recipe, task.parts.shares, *how, source.extra_bands)
    reader = stack.enter_context(Prefetcher(*task.data.reads(task.device, stack)))
    started = 0.0
    for number, batch in enumerate(
        reader.each(sampler.draw(recipe.batch, rng) for _ in repeat(None, _STEPS))
    ):
        if number == 1:
            task.device.wait()
            started = time.monotonic()
        learner.step(batch, 0.0)
    task.device.wait()
    return (time.monotonic() - started) / (_STEPS - 1)

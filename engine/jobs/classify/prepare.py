"""Makes a model ready to classify a raster: picks its pixel size and its backend.

Legend: B batch, C bands, H height, W width.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from torch import Tensor

from ... import raster
from ...classification import backends
from ...classification.backends import WORTH_PX, WORTH_S, Backend, autotune, autotune_on_scene
from ...classification.predictor import Predictor
from ...classification.tile_budget import Cost, max_batch_px, measure_cost
from ...classification.tiling import BLOCK_PX
from ...compute.device import Device
from ...compute.transfer import pin, to_device
from ...core import cache
from ...core.windows import Window
from ...model_files.model_file import ModelCard
from ...protocol import ClassifyJob, Emit, EngineError, info
from .models import Model

_SAME_SIZE = 1.25
"""Pixels larger or smaller than those of the training by no more than this factor are not resampled."""
_MOST_TIMES_COARSER = 32
"""The largest ratio of pixel sizes: a pixel that covers a thousand pixels of the training images shows
nothing that the model has learnt, and needs their memory.
"""
_MOST_WINDOW_PX = 2**26
_SAMPLE_PX, _GPU_SAMPLE_PX = 1024, 2048
_SAMPLE_PLACES = ((1 / 2, 1 / 2), (1 / 4, 1 / 4), (3 / 4, 3 / 4), (1 / 4, 3 / 4), (3 / 4, 1 / 4))


@dataclass(frozen=True)
class ReadyModel:
    """A model that is ready to be computed, and the cost of one pixel of the raster."""

    backend: Backend
    predictor: Predictor
    cost: Cost


def prepare_model(
    job: ClassifyJob,
    model: Model,
    source: raster.Source,
    window: Window,
    device: Device,
    chosen: Mapping[str, str],
    emit: Emit,
) -> ReadyModel:
    """Prepare ``model`` to classify ``window`` of ``source``.

    ``chosen`` holds the precision of models for which it was decided before, by the SHA-256 of their files.
    """
    scale = _scale(job, model.card, source.grid, emit)
    precision = chosen.get(model.sha256, job.precision)
    backend = _backend(job, model, source, window, device, precision, emit)
    pixel_cost: Cost = cache.get_or_make(
        "cost", (*model.key, backend.name, device.name), lambda: measure_cost(backend, device, source.bands)
    )
    predictor = Predictor(
        backend.network,
        model.normalisation,
        backend,
        augment=job.augment,
        blend={"auto": None, "on": True, "off": False}[job.blend],
        scale=scale,
        raster=source.grid.window,
        max_batch_px=max_batch_px(pixel_cost, device),
    )
    if predictor.window(Window(0, 0, BLOCK_PX, BLOCK_PX)).pixels > _MOST_WINDOW_PX:
        raise EngineError(
            "too_fine",
            "The pixels of {image} are so much smaller than those that {model} was trained on that one "
            "window would hold too many of them.",
            "Resample the raster to the pixel size of the training, or set RESOLUTION to as_raster.",
            image=job.image,
            model=model.path,
        )
    values = source.bands + len(model.card.classes)
    return ReadyModel(backend, predictor, pixel_cost.resampled(1 / (scale[0] * scale[1]), values))


def _backend(
    job: ClassifyJob,
    model: Model,
    source: raster.Source,
    window: Window,
    device: Device,
    precision: str,
    emit: Emit,
) -> Backend:
    """The backend for a precision.

    For ``auto`` it is the fastest one whose labels agree with those of 32 bits: on a window of the raster, or
    for a small raster on a made-up scene. So it depends on the raster, the model and the machine alone, and
    the small rasters of a batch can share one trial.
    """
    if precision != "auto":
        return model.weights.backend(precision, device)
    key = (*model.key, device.name)
    rate: float = cache.get_or_make("rate", key, lambda: backends.rate(model.weights, device))
    if window.pixels >= WORTH_S * rate:
        sample = partial(_sample, model, source, window, device)
        return autotune(model.weights, device, rate, window.pixels, sample, emit)
    if window.pixels < WORTH_PX or len(model.weights.backend_names(device)) == 1:
        return model.weights.backend("fp32", device)
    trial = partial(autotune_on_scene, model.weights, device, rate, emit)
    name = cache.get_or_make("precision", key, lambda: trial().name)
    emit(
        info(
            "Computes in {precision}, as all small rasters with this model on this computer: a test for "
            "each of them would take longer than it saves.",
            precision=name,
        )
    )
    return model.weights.backend(name, device)


def _sample(model: Model, source: raster.Source, window: Window, device: Device) -> Tensor:
    """A normalised ``image_1CHW`` from the first of a few places in ``window`` that has data."""
    network = model.network
    most_px = _GPU_SAMPLE_PX if device.is_async else _SAMPLE_PX
    side_px = network.valid_size(min(most_px, max(window.width, window.height))) + 2 * network.margin_px
    image_CHW = np.zeros((source.bands, side_px, side_px), source.dtype)
    valid_HW = np.zeros((side_px, side_px), bool)
    for x, y in _SAMPLE_PLACES:
        left = window.x + int(x * window.width) - side_px // 2
        top = window.y + int(y * window.height) - side_px // 2
        try:
            image_CHW, valid_HW = source.read(Window(left, top, side_px, side_px))
        except EngineError as error:
            if error.code != "unreadable":  # reported when the map gets there, and all before is done
                raise
        if valid_HW.any():
            break
    image_1CHW, valid_1HW = (to_device(pin(array, device), device)[None] for array in (image_CHW, valid_HW))
    return model.normalisation.apply(image_1CHW, valid_1HW)


def _scale(job: ClassifyJob, card: ModelCard, grid: raster.Grid, emit: Emit) -> tuple[float, float]:
    """Number of the raster's pixels that are as long as one of the training's, across and down.

    It is 1 if the raster is not resampled.
    """
    here, trained = grid.pixel_size_m(), card.pixel_size_m
    if job.resolution == "as_raster" or not here or not trained:
        if job.resolution == "as_trained":
            raise EngineError(
                "no_pixel_size",
                "The pixel size on the ground is unknown: the raster or the training images have no CRS.",
                "Assign the raster's CRS, or set RESOLUTION to as_raster.",
            )
        return 1.0, 1.0
    scale = (trained[0] / here[0], trained[1] / here[1])
    if max(max(s, 1 / s) for s in scale) <= (1.0 if job.resolution == "as_trained" else _SAME_SIZE):
        return 1.0, 1.0
    sizes: dict[str, Any] = {"x": here[0], "y": here[1], "trained_x": trained[0], "trained_y": trained[1]}
    if 1 / min(scale) > _MOST_TIMES_COARSER:
        raise EngineError(
            "too_coarse",
            "Pixels of {image} are {x:.3g} × {y:.3g} m, in training they were {trained_x:.3g} × "
            "{trained_y:.3g} m: the objects that the model has learnt cannot be seen at this pixel size.",
            "Choose a model for such images, or set RESOLUTION to as_raster.",
            image=job.image,
            **sizes,
        )
    emit(
        info(
            "Pixels are {x:.3g} × {y:.3g} m, in training they were {trained_x:.3g} × {trained_y:.3g} m. "
            "The raster is resampled to the pixel size of the training and classified, and the result is "
            "resampled back.",
            **sizes,
        )
    )
    return scale

"""Loads the models of a Classify job, checks that their classes agree, and picks precision and pixel size for
each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from torch import Tensor

from ... import raster
from ...classification import backends
from ...classification.backends import WORTH_S, Backend, PreparedNetwork, autotune
from ...classification.predictor import Predictor
from ...classification.tile_budget import Cost, at_once_px, cost
from ...classification.tiling import BLOCK_PX
from ...compute.device import Device
from ...compute.normalisation import Normalisation
from ...core import cache
from ...core.legend import LegendClass
from ...core.windows import Window
from ...model_files.model_file import ModelCard
from ...models import Network
from ...protocol import ClassifyJob, Emit, EngineError, Log
from ..common import load_model, model_key

_SAME_SIZE = 1.25
"""Pixels up to so much larger or smaller than those of the training are taken as they are."""
_MOST_TIMES_COARSER = 32
"""A pixel that holds a thousand of those of the training shows nothing of what was learnt, and takes their
memory.
"""
_MOST_WINDOW_PX = 2**26
_SAMPLE_PX, _GPU_SAMPLE_PX = 1024, 2048
_LEAST_SAMPLE_PX = 256**2
"""In a smaller sample, a thousandth of the pixels is too few to compare."""
_SAMPLE_PLACES = ((1 / 2, 1 / 2), (1 / 4, 1 / 4), (3 / 4, 3 / 4), (1 / 4, 3 / 4), (3 / 4, 1 / 4))


class Settled(Protocol):
    """Remembers what was chosen by measuring, so that a run that goes on chooses the same."""

    def settled(self, name: str) -> Any: ...

    def settle(self, name: str, value: Any) -> Any: ...


@dataclass(frozen=True)
class Model:
    """An open model file, and its key in the cache of an engine that serves several jobs."""

    path: str
    key: tuple[str | int, ...]
    card: ModelCard
    weights: PreparedNetwork
    again: bool
    """Whether this engine has classified by it before."""

    @property
    def network(self) -> Network:
        return self.weights.network

    @property
    def scaling(self) -> Normalisation:
        return Normalisation(tuple(b.mean for b in self.card.bands), tuple(b.std for b in self.card.bands))


@dataclass(frozen=True)
class Ready:
    """A model that can be computed, and what that costs for one pixel of the raster."""

    way: Backend
    predictor: Predictor
    cost: Cost


def load_models(paths: Sequence[str]) -> list[Model]:
    """The models at ``paths``. `EngineError` where their classes differ: probabilities of other classes
    cannot be averaged.
    """
    models = [_load(path) for path in paths]
    first = models[0]
    for model in models:
        if _named(model.card.classes) != _named(first.card.classes):
            theirs, ours = (
                ", ".join(f"{value} {name}" for value, name in _named(m.card.classes)) for m in (model, first)
            )
            raise EngineError(
                "classes_differ",
                f"{model.path} knows the classes {theirs}; {first.path} knows {ours}.",
                "Choose models of the same classes, trained on the same legend.",
            )
    return models


def _load(path: str) -> Model:
    """The model at ``path``; the last ones are kept, ready for every way."""

    def make() -> tuple[ModelCard, PreparedNetwork]:
        card, network = load_model(path)
        return card, PreparedNetwork(network, len(card.bands))

    key = model_key(path)
    again = cache.has("model", key)
    return Model(path, key, *cache.kept("model", key, make), again)


def _named(classes: Sequence[LegendClass]) -> list[tuple[int, str]]:
    return [(c.value, c.name) for c in classes]


def make_ready(
    job: ClassifyJob,
    model: Model,
    source: raster.Source,
    window: Window,
    device: Device,
    journal: Settled,
    emit: Emit,
) -> Ready:
    """Prepare ``model`` to classify ``window`` of ``source``. A resumed run takes the precision of the run
    that it resumes.
    """
    scale = _scale(job, model.card, source.grid, emit)
    settled = f"precision of {model.path}"
    way = _way(job, model, source, window, device, journal.settled(settled) or job.precision, emit)
    journal.settle(settled, way.name)
    blend = {"auto": None, "on": True, "off": False}[job.blend]
    price: Cost = cache.kept(
        "cost", (*model.key, way.name, device.name), lambda: cost(way, device, source.bands)
    )
    how: dict[str, Any] = {
        "augment": job.augment,
        "blend": blend,
        "scale": scale,
        "at_once_px": at_once_px(price, device),
    }
    predictor = Predictor(way.network, model.scaling, way, raster=source.grid.window, **how)
    if predictor.window(Window(0, 0, BLOCK_PX, BLOCK_PX)).pixels > _MOST_WINDOW_PX:
        raise EngineError(
            "too_fine",
            f"{job.image} is so much finer than what {model.path} was trained on that one window holds too many pixels.",
            "Resample the raster to the pixel size of the training, or set RESOLUTION to as_raster.",
        )
    values = source.bands + len(model.card.classes)
    return Ready(way, predictor, price.resampled(1 / (scale[0] * scale[1]), values))


def _way(
    job: ClassifyJob,
    model: Model,
    source: raster.Source,
    window: Window,
    device: Device,
    precision: str,
    emit: Emit,
) -> Backend:
    """The way asked for. Automatic: a large raster has a trial of its own, the small ones of a batch share
    one.

    For the first small one it would not be worth it, as nobody knows of others to come.
    """
    key = (*model.key, device.name)

    def trial() -> str:
        return autotune(
            model.weights, device, rate, window.pixels, lambda: _sample(model, source, window, device), emit
        ).name

    if precision == "auto":
        rate: float = cache.kept("rate", key, lambda: backends.rate(model.weights, device))
        if window.pixels >= WORTH_S * rate:
            precision = trial()
        elif model.again and window.pixels >= _LEAST_SAMPLE_PX:
            precision = cache.kept("precision", key, trial)
        else:
            precision = "fp32"
    return model.weights.way(precision, device)


def _sample(model: Model, source: raster.Source, window: Window, device: Device) -> Tensor:
    """A scaled window of the raster that has data, if one of a few places has."""
    network = model.network
    most_px = _GPU_SAMPLE_PX if device.is_async else _SAMPLE_PX
    side_px = network.valid_size(min(most_px, max(window.width, window.height))) + 2 * network.margin_px
    image_CHW = np.zeros((source.bands, side_px, side_px), source.dtype)
    valid_HW = np.zeros((side_px, side_px), bool)
    for x, y in _SAMPLE_PLACES:
        left, top = (
            window.x + int(x * window.width) - side_px // 2,
            window.y + int(y * window.height) - side_px // 2,
        )
        try:
            image_CHW, valid_HW = source.read(Window(left, top, side_px, side_px))
        except EngineError as error:
            if error.code != "unreadable":  # told when the map gets there, and all before is done
                raise
        if valid_HW.any():
            break
    image_1CHW, valid_1HW = (device.receive(device.staged(array))[None] for array in (image_CHW, valid_HW))
    return model.scaling.apply(image_1CHW, valid_1HW)


def _scale(job: ClassifyJob, card: ModelCard, grid: raster.Grid, emit: Emit) -> tuple[float, float]:
    """How many pixels of the raster one of the training is long, across and down; 1 where they are to be
    taken alike.
    """
    here, trained = grid.pixel_size_m(), card.pixel_size_m
    if job.resolution == "as_raster" or not here or not trained:
        if job.resolution == "as_trained":
            message = (
                "The pixel size on the ground is unknown: the raster or the training images have no CRS."
            )
            raise EngineError(
                "no_pixel_size", message, "Assign the raster's CRS, or set RESOLUTION to as_raster."
            )
        return 1.0, 1.0
    scale = (trained[0] / here[0], trained[1] / here[1])
    if max(max(s, 1 / s) for s in scale) <= (1.0 if job.resolution == "as_trained" else _SAME_SIZE):
        return 1.0, 1.0
    sizes = [f"{x:.3g} × {y:.3g} m" for x, y in (here, trained)]
    if 1 / min(scale) > _MOST_TIMES_COARSER:
        raise EngineError(
            "too_coarse",
            f"Pixels of {job.image} are {sizes[0]}, in training they were {sizes[1]}: nothing of what was learnt can be seen.",
            "Choose a model for such images, or set RESOLUTION to as_raster.",
        )
    emit(
        Log(
            f"Pixels are {sizes[0]}, in training they were {sizes[1]}: classified at those, and brought back."
        )
    )
    return scale

"""The plan of a classification, made before its first window, for the run itself and for estimates."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from ... import labels, raster
from ...classification import tile_budget
from ...classification.input_check import warn_distribution_shift
from ...classification.predictor import Ensemble
from ...classification.tiling import plan_tiles
from ...compute.device import Device
from ...core.windows import Window
from ...protocol import ClassifyJob, Emit, Message, info, message
from ..common import Expected, require_fit
from .models import Model, load_models
from .prepare import ReadyModel, prepare_model


@dataclass(frozen=True)
class Inputs:
    """The open raster, the area of it to classify, and the models."""

    source: raster.Source
    area: labels.AreaOfInterest
    models: Sequence[Model]


@dataclass(frozen=True)
class Chosen:
    """The choices that a run makes by measuring. A run that resumes it must make the same ones."""

    precision: Mapping[str, str] = field(default_factory=dict)
    """The precision of each model, by the SHA-256 of its file."""
    max_tile_px: int = 0
    """Number of pixels of the largest window, context included; 0 if not decided yet."""


@dataclass(frozen=True)
class Plan:
    """The models ready to be computed, and the windows to compute: ``tiles`` in the raster's pixels."""

    models: Sequence[ReadyModel]
    ensemble: Ensemble
    multiple_px: int
    """Sides of windows that all models accept are multiples of this."""
    tiles: Sequence[Window]
    chosen: Chosen

    @property
    def precision(self) -> str:
        return ", ".join(model.backend.name for model in self.models)

    @property
    def windows(self) -> Message:
        """Number and size of the windows, in words."""
        largest = max(self.tiles, key=lambda tile: tile.pixels)
        return message(
            "{count} of at most {width} × {height} px",
            count=len(self.tiles),
            width=largest.width,
            height=largest.height,
        )


@contextlib.contextmanager
def open_inputs(job: ClassifyJob, emit: Emit) -> Iterator[Inputs]:
    """Open the models, the raster and the area of ``job`` while the block runs, and check that they fit."""
    models = load_models(job.models)
    with (
        raster.open_stack(job.image, job.extra, emit) as source,
        labels.AreaOfInterest.open(source.grid, job.area, job.extent, emit) as area,
    ):
        inputs = Inputs(source, area, models)
        _check_inputs(job, inputs, emit)
        yield inputs


def _check_inputs(job: ClassifyJob, inputs: Inputs, emit: Emit) -> None:
    """Raise `EngineError` if the raster does not suit the models; log everything else that may be wrong."""
    source, models = inputs.source, inputs.models
    raster.require_areas(job.image, source.grid, job.minimum_area_m2 if job.polygons else 0)
    for card in (model.card for model in models):
        bands = tuple(band.name for band in card.bands)
        require_fit(source, Expected(bands, card.dtype, None, message("the model was trained on")), emit)
    if job.resolution == "auto":
        unknown = [model.path for model in models if not model.card.pixel_size_m]
        if not source.grid.pixel_size_m():
            emit(
                info(
                    "{image} has no coordinate reference system, so its pixel size cannot be compared with "
                    "that of the training. It is classified as if both pixel sizes were the same.",
                    image=source.name,
                )
            )
        elif unknown:
            emit(
                info(
                    "The images that {model} was trained on have no coordinate reference system, so their "
                    "pixel size cannot be compared with the raster's. It is classified as if both pixel "
                    "sizes were the same.",
                    model=unknown[0],
                )
            )
    normalisations = {model.path: model.normalisation for model in models}
    warn_distribution_shift(source, normalisations, emit, inputs.area.window)


def plan_classification(
    job: ClassifyJob, inputs: Inputs, device: Device, previous: Chosen, emit: Emit
) -> Plan:
    """Make the models ready, and cut the area into windows; choices in ``previous`` are not made again."""
    source, window = inputs.source, inputs.area.window
    models = [
        prepare_model(job, model, source, window, device, previous.precision, emit) for model in inputs.models
    ]
    ensemble = Ensemble([model.predictor for model in models])
    multiple_px = max(model.network.multiple_px for model in inputs.models)
    max_tile_px = previous.max_tile_px or tile_budget.max_tile_px(
        [model.cost for model in models],
        device,
        source.bands,
        np.dtype(source.dtype).itemsize,
        ensemble.halo_px,
        window.pixels,
    )
    precision = {model.sha256: ready.backend.name for model, ready in zip(inputs.models, models)}
    return Plan(
        models=models,
        ensemble=ensemble,
        multiple_px=multiple_px,
        tiles=plan_tiles(window, ensemble.halo_px, multiple_px, max_tile_px, job.tile_px),
        chosen=Chosen(precision, max_tile_px),
    )

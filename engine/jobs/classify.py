"""Classify: a raster and a model in, a class map out."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch

from .. import classifier, model_file, raster, scaling
from ..legend import map_nodata
from ..models import build_model
from ..protocol import ClassifyJob, EngineError, Log
from .common import Emit, start

_PIXEL_SIZE_TOLERANCE = 1.25


def classify(job: ClassifyJob, emit: Emit) -> dict[str, Any]:
    """Write the class map of one raster by one model."""
    device = start(job.device, emit)
    card, weights = model_file.load(job.model)
    with torch.device("meta"):  # the weights come from the file; what a card claims costs no memory
        network = build_model(card.network, len(card.bands), len(card.classes), **card.options)
    model_file.put_weights(job.model, network, weights)
    nodata = map_nodata(card.classes)
    values_K = np.array([c.value for c in card.classes], np.uint8 if nodata == 255 else np.uint16)
    bands = scaling.Scaling(tuple(b.mean for b in card.bands), tuple(b.std for b in card.bands))
    with raster.RasterFile.open(job.image) as source:
        _fits(card, source, emit)
        with raster.ClassMapWriter(job.output, source.grid, card.classes) as writer:
            pixels = classifier.classify(network, bands, values_K, nodata, source, writer, device, job.tile_px, emit)
    return {"output": job.output, "pixels": pixels}


def _fits(card: model_file.ModelCard, source: raster.Source, emit: Emit) -> None:
    """`EngineError` where the raster's bands are not the model's; a warning where they may not be."""
    expected = [band.name for band in card.bands]
    if source.bands != len(expected):
        raise EngineError(
            "bands_differ",
            f"{source.name} has {source.bands} bands; the model was trained on {len(expected)} ({', '.join(expected)}).",
            "Classify a raster with the same bands, or train a model on this one's.",
        )
    if list(source.band_names) != expected and sorted(source.band_names) == sorted(expected):
        raise EngineError(
            "band_order",
            f"The bands of {source.name} are {', '.join(source.band_names)}; the model was trained on {', '.join(expected)}.",
            "Reorder the bands, for example with the tool Rearrange bands.",
        )
    if source.dtype != card.dtype:
        emit(
            Log(
                f"{source.name} holds {source.dtype}, the model was trained on {card.dtype}: check that values mean the same.",
                warning=True,
            )
        )
    here = source.grid.pixel_size_m()
    if here and card.pixel_size_m:
        ratio = max(max(a / b, b / a) for a, b in zip(here, card.pixel_size_m))
        if ratio > _PIXEL_SIZE_TOLERANCE:
            sizes = [f"{x:.3g} × {y:.3g} m" for x, y in (here, card.pixel_size_m)]
            emit(
                Log(
                    f"Pixels are {sizes[0]}, the model was trained on {sizes[1]}: resample the raster for a better map.",
                    warning=True,
                )
            )

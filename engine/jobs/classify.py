"""Classify: a raster and a model in, a class map out."""

from __future__ import annotations

from typing import Any

import numpy as np

from .. import classifier, raster, scaling
from ..legend import map_nodata
from ..protocol import ClassifyJob
from .common import Emit, Expected, load_model, require_fit, start


def classify(job: ClassifyJob, emit: Emit) -> dict[str, Any]:
    """Write the class map of one raster by one model."""
    device = start(job.device, emit)
    card, network = load_model(job.model)
    nodata = map_nodata(card.classes)
    values_K = np.array([c.value for c in card.classes], np.uint8 if nodata == 255 else np.uint16)
    bands = scaling.Scaling(tuple(b.mean for b in card.bands), tuple(b.std for b in card.bands))
    with raster.RasterFile.open(job.image) as source:
        expected = Expected(tuple(band.name for band in card.bands), card.dtype, card.pixel_size_m, "the model was trained on")
        require_fit(source, expected, emit)
        with raster.ClassMapWriter(job.output, source.grid, card.classes) as writer:
            pixels = classifier.classify(network, bands, values_K, nodata, source, writer, device, job.tile_px, emit)
    return {"output": job.output, "pixels": pixels}

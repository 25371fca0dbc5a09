"""The maps that a classification writes, the polygons made of them, and the metadata beside each."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from ... import raster
from ...compute.device import Device
from ...core.clock import now_iso
from ...core.legend import LegendClass
from ...files.atomic import check_apart, temporary_folder
from ...files.qgis_metadata import Provenance, UsedModel, source_name
from ...metrics.confusion import Metrics
from ...model_files.model_file import has_sound_record
from ...protocol import ClassifyJob, Emit, choice
from ..versions import versions
from .models import Model
from .plan import Inputs, Plan


@dataclass(frozen=True)
class Maps:
    """The writers of the rasters that a job asks for or needs."""

    classes: raster.ClassMapWriter
    probabilities: raster.ProbabilityWriter | None
    confidence: raster.ConfidenceWriter | None
    """The writer of the map of confidence: of the one asked for, or of a temporary one that the polygons
    need.
    """

    @property
    def writers(self) -> list[raster.TiffWriter]:
        return [writer for writer in (self.classes, self.probabilities, self.confidence) if writer]


@contextlib.contextmanager
def confidence_path(job: ClassifyJob) -> Iterator[str]:
    """Path of the map of confidence, or "". Polygons need one: a temporary one if none is asked for."""
    if job.confidence or not job.polygons:
        yield job.confidence
        return
    with temporary_folder() as folder:
        yield str(folder / "confidence.tif")


def plan_maps(
    job: ClassifyJob, source: raster.Source, classes: tuple[LegendClass, ...], confidence: str, emit: Emit
) -> Maps:
    """The writers, not entered yet: nothing is written.

    Raises `EngineError` where an output, or a file that belongs to one, would replace a file of the raster's
    or another output.
    """
    grid = source.grid
    how: dict[str, Any] = {"cloud_optimised": job.cloud_optimised, "keep": job.keep, "emit": emit}
    class_map = raster.ClassMapWriter(job.output, grid, classes, **how)
    probabilities = sure = None
    if job.probabilities:
        probabilities = raster.ProbabilityWriter(job.probabilities, grid, classes, **how)
    if confidence:
        sure = raster.ConfidenceWriter(confidence, grid, **(how if job.confidence else {}))
    maps = Maps(class_map, probabilities, sure)
    outputs = [path for path in job.outputs() if path]
    beside = {writer.path: writer.beside for writer in maps.writers}
    check_apart(outputs, [*job.inputs(), *source.files], beside)
    return maps


def complete(job: ClassifyJob, maps: Maps, provenance: Provenance, emit: Emit) -> None:
    """Finish the maps and write the polygons.

    Only the final names are missing then. The maps take them together at the end: a run that stops before
    leaves the older outputs as they were.
    """
    for writer in maps.writers:
        writer.complete(provenance)
    if job.polygons and maps.confidence:
        raster.write_polygons(
            job.polygons,
            maps.classes.partial,
            maps.confidence.partial,
            provenance.classes,
            job.minimum_area_m2,
            emit,
            provenance,
        )


def lineage_of(job: ClassifyJob, inputs: Inputs, plan: Plan, device: Device) -> Provenance:
    """The images, models and settings that the outputs are made with, for the metadata beside them."""
    settings = {
        "blending": ", ".join("on" if model.predictor.blends else "off" for model in plan.models),
        "augmentation": "on" if job.augment else "off",
        "resolution": job.resolution,
        "precision": plan.precision,
        "windows": str(plan.windows),
    }
    limits = {"area": job.area, "extent": job.extent}
    settings |= {name: source_name(value) for name, value in limits.items() if value}
    return Provenance(
        images=(job.image, *job.extra),
        models=tuple(map(_used, inputs.models)),
        classes=inputs.models[0].card.classes,
        settings=settings,
        device=f"{device.name}: {device.reason}",
        versions=versions(),
        date=now_iso(),
    )


def _used(model: Model) -> UsedModel:
    """The facts about a model for the metadata; a model with a damaged training record can still classify."""
    card = model.card
    network = f"{choice('models', card.network, card.options).title} ({card.network})"
    if not has_sound_record(model.path, card):
        return UsedModel(
            model.path, model.sha256, network, "its file has no sound record of its training", {}
        )
    by = ", ".join(f"{name} {version}" for name, version in card.versions.items())
    device = card.device or "an unknown device"
    metrics = Metrics.of(np.array(card.confusion, np.int64))
    return UsedModel(
        model.path,
        model.sha256,
        network,
        f"epoch {card.best_epoch} of {len(card.history)}, trained on {device} with {by}",
        {
            "overall accuracy": metrics.overall_accuracy,
            "mean F1": metrics.mean_f1,
            "mean IoU": metrics.mean_iou,
        },
    )

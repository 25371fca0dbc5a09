"""The result of an evaluation, and its plain forms: JSON for programs, CSV for spreadsheets."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
from dataclasses import dataclass
from typing import Any

from ..core.legend import LegendClass
from ..core.thumbnail import Ids
from ..metrics.bootstrap import DEFINITION as INTERVALS_DEFINITION
from ..metrics.bootstrap import Intervals
from ..metrics.confusion import DEFINITIONS, Metrics
from ..metrics.probability import PROBABILITY_DEFINITIONS, ProbabilityMetrics
from ..metrics.stratified import ESTIMATE_DEFINITIONS, StratifiedEstimate
from ..protocol import EvaluateJob
from .worst_blocks import Block, Closeup


@dataclass(frozen=True)
class RegionFigures:
    """The figures of one region."""

    name: str
    metrics: Metrics


@dataclass(frozen=True)
class Evaluation:
    """One class map compared with one reference.

    ``classes`` are the map's, then those that only the reference has; matrices and pictures refer to their
    order.
    The pictures are decimated and cover the same part of the map.
    """

    job: EvaluateJob
    classes: tuple[LegendClass, ...]
    metrics: Metrics
    without_class_px: int
    """Reference pixels left out because the map has no class there."""
    pixel_size_m: tuple[float, float] | None
    map_HW: Ids
    reference_HW: Ids
    notes: tuple[str, ...]
    warnings: tuple[str, ...]
    versions: dict[str, str]
    date: str
    eroded: Metrics | None = None
    """The figures without the pixels near borders."""
    regions: tuple[RegionFigures, ...] = ()
    probability_metrics: ProbabilityMetrics | None = None
    """Figures of the map's probabilities."""
    intervals: Intervals | None = None
    """Confidence intervals of the figures, from the spread between blocks of ``block_px``."""
    block_px: int = 0
    estimate: StratifiedEstimate | None = None
    """Figures of the whole map, where the reference is a sample of points."""
    worst_blocks: tuple[Block, ...] = ()
    closeups: tuple[Closeup, ...] = ()

    @property
    def area_ha(self) -> float | None:
        """Ground covered by the compared pixels, in hectares; None where the map has no CRS."""
        if self.pixel_size_m is None:
            return None
        return self.metrics.pixels * self.pixel_size_m[0] * self.pixel_size_m[1] / 10_000


def to_json(evaluation: Evaluation) -> str:
    """All figures, each defined in ``definitions``, with what was compared and by which versions."""
    names = [c.name for c in evaluation.classes]
    figures = evaluation.metrics.as_dict(names)
    for row, legend_class in zip(figures["classes"], evaluation.classes):
        row.update(value=legend_class.value, color=legend_class.hex_color)
    job = dataclasses.asdict(evaluation.job)
    compared = (
        "class_map",
        "references",
        "field",
        "unlabelled",
        "area",
        "probabilities",
        "erode_px",
        "regions",
        "region_field",
    )
    document = {
        **figures,
        **_further(evaluation, names),
        "reference_pixels_without_map_class": evaluation.without_class_px,
        "area_ha": evaluation.area_ha,
        "compared": {key: job[key] for key in compared},
        "notes": evaluation.notes,
        "warnings": evaluation.warnings,
        "versions": evaluation.versions,
        "date": evaluation.date,
        "definitions": definitions(evaluation),
    }
    return json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def _further(evaluation: Evaluation, names: list[str]) -> dict[str, Any]:
    """The figures that only some evaluations have."""
    sure, estimate, probability = evaluation.intervals, evaluation.estimate, evaluation.probability_metrics
    found = {
        "eroded": evaluation.eroded and evaluation.eroded.as_dict(names),
        "regions": [
            {"region": region.name, **region.metrics.as_dict(names)} for region in evaluation.regions
        ],
        "intervals": sure and {**sure.as_dict(names), "block_px": evaluation.block_px},
        "scores": probability and probability.as_dict(names[: len(probability.roc)]),
        "estimate": estimate and estimate.as_dict(names),
        "places": [
            {"window": dataclasses.asdict(block.window), **block.figures()}
            for block in evaluation.worst_blocks
        ],
    }
    return {name: value for name, value in found.items() if value}


def definitions(evaluation: Evaluation) -> dict[str, str]:
    """The meaning of each figure of this evaluation."""
    texts = {
        **DEFINITIONS,
        "reference_pixels_without_map_class": "Labelled pixels where the map has no class; they are not "
        "counted.",
        "area_ha": "Ground covered by the counted pixels, in hectares; null for a map without CRS.",
    }
    if evaluation.eroded:
        texts["eroded"] = (
            "The same figures without the pixels of the reference that have another class within "
            f"{evaluation.job.erode_px} px: where a border lies is uncertain to some pixels (the ISPRS "
            "benchmark leaves out 3)."
        )
    if evaluation.regions:
        texts["regions"] = (
            "The same figures of each region by itself; as the Inria benchmark gives IoU and accuracy."
        )
    if evaluation.intervals:
        texts["intervals"] = INTERVALS_DEFINITION
    if evaluation.probability_metrics:
        texts.update(
            scores="Figures of the map's probabilities, in per cent or from 0 to 1.",
            **PROBABILITY_DEFINITIONS,
        )
    if evaluation.estimate:
        texts.update(
            estimate="Figures of the whole map, estimated from the sample of points.", **ESTIMATE_DEFINITIONS
        )
    if evaluation.worst_blocks:
        texts["places"] = (
            "The blocks of the map with the most wrong pixels, the worst first; windows in pixels of the map."
        )
    return texts


def to_csv(evaluation: Evaluation) -> str:
    """The confusion matrix with totals, precision and recall at its margins.

    It begins with a byte order mark, by which spreadsheets recognise UTF-8. A name that a spreadsheet would
    take for a formula gets an apostrophe in front.
    """
    metrics = evaluation.metrics
    names = ["'" + c.name if c.name.startswith(("=", "+", "-", "@")) else c.name for c in evaluation.classes]
    file = io.StringIO()
    table = csv.writer(file, lineterminator="\n")
    table.writerow(["reference \\ map", *names, "total", "recall"])
    for name, row, total, recall in zip(names, metrics.confusion, metrics.reference_pixels, metrics.recall):
        table.writerow([name, *row, total, _cell(recall)])
    table.writerow(["total", *metrics.predicted_pixels, metrics.pixels, ""])
    table.writerow(["precision", *map(_cell, metrics.precision), "", _cell(metrics.overall_accuracy)])
    return "\ufeff" + file.getvalue()


def _cell(figure: float | None) -> str:
    return "" if figure is None else f"{figure:.6f}"

"""What an evaluation found, as a value, and its plain forms: JSON for programs, CSV for spreadsheets."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
from dataclasses import dataclass

from .legend import LegendClass
from .metrics import DEFINITIONS, Metrics
from .pictures import Ids
from .protocol import EvaluateJob


@dataclass(frozen=True)
class Evaluation:
    """One class map compared with one reference.

    ``classes`` are the map's, then those only the reference has; matrix rows and picture ids index them.
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

    @property
    def area_ha(self) -> float | None:
        """Ground covered by the compared pixels, in hectares; None where the map has no CRS."""
        if self.pixel_size_m is None:
            return None
        return self.metrics.pixels * self.pixel_size_m[0] * self.pixel_size_m[1] / 10_000


def to_json(evaluation: Evaluation) -> str:
    """All figures, each defined in ``definitions``, with what was compared and by which versions."""
    figures = evaluation.metrics.as_dict([c.name for c in evaluation.classes])
    for row, legend_class in zip(figures["classes"], evaluation.classes):
        row.update(value=legend_class.value, color="#{:02x}{:02x}{:02x}".format(*legend_class.color))
    job = dataclasses.asdict(evaluation.job)
    document = {
        **figures,
        "reference_pixels_without_map_class": evaluation.without_class_px,
        "area_ha": evaluation.area_ha,
        "compared": {key: job[key] for key in ("class_map", "references", "field", "unlabelled", "area")},
        "notes": evaluation.notes,
        "warnings": evaluation.warnings,
        "versions": evaluation.versions,
        "date": evaluation.date,
        "definitions": {
            **DEFINITIONS,
            "reference_pixels_without_map_class": "Labelled pixels where the map has no class; they are not counted.",
            "area_ha": "Ground covered by the counted pixels, in hectares; null for a map without CRS.",
        },
    }
    return json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def to_csv(evaluation: Evaluation) -> str:
    """The confusion matrix with totals, precision and recall at its margins.

    It opens with a byte order mark, by which spreadsheets know UTF-8. A name that a spreadsheet would take for a
    formula gets an apostrophe in front.
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

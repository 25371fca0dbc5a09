"""The report of a class map, as a page and as JSON: picture, areas of its classes, how it was made."""

from __future__ import annotations

import dataclasses
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..classification.class_areas import ClassArea
from ..core.thumbnail import Ids
from ..protocol import ClassifyJob
from .html import job_json, render
from .pictures import class_picture

_DEFINITIONS = {
    "area_ha": "Ground covered by a class, in hectares: the sum over its pixels, each with the area of its "
    "row on the ground. Maps in degrees are measured on the ellipsoid, and so are projections that change "
    "areas by more than 2 %; other maps in their projection. Null without a CRS.",
    "share": "A class's part of the classified area; without a CRS, of the number of classified pixels.",
    "pixels_without_class": "Pixels of the map without data in the raster, or outside the area asked for.",
}


@dataclass(frozen=True)
class Summary:
    """The figures of a finished class map, and how it was made."""

    job: ClassifyJob
    rows: tuple[ClassArea, ...]
    without_class_px: int
    pixel_size_m: tuple[float, float] | None
    models: tuple[str, ...]
    """A sentence for each model: its file, network and accuracy."""
    device: str
    settings: Mapping[str, str]
    """The choices of the run itself, by name: precision and windows."""
    seconds: float
    map_HW: Ids
    warnings: tuple[str, ...]
    versions: dict[str, str]
    date: str

    @property
    def pixels(self) -> int:
        """Number of pixels with a class."""
        return sum(row.pixels for row in self.rows)

    @property
    def area_ha(self) -> float | None:
        """Hectares of ground of all pixels with a class; None without a CRS."""
        areas = [row.area_ha for row in self.rows if row.area_ha is not None]
        return sum(areas) if areas else None

    @property
    def definitions(self) -> dict[str, str]:
        """Explanations of the figures, by their names in `to_json`."""
        return _DEFINITIONS


def to_json(summary: Summary) -> str:
    """All figures and how the map was made, as JSON.

    The hectares of each class also stand on the first level, under ``AREA_`` and the class's name. If classes
    share a name, ``_`` and the value follow it.
    """
    names = Counter(row.legend.name for row in summary.rows)
    keys = [
        f"AREA_{c.name}" if names[c.name] == 1 else f"AREA_{c.name}_{c.value}"
        for c in (r.legend for r in summary.rows)
    ]
    document: dict[str, Any] = {
        **{key: row.area_ha for key, row in zip(keys, summary.rows)},
        "pixels": summary.pixels,
        "pixels_without_class": summary.without_class_px,
        "area_ha": summary.area_ha,
        "classes": [
            {
                "value": row.legend.value,
                "name": row.legend.name,
                "color": row.legend.hex_color,
                "pixels": row.pixels,
                "area_ha": row.area_ha,
                "share": row.share,
            }
            for row in summary.rows
        ],
        "pixel_size_m": summary.pixel_size_m,
        "models": summary.models,
        "device": summary.device,
        "settings": dict(summary.settings),
        "seconds": summary.seconds,
        "job": dataclasses.asdict(summary.job),
        "notes": [],  # nothing fills it, but programs may read it
        "warnings": summary.warnings,
        "versions": summary.versions,
        "date": summary.date,
        "definitions": summary.definitions,
    }
    return json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def classification_html(summary: Summary) -> str:
    """The page of a class map: picture, areas of its classes, how it was made and how to make it again."""
    return render(
        "classification.html",
        summary=summary,
        classes=[row.legend for row in summary.rows],
        map_name=Path(summary.job.output).name,
        image_name=Path(summary.job.image).name,
        map_picture=class_picture(summary.map_HW, [row.legend for row in summary.rows]),
        job_json=job_json(summary.job.kind, dataclasses.asdict(summary.job)),
        date=summary.date,
    )

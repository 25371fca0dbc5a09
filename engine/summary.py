"""What a class map holds: pixels and hectares of each class, counted while the map is written, and how it was made."""

from __future__ import annotations

import dataclasses
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from .legend import IGNORE, LegendClass
from .pictures import Decimated, Ids, fit
from .protocol import ClassifyJob
from .raster import Grid, row_areas_m2
from .sinks import Classified

_DEFINITIONS = {
    "area_ha": "Ground covered by a class, in hectares: its pixels, each with the area that its row has on the ground. "
    "In degrees that is the ellipsoid's; in a projection its own, unless that is off by more than 2 %. Null without a CRS.",
    "share": "A class's part of the classified pixels' area (of their number, without a CRS).",
    "pixels_without_class": "Pixels of the map that have no data in the raster or lie outside the area asked for.",
}
_M2_PER_HA = 10_000.0


class ClassCounter:
    """The sink that counts. ``pixels_K`` and ``area_m2_K`` (None without a CRS) are by class; the picture is decimated."""

    wants_confidence = False
    wants_percent = False

    def __init__(self, grid: Grid, classes: Sequence[LegendClass]) -> None:
        self._row_areas_m2 = row_areas_m2(grid)
        self.pixel_size_m = grid.pixel_size_m()
        self.grid_pixels = grid.window.pixels
        self.pixels_K = np.zeros(len(classes), np.int64)
        self.area_m2_K = None if self._row_areas_m2 is None else np.zeros(len(classes))
        self._picture = Decimated(grid.width, grid.height)

    def write(self, part: Classified) -> None:
        """Count a window."""
        ids_HW = part.ids_HW if part.valid_HW.all() else np.where(part.valid_HW, part.ids_HW, np.uint8(IGNORE))
        self._picture.add(part.window, ids_HW)
        counts_HK = np.stack([(ids_HW == k).sum(1, dtype=np.uint32) for k in range(len(self.pixels_K))], axis=1)
        self.pixels_K += counts_HK.sum(0, dtype=np.int64)
        if self._row_areas_m2 is not None:
            rows = slice(part.window.y, part.window.bottom)
            self.area_m2_K += self._row_areas_m2[rows] @ counts_HK

    def picture(self) -> Ids:
        """The map drawn small, with pixels as they lie on the ground."""
        return fit(self._picture.ids_HW, self.pixel_size_m or (1.0, 1.0))

    def __enter__(self) -> ClassCounter:
        return self

    def __exit__(self, *_: object) -> None:
        """It holds nothing open."""


@dataclass(frozen=True)
class ClassArea:
    """How much of the map is of one class. ``share`` is of the classified area; ``area_ha`` is None without a CRS."""

    legend: LegendClass
    pixels: int
    area_ha: float | None
    share: float


@dataclass(frozen=True)
class Summary:
    """A finished class map: what it holds, and what made it."""

    job: ClassifyJob
    rows: tuple[ClassArea, ...]
    without_class_px: int
    pixel_size_m: tuple[float, float] | None
    models: tuple[str, ...]
    """A sentence for each: what it is and what it was trained on."""
    device: str
    settings: Mapping[str, str]
    """What the run chose by itself, by name: precision, window, blending, resolution."""
    seconds: float
    map_HW: Ids
    notes: tuple[str, ...]
    warnings: tuple[str, ...]
    versions: dict[str, str]
    date: str

    @property
    def pixels(self) -> int:
        """Pixels with a class."""
        return sum(row.pixels for row in self.rows)

    @property
    def area_ha(self) -> float | None:
        """Ground of the pixels with a class; None without a CRS."""
        areas = [row.area_ha for row in self.rows if row.area_ha is not None]
        return sum(areas) if areas else None

    @property
    def definitions(self) -> dict[str, str]:
        """What the figures mean, by their names in `to_json`."""
        return _DEFINITIONS


def class_areas(counter: ClassCounter, classes: Sequence[LegendClass]) -> tuple[ClassArea, ...]:
    """The counter's figures, one row per class."""
    weights_K = counter.pixels_K if counter.area_m2_K is None else counter.area_m2_K
    total = weights_K.sum() or 1
    has_area = counter.area_m2_K is not None
    return tuple(
        ClassArea(c, int(pixels), float(weight) / _M2_PER_HA if has_area else None, float(weight / total))
        for c, pixels, weight in zip(classes, counter.pixels_K, weights_K)
    )


def to_json(summary: Summary) -> str:
    """All figures, with what made the map. Each class's hectares stand as ``AREA_`` and its name, too.

    Where classes share a name, ``_`` and the value follow.
    """
    names = Counter(row.legend.name for row in summary.rows)
    keys = [f"AREA_{c.name}" if names[c.name] == 1 else f"AREA_{c.name}_{c.value}" for c in (r.legend for r in summary.rows)]
    document: dict[str, Any] = {
        **{key: row.area_ha for key, row in zip(keys, summary.rows)},
        "pixels": summary.pixels,
        "pixels_without_class": summary.without_class_px,
        "area_ha": summary.area_ha,
        "classes": [
            {
                "value": row.legend.value,
                "name": row.legend.name,
                "color": "#{:02x}{:02x}{:02x}".format(*row.legend.color),
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
        "notes": summary.notes,
        "warnings": summary.warnings,
        "versions": summary.versions,
        "date": summary.date,
        "definitions": summary.definitions,
    }
    return json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False) + "\n"

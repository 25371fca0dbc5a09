"""What every reference is to the burning, and whether it can be brought to the grid at all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol, Union

import numpy as np
import numpy.typing as npt

from ..protocol import EngineError, Event
from ..raster import Grid
from ..windows import Window
from .catalogue import Catalogue

Box = tuple[float, float, float, float]
Emit = Callable[[Event], None]


class Reference(Protocol):
    """A vector or raster that says of some pixels which class they are."""

    name: str
    extent: Box
    """What it covers, in its own CRS."""
    reach: Union[Box, None]
    """What the grid covers in that CRS; None where the CRS does not reach the grid."""

    def examine(self, catalogue: Catalogue, emit: Emit) -> None:
        """Tell ``catalogue`` the classes known beforehand. Raises `EngineError` for what cannot be labels of the grid."""

    def prepare(self, folder: Path, emit: Emit) -> None:
        """What is done once, before the first `read`; files go to ``folder``."""

    def read(self, window: Window) -> npt.NDArray[np.uint8]:
        """``ids_HW``: a class's id in the catalogue, UNKNOWN where its class is not known, IGNORE where nothing lies."""

    def close(self) -> None:
        """Let go of the files."""


def require_crs(name: str, *, has_crs: bool, grid: Grid) -> None:
    """Raise `EngineError` unless both the reference and the grid say where they lie."""
    if not grid.crs_wkt:
        raise EngineError(
            "no_crs",
            f"The image has no coordinate reference system, so {name} cannot be laid over it.",
            "Set it with the Processing tool 'Assign projection'.",
        )
    if not has_crs:
        raise EngineError(
            "no_crs",
            f"{name} has no coordinate reference system, so it cannot be laid over the image.",
            "Set it with the Processing tool 'Define layer projection' (vector) or 'Assign projection' (raster).",
        )


def overlaps(reference: Reference) -> bool:
    """Whether the reference and the grid share anything. Where the grid's place is unknown, they may."""
    own, grid = reference.extent, reference.reach
    if grid is None:
        return True
    return own[0] <= grid[2] and grid[0] <= own[2] and own[1] <= grid[3] and grid[1] <= own[3]


def no_overlap(references: Sequence[Reference]) -> EngineError:
    """The error for references that all lie elsewhere; extents are in the first reference's CRS."""
    first, count = references[0], len(references)
    assert first.reach is not None
    return EngineError(
        "no_overlap",
        f"{first.name} covers {_rounded(first.extent)}, but the image {_rounded(first.reach)}: they do not overlap"
        + (f", nor do the other {count - 1} references and the image." if count > 1 else "."),
        "Choose labels of this image, and check the coordinate reference systems of both.",
    )


def _rounded(box: Box) -> str:
    xmin, ymin, xmax, ymax = (f"{value:.7g}" for value in box)
    return f"x {xmin} to {xmax}, y {ymin} to {ymax}"

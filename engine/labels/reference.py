"""What every reference is to the burning, and whether it can be brought to the grid at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol, Union

import numpy as np
import numpy.typing as npt

from ..core.windows import Window
from ..protocol import Emit, EngineError
from ..raster.grid import Box, box_text, share_area
from .class_catalogue import Catalogue


class Reference(Protocol):
    """A vector or raster that says of some pixels which class they are."""

    name: str
    extent: Box
    """What it covers, in its own CRS."""
    reach: Union[Box, None]
    """What the grid covers in that CRS; None where the CRS does not reach the grid."""
    features: Counter[int]
    """How many near the grid there are of each id, of a vector. After `prepare`."""
    points: bool
    """Whether it is a layer of points."""
    overlapping_px: int
    """On which features of different classes lay over each other, in all windows read."""

    def examine(self, catalogue: Catalogue, emit: Emit) -> None:
        """Tell ``catalogue`` the classes known beforehand. Raises `EngineError` for what cannot be labels of
        the grid.
        """

    def prepare(self, folder: Path, emit: Emit) -> None:
        """What is done once, before the first `read`; files go to ``folder``."""

    def read(self, window: Window) -> npt.NDArray[np.uint8]:
        """``ids_HW``: a class's id in the catalogue, UNKNOWN where its class is not known, IGNORE where
        nothing lies.
        """

    def close(self) -> None:
        """Let go of the files."""


def overlaps(reference: Reference) -> bool:
    """Whether the reference and the grid share anything. Where the grid's place is unknown, they may."""
    return reference.reach is None or share_area(reference.extent, reference.reach)


def no_overlap(references: Sequence[Reference]) -> EngineError:
    """The error for references that all lie elsewhere; extents are in the first reference's CRS."""
    first, count = references[0], len(references)
    assert first.reach is not None  # nosec B101 (`overlaps` holds where the reach is unknown)
    return EngineError(
        "no_overlap",
        f"{first.name} covers {box_text(first.extent)}, but the image {box_text(first.reach)}: they do not overlap"
        + (f", nor do the other {count - 1} references and the image." if count > 1 else "."),
        "Choose layers of this image's area, and check the coordinate reference systems of both.",
    )

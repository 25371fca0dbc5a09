"""References: vector layers and rasters that hold labels, and how they are read."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, Union

import numpy as np
import numpy.typing as npt

from ..core.windows import Window
from ..protocol import Emit, EngineError, EvaluateJob, TrainJob, message
from ..raster.grid import Box, box_text, share_area
from .class_catalogue import Catalogue


@dataclass(frozen=True)
class ReferenceOptions:
    """The options for reading the classes of references."""

    field: str = ""
    """The field that holds the class of vector features; "": all features of a layer are of one class."""
    unlabelled: str = "ignore"
    """The class of pixels that no reference covers: ``background``, or ``ignore`` for none."""
    area: str = ""
    """A layer of polygons outside which all labels are ignored; "" for none."""
    renames: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """New titles (`ClassTitle`) of classes, by their names or codes; classes of the same name become one."""
    legends: Mapping[str, Mapping[str, str]] = dataclasses.field(default_factory=dict)
    """Titles of each reference's classes, by their names or codes in it (`Catalogue`)."""
    by_name: bool = False
    """Whether numbers in ``field`` are names of classes, and so may be any numbers."""

    @classmethod
    def of(cls, job: Union[TrainJob, EvaluateJob]) -> ReferenceOptions:
        """The options that a job gives."""
        return cls(job.field, job.unlabelled, job.area, job.renames, job.legends)


class Reference(Protocol):
    """A vector layer or raster that gives some pixels of a grid a class."""

    name: str
    extent: Box
    """The box that it covers, in its own CRS."""
    reach: Union[Box, None]
    """The box that the grid covers in that CRS; None if that CRS is not defined at the grid's place."""
    features: Counter[int]
    """The number of vector features of each id near the grid; `prepare` fills it."""
    points: bool
    """Whether it is a layer of points."""
    overlapping_px: int
    """The number of pixels, in all windows read, on which features of different classes overlap."""

    def examine(self, catalogue: Catalogue, emit: Emit) -> None:
        """Find the extent and the classes, and add those known beforehand to ``catalogue``.

        Raises `EngineError` if the reference cannot give labels for the grid.
        """

    def prepare(self, folder: Path, emit: Emit) -> None:
        """Prepare for the first `read`, once; files are written to ``folder``."""

    def read(self, window: Window) -> npt.NDArray[np.uint8]:
        """``ids_HW`` of the catalogue; UNKNOWN where the class is unknown, IGNORE where nothing lies."""

    def close(self) -> None:
        """Close the files."""


def overlaps(reference: Reference) -> bool:
    """Whether reference and grid overlap; True if the place of the grid in the reference's CRS is unknown."""
    return reference.reach is None or share_area(reference.extent, reference.reach)


def no_overlap(references: Sequence[Reference]) -> EngineError:
    """The error for references that all lie elsewhere; extents are in the first reference's CRS."""
    first, others = references[0], len(references) - 1
    assert first.reach is not None  # nosec B101 (`overlaps` holds where the reach is unknown)
    own, image = box_text(first.extent), box_text(first.reach)
    problem = message(
        "{name} covers {own}, but the image covers {image}: they do not overlap.",
        name=first.name,
        own=own,
        image=image,
    )
    if others:
        problem = message(
            "{name} covers {own}, but the image covers {image}: they do not overlap. "
            "The other references ({others}) do not overlap the image either.",
            name=first.name,
            own=own,
            image=image,
            others=others,
        )
    return EngineError(
        "no_overlap",
        problem,
        "Choose layers of this image's area, and check the coordinate reference systems of the layers and "
        "of the image.",
    )

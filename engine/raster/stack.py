"""An image with the bands of further rasters, such as elevation beside colours."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from ..core.windows import Window
from ..protocol import Emit, EngineError, warning
from .alignment import is_aligned
from .gdal import spatial_reference
from .grid import Grid, box_text, share_area
from .source import RasterFile, Source
from .warp import Warped


class Stack(Source):
    """Several sources on one grid as one, with the name and the grid of the first.

    It has all their bands, and a pixel is valid if it is valid in all of them.
    """

    def __init__(self, image: Source, extras: Sequence[Source]) -> None:
        self._parts: tuple[Source, ...] = (image, *extras)
        sizes = {(part.grid.width, part.grid.height) for part in self._parts}
        assert len(sizes) == 1  # nosec B101 (`open_stack` brings users' rasters onto the image's grid)
        self.grid, self.name = image.grid, image.name
        self.extra_bands = sum(part.bands for part in extras)
        self.bands = image.bands + self.extra_bands
        self.dtype = np.result_type(*(np.dtype(part.dtype) for part in self._parts)).name
        extra_names = (f"{Path(part.name).stem}: {name}" for part in extras for name in part.band_names)
        self.band_names = (*image.band_names, *extra_names)

    @property
    def parts(self) -> tuple[Source, ...]:
        return self._parts

    def _read_inside(self, window: Window) -> tuple[npt.NDArray[Any], npt.NDArray[np.bool_]]:
        images, valids = zip(*(part.read(window) for part in self._parts))
        image_CHW = np.concatenate(images, dtype=self.dtype)
        valid_HW = np.logical_and.reduce(valids)
        image_CHW[:, ~valid_HW] = 0
        return image_CHW, valid_HW

    def is_empty(self, window: Window) -> bool:
        """True if the file of one of the parts says that it has no data there."""
        return any(part.is_empty(window) for part in self._parts)

    @property
    def files(self) -> tuple[str, ...]:
        return tuple(file for part in self._parts for file in part.files)

    def reopen(self) -> Stack:
        """The same files, opened once more."""
        with contextlib.ExitStack() as opened:
            image, *extras = (opened.enter_context(part.reopen()) for part in self._parts)
            opened.pop_all()
            return Stack(image, extras)

    def close(self) -> None:
        """Close all files."""
        for part in self._parts:
            part.close()


def open_stack(path: str, extras: Sequence[str], emit: Emit) -> Source:
    """The image ``path`` with the bands of ``extras``, which are warped to its grid window by window.

    Raises `EngineError` for an extra that lies elsewhere; warns of one that covers the image only in part.
    """
    with contextlib.ExitStack() as opened:
        image = opened.enter_context(RasterFile.open(path))
        parts = [_on(image.grid, opened.enter_context(RasterFile.open(extra)), emit) for extra in extras]
        opened.pop_all()
        return Stack(image, parts) if parts else image


def _on(grid: Grid, extra: RasterFile, emit: Emit) -> Source:
    if is_aligned(extra, grid, emit):
        return extra
    own = extra.grid.bounds(extra.grid.window)
    image = grid.bounds_in(spatial_reference(extra.grid.crs_wkt))
    if image is None:
        raise EngineError(
            "no_overlap",
            "The image reaches beyond what the coordinate reference system of {name} can describe.",
            "Warp that raster to the image's CRS first.",
            name=extra.name,
        )
    if not share_area(own, image):
        raise EngineError(
            "no_overlap",
            "{name} covers {own}, but the image covers {image}: they do not overlap.",
            "Choose a raster of this image's area, and check the coordinate reference systems of the "
            "raster and of the image.",
            name=extra.name,
            own=box_text(own),
            image=box_text(image),
        )
    if not (own[0] <= image[0] and own[1] <= image[1] and image[2] <= own[2] and image[3] <= own[3]):
        emit(
            warning(
                "{name} covers only a part of the image: pixels beyond it count as without data.",
                name=extra.name,
            )
        )
    return Warped(extra, grid)

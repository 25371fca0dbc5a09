"""Whether a raster or layer can be laid over an image, and whether a raster has the same pixels."""

from __future__ import annotations

from ..protocol import Emit, EngineError, message, warning
from .grid import Grid
from .source import Source


def require_crs(name: str, *, has_crs: bool, grid: Grid) -> None:
    """Raise `EngineError` unless both the image's grid and ``name`` have a CRS."""
    if not grid.crs_wkt:
        raise EngineError(
            "no_crs",
            "The image has no coordinate reference system, so {name} cannot be laid over it.",
            "Set it with the Processing tool 'Assign projection'.",
            name=name,
        )
    if not has_crs:
        raise EngineError(
            "no_crs",
            "{name} has no coordinate reference system, so it cannot be laid over the image.",
            "Set it with the Processing tool Define projection (vector) or Assign projection (raster).",
            name=name,
        )


def is_aligned(source: Source, grid: Grid, emit: Emit) -> bool:
    """Whether the pixels of ``source`` are those of ``grid``.

    If either has no CRS, the size decides: the same size gives a warning, another one an `EngineError`.
    """
    own = source.grid
    if own.same_pixels(grid):
        return True
    if own.crs_wkt and grid.crs_wkt:
        return False
    if (own.width, own.height) != (grid.width, grid.height):
        require_crs(source.name, has_crs=bool(own.crs_wkt), grid=grid)
    emit(
        warning(
            "{lacking} has no coordinate reference system: {name} is laid over the image pixel by pixel.",
            lacking=source.name if grid.crs_wkt else message("The image"),
            name=source.name,
        )
    )
    return True

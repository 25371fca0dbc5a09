"""Whether a raster or layer can be laid over an image, and whether their pixels are the same ones."""

from __future__ import annotations

from ..protocol import Emit, EngineError, Log
from .grid import Grid
from .source import Source


def require_crs(name: str, *, has_crs: bool, grid: Grid) -> None:
    """Raise `EngineError` unless both ``name`` and the image's grid say where they lie."""
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


def is_aligned(source: Source, grid: Grid, emit: Emit) -> bool:
    """Whether the pixels of ``source`` are those of ``grid``; where either lacks a CRS the size decides, with
    a warning.

    Raises `EngineError` where a CRS is lacking and the sizes differ.
    """
    own = source.grid
    if own.same_pixels(grid):
        return True
    if own.crs_wkt and grid.crs_wkt:
        return False
    if (own.width, own.height) != (grid.width, grid.height):
        require_crs(source.name, has_crs=bool(own.crs_wkt), grid=grid)
    lacking = "The image" if not grid.crs_wkt else source.name
    emit(
        Log(
            f"{lacking} has no coordinate reference system: {source.name} is laid over the image pixel by pixel.",
            warning=True,
        )
    )
    return True

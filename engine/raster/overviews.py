"""Overviews of GeoTIFFs, and cloud-optimised GeoTIFFs, which have them in front."""

from __future__ import annotations

from pathlib import Path

from ..files.atomic import disk_errors
from ..protocol import Emit, info, message, replace_file
from .gdal import Dataset, followed, gdal, has_overviews_of_strips, open_dataset

TILE_PX = 256
_OPTIONS = [
    f"BLOCKSIZE={TILE_PX}", "COMPRESS=DEFLATE", "LEVEL=6", "NUM_THREADS=ALL_CPUS", "BIGTIFF=IF_SAFER",
]  # fmt: skip
_COG = ".cog.tif"
COG_ENDINGS = tuple(_COG + ending for ending in ("", ".aux.xml", ".ovr.tmp", ".msk.ovr.tmp"))
"""Endings of the files that `rewrite_as_cog` may leave beside its file when it fails."""


def build_overviews(dataset: Dataset, name: str, resampling: str, emit: Emit) -> None:
    """Add overviews to an open GeoTIFF, unless it fits into one tile."""
    if not (factors := _factors(dataset.RasterXSize, dataset.RasterYSize)):
        return
    emit(info("Building the overviews of {name}.", name=name))
    with followed("% of the overviews", emit) as callback:
        dataset.BuildOverviews(resampling, factors, callback=callback)


def rewrite_as_cog(partial: Path, path: Path, resampling: str, emit: Emit) -> None:
    """Rewrite ``partial``, which is to become ``path``, by GDAL's COG driver."""
    rewritten = partial.with_name(partial.name + _COG)
    source = open_dataset(str(partial), gdal().OF_RASTER, message("a raster"))
    width, height = source.RasterXSize, source.RasterYSize
    options = [*_OPTIONS, f"OVERVIEW_RESAMPLING={resampling}"]
    if min(width, height) < max(_factors(width, height), default=0) and not has_overviews_of_strips():
        options.append("OVERVIEWS=NONE")
    emit(
        info(
            "Building the overviews of {name}, and laying it out for reading over a network.", name=path.name
        )
    )
    target = Dataset(None)
    try:
        with followed("% of the cloud-optimised file", emit) as callback:
            driver = gdal().GetDriverByName("COG")
            target = Dataset(
                driver.CreateCopy(str(rewritten), source.handle, options=options, callback=callback)
            )
        target.close()
    finally:
        target.discard()
        source.discard()
    with disk_errors(path):
        replace_file(rewritten, partial)


def _factors(width: int, height: int) -> list[int]:
    """The factors 2, 4, 8, ... of the overviews until one fits into a tile; none if the raster does."""
    longest_px = max(width, height)
    return [2 << n for n in range(longest_px.bit_length()) if longest_px > TILE_PX << n]

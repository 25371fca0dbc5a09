"""GeoTIFFs written window by window, in any order: complete at the end, or not there at all."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np
import numpy.typing as npt

from ..core.classified import Classified
from ..core.windows import Window
from ..files.atomic import check_writable, discard, disk_errors, final_path
from ..files.qgis_metadata import Provenance, metadata, write_qmd
from ..files.qgis_style import is_ours
from ..protocol import Emit, EngineError, partial_path, remove_file, replace_file, warning
from .gdal import Dataset, gdal, read_through, write_errors
from .grid import Grid
from .overviews import COG_ENDINGS, TILE_PX, build_overviews, rewrite_as_cog

_OPTIONS = [
    "TILED=YES", f"BLOCKXSIZE={TILE_PX}", f"BLOCKYSIZE={TILE_PX}", "INTERLEAVE=BAND",
    "COMPRESS=DEFLATE", "ZLEVEL=1", "NUM_THREADS=ALL_CPUS", "BIGTIFF=IF_SAFER",
]  # fmt: skip
_MOST_WAITING_BYTES = 8 * 2**20
_COMPANIONS = (".ovr", ".msk", ".aux.xml")
"""Endings of files that GDAL reads as a part of the file beside them."""


@dataclass(frozen=True)
class Layout:
    """The layout of a file: ``dtype`` is uint8 or uint16, ``overviews`` GDAL's resampling for them."""

    bands: int
    dtype: str
    nodata: int
    overviews: str
    meaning: str


class TiffWriter(ABC):
    """Base of the sinks that write a raster: tiled, compressed, with overviews.

    With ``cloud_optimised``, overviews and tiles lie in the order that is best for reading over a network.
    Pixels never written are nodata. With ``keep``, a run that is cancelled or fails leaves its partial file,
    if it is readable.
    """

    wants_confidence = False
    wants_percent = False

    def __init__(
        self,
        path: str,
        grid: Grid,
        layout: Layout,
        *,
        cloud_optimised: bool = False,
        keep: bool = False,
        emit: Emit = lambda event: None,
    ) -> None:
        self.path, self.partial = path, str(partial_path(path))
        self._path, self._partial = Path(path), partial_path(path)
        self._for_qgis = self._path.with_suffix(".qml"), self._path.with_suffix(".qmd")
        self._grid, self._layout, self._cloud_optimised, self._keep = grid, layout, cloud_optimised, keep
        self._emit = emit
        self._dataset = Dataset(None)
        self._waiting_bytes = 0
        self._completed = False

    @property
    def beside(self) -> tuple[Path, ...]:
        """The files beside the raster that are written, or removed as they belong to an older map."""
        return (*self._for_qgis, *(_beside(self._path, ending) for ending in _COMPANIONS))

    def write(self, part: Classified) -> None:
        """Write a window, unless nothing of it is valid: what is never written is nodata."""
        if part.valid_HW.any():
            self._put(part.window, self._values(part))

    @abstractmethod
    def _values(self, part: Classified) -> npt.NDArray[Any]:
        """``values_BHW``: the values of the file for ``part``."""

    def _dress(self, dataset: Any) -> None:  # noqa: B027 (not every file has it)
        """Add names and colours of values, before the first pixel, to the file or its ``.aux.xml``."""

    @abstractmethod
    def _write_style(self, path: Path) -> None:
        """Write the QGIS style."""

    def __enter__(self) -> Any:
        check_writable(str(self._path))  # GDAL does not say why it cannot create a file
        try:
            with write_errors(self._path):
                self._create()
        except EngineError:
            self._discard()
            raise
        return self

    def _create(self) -> None:
        layout, grid = self._layout, self._grid
        kind = {"uint8": gdal().GDT_Byte, "uint16": gdal().GDT_UInt16}[layout.dtype]
        driver = gdal().GetDriverByName("GTiff")
        # Else GDAL would take three bands of bytes for red, green and blue, and a fourth one for alpha.
        options = [*_OPTIONS, "PHOTOMETRIC=MINISBLACK"] if layout.bands > 1 else _OPTIONS
        self._dataset = Dataset(
            driver.Create(str(self._partial), grid.width, grid.height, layout.bands, kind, options)
        )
        self._dataset.SetGeoTransform(grid.transform)
        if grid.crs_wkt:
            self._dataset.SetProjection(grid.crs_wkt)
        for number in range(1, layout.bands + 1):
            self._dataset.GetRasterBand(number).SetNoDataValue(layout.nodata)
        self._dress(self._dataset)

    def _put(self, window: Window, values_BHW: npt.NDArray[Any]) -> None:
        """Write all bands of a window within the grid."""
        assert window.intersect(self._grid.window) == window  # nosec B101 (windows are cut from the grid)
        # Made for the window.
        assert values_BHW.shape == (self._layout.bands, window.height, window.width)  # nosec B101
        values_BHW = np.ascontiguousarray(values_BHW, self._layout.dtype)
        with write_errors(self._path):
            self._dataset.WriteArray(values_BHW, window.x, window.y)
            self._waiting_bytes += values_BHW.nbytes
            if self._waiting_bytes > _MOST_WAITING_BYTES:
                # Else blocks would wait until another file's reader wants their memory, which then had to
                # compress them.
                self._dataset.FlushCache()
                self._waiting_bytes = 0

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        sound = False
        try:
            if kind is None:
                self.complete()
            if kind is None or (self._completed and getattr(error, "code", "") == "in_use"):
                self._take_names()  # also where another output of the run could not take its own
            elif not self._completed and (kind is EngineError or self._keep):
                # Blocks of ours are also written when another file's reader needs their memory: then
                # that reader was told that our disk is full. It is told again here, and rightly.
                with write_errors(self._path):
                    self._dataset.FlushCache()
                    self._dataset.close()
                sound = True
        finally:
            self._discard(stays=self._keep and (sound or self._is_readable()))

    def complete(self, provenance: Provenance | None = None) -> None:
        """Finish all files under their partial names, so that all outputs take their names together."""
        if self._completed:
            return
        with write_errors(self._path):
            self._dataset.FlushCache()
            if not self._cloud_optimised:
                build_overviews(self._dataset, self._path.name, self._layout.overviews, self._emit)
            self._dataset.close()
            if self._cloud_optimised:
                rewrite_as_cog(self._partial, self._path, self._layout.overviews, self._emit)
            # Since about GDAL 3.10, a full disk may go unreported while overviews are built.
            read_through(self._partial, overviews=True)
        style, description = self._for_qgis
        if not self._is_the_users(style):
            self._write_style(partial_path(style))
        if provenance and not self._is_the_users(description):
            place = self._grid.crs_wkt, self._grid.bounds(self._grid.window)
            write_qmd(
                partial_path(description), metadata(provenance, self.path, self._layout.meaning, *place)
            )
        self._completed = True

    def _is_the_users(self, path: Path) -> bool:
        """Whether the user has made or changed the file ``path``, which then stays; logs a warning."""
        if found := path.exists() and not is_ours(path):
            self._emit(warning("{path} is your own file, so it was not overwritten.", path=path))
        return found

    def _take_names(self) -> None:
        """Rename all files to their final names, the raster last: whoever waits for it finds the others."""
        with disk_errors(self._path), final_path(self._path) as final:
            for old in self.beside if final == self._path else ():  # an older map's would not fit this one
                if old not in self._for_qgis or is_ours(old):
                    remove_file(old)
            finals = (
                _beside(final, ".aux.xml"),
                *(final.with_suffix(path.suffix) for path in self._for_qgis),
            )
            for partial, beside in zip(
                (_beside(self._partial, ".aux.xml"), *map(partial_path, self._for_qgis)), finals
            ):
                if partial.exists():
                    replace_file(partial, beside)
            replace_file(self._partial, final)

    def _is_readable(self) -> bool:
        """Whether there is a partial file with all its pixels; on a full disk, some may be missing."""
        self._dataset.discard()
        if not self._partial.exists():
            return False
        try:
            read_through(self._partial)
        except (EngineError, RuntimeError):
            return False
        return True

    def _discard(self, *, stays: bool = False) -> None:
        """Remove all partial files, except for the raster's own if it ``stays``."""
        self._dataset.discard()
        for path in self._for_qgis:
            discard(partial_path(path))
        for ending in (*(() if stays else ("",)), ".aux.xml", *COG_ENDINGS):
            discard(_beside(self._partial, ending))


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)

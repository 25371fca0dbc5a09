"""Reading rasters window by window: values, and which of them are valid.

``image_CHW`` is in the file's own dtype, ``valid_HW`` is boolean. Pixels without data are 0 in every band.
"""

from __future__ import annotations

import contextlib
from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from ..core.windows import Window
from ..protocol import EngineError, message
from .gdal import Dataset, band_dtype, files_of, gdal, open_dataset
from .grid import NO_GEOREFERENCE, Grid


class Source(ABC):
    """Bands on one grid, read by windows that may reach beyond it on any side.

    Beyond the grid both image and validity are mirrored at its edge (as ``numpy.pad`` does by ``reflect``),
    so that a network has plausible context there.
    """

    grid: Grid
    bands: int
    dtype: str
    name: str
    band_names: tuple[str, ...]
    extra_bands: int = 0
    """Number of bands, the last ones, that come from further rasters laid over the image."""
    alpha_bands: tuple[int, ...] = ()
    """Numbers, in the file, of bands that are used as masks."""

    @property
    def parts(self) -> tuple[Source, ...]:
        """The sources whose bands make up this one, in their order."""
        return (self,)

    def read(self, window: Window) -> tuple[npt.NDArray[Any], npt.NDArray[np.bool_]]:
        """``image_CHW`` and ``valid_HW`` of the window; both mirrored beyond the grid."""
        if window.intersect(self.grid.window) == window:
            return self._read_inside(window)
        rows = _mirror(window.y, window.height, self.grid.height)
        columns = _mirror(window.x, window.width, self.grid.width)
        y, x = int(rows.min()), int(columns.min())
        image_CHW, valid_HW = self._read_inside(
            Window(x, y, int(columns.max()) - x + 1, int(rows.max()) - y + 1)
        )
        rows, columns = rows - y, columns - x
        return image_CHW.take(rows, -2).take(columns, -1), valid_HW.take(rows, -2).take(columns, -1)

    def is_empty(self, window: Window) -> bool:
        """Whether the file says, without reading pixels, that a window within the grid has no data."""
        return False

    @abstractmethod
    def reopen(self) -> Source:
        """The same source, opened once more, because two threads must not share one."""

    @abstractmethod
    def _read_inside(self, window: Window) -> tuple[npt.NDArray[Any], npt.NDArray[np.bool_]]:
        """`read` for a window within the grid."""

    @property
    def files(self) -> tuple[str, ...]:
        """All files that the values come from, as far as they are known."""
        return ()

    @abstractmethod
    def close(self) -> None:
        """Close the file. Nothing can be read any more."""

    def __enter__(self) -> Any:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _mirror(start: int, count: int, size: int) -> npt.NDArray[np.intp]:
    """For each of ``count`` positions from ``start``, the position within ``size`` that it mirrors."""
    positions = np.arange(start, start + count)
    period = max(1, 2 * (size - 1))
    folded = positions % period
    return np.minimum(folded, period - folded) if size > 1 else np.zeros_like(positions)


class RasterFile(Source):
    """A raster GDAL can open. An alpha band is a mask and no band. Use with ``with``."""

    def __init__(self, path: str, dataset: Dataset) -> None:
        self.name, self.dataset = path, dataset
        bands = [dataset.GetRasterBand(i + 1) for i in range(dataset.RasterCount)]
        self.alpha_bands = tuple(
            band.GetBand() for band in bands if band.GetColorInterpretation() == gdal().GCI_AlphaBand
        )
        bands = [band for band in bands if band.GetBand() not in self.alpha_bands]
        if not bands:
            raise EngineError(
                "no_bands",
                "{path} has no bands with image values.",
                "Choose a raster with at least one band.",
                path=path,
            )
        self.band_numbers = [band.GetBand() for band in bands]
        self.bands = len(bands)
        self.band_names = tuple(_band_name(band) for band in bands)
        dtypes = [_band_dtype(path, band) for band in bands]
        self.dtype = np.result_type(*dtypes).name
        self._nodata = [_nodata(band, dtype) for band, dtype in zip(bands, dtypes)]
        self._masks = _masks(dataset, bands, self.alpha_bands)
        self.grid = _grid(dataset)

    @classmethod
    def open(cls, path: str) -> RasterFile:
        """Open ``path``. Raises `EngineError` if it is no raster of real numbers."""
        dataset = open_dataset(path, gdal().OF_RASTER, message("a raster"))
        try:
            return cls(path, dataset)
        except EngineError:
            dataset.close()
            raise

    def _read_inside(self, window: Window) -> tuple[npt.NDArray[Any], npt.NDArray[np.bool_]]:
        box = (window.x, window.y, window.width, window.height)
        image_CHW = np.empty((self.bands, window.height, window.width), self.dtype)
        valid_HW = np.ones((window.height, window.width), bool)
        with self._reading(window):
            # All bands at once: the blocks of a pixel-interleaved file are then decoded only once.
            self.dataset.ReadAsArray(*box, buf_obj=image_CHW, band_list=self.band_numbers)
            for mask in self._masks:
                valid_HW &= mask.ReadAsArray(*box) > 0
        for values_HW, nodata in zip(image_CHW, self._nodata):
            if nodata is not None:
                valid_HW &= values_HW != nodata
        if image_CHW.dtype.kind == "f":
            valid_HW &= np.isfinite(image_CHW).all(axis=0)
        if not valid_HW.all():
            image_CHW[:, ~valid_HW] = 0
        return image_CHW, valid_HW

    def is_empty(self, window: Window) -> bool:
        """Whether a mask, or a band with a nodata value, has no block there in the file."""
        # Missing blocks of a mask with a nodata value need not read as 0.
        masks = [mask for mask in self._masks if not mask.GetNoDataValue()]
        bands = [
            self.dataset.GetRasterBand(n)
            for n, nodata in zip(self.band_numbers, self._nodata)
            if nodata is not None
        ]
        return any(_is_unwritten(band, window) for band in masks + bands)

    def reopen(self) -> RasterFile:
        """The same file, opened once more, because two threads must not share one."""
        return RasterFile.open(self.name)

    @contextlib.contextmanager
    def _reading(self, window: Window) -> Iterator[None]:
        try:
            yield
        except RuntimeError as error:
            raise EngineError(
                "unreadable",
                "{name} cannot be read at rows {top} to {bottom}, columns {left} to {right}: {error}.",
                "The file is probably truncated or damaged: copy or make it again.",
                name=self.name,
                top=window.y,
                bottom=window.bottom - 1,
                left=window.x,
                right=window.right - 1,
                error=error,
            ) from None

    @property
    def files(self) -> tuple[str, ...]:
        return files_of(self.dataset)

    def close(self) -> None:
        """Close the file. Nothing can be read any more."""
        self._masks = []
        self.dataset.close()


def _grid(dataset: Dataset) -> Grid:
    transform = dataset.GetGeoTransform(can_return_null=True)
    # Without a geotransform (none at all, or ground control points only) a CRS says nothing about the pixels.
    crs_wkt = dataset.GetProjection() if transform else ""
    return Grid(dataset.RasterXSize, dataset.RasterYSize, tuple(transform or NO_GEOREFERENCE), crs_wkt)


def _masks(dataset: Dataset, bands: list[Any], alpha_bands: tuple[int, ...]) -> list[Any]:
    """The mask bands to read beside the nodata values: alpha bands, and other masks of the file."""
    module = gdal()
    masks = [dataset.GetRasterBand(number) for number in alpha_bands]
    for band in bands:
        flags = band.GetMaskFlags()
        if flags in (module.GMF_ALL_VALID, module.GMF_NODATA) or flags & module.GMF_ALPHA:
            continue
        masks.append(band.GetMaskBand())
        if flags & module.GMF_PER_DATASET:
            break
    return masks


def _nodata(band: Any, dtype: np.dtype[Any]) -> Any:
    """The band's nodata value in the type of its pixels; None where no pixel can have it."""
    value = band.GetNoDataValue()
    if value is None:
        return None
    if dtype.kind == "f":
        with np.errstate(over="ignore"):  # a double's lowest value on a band of floats
            return dtype.type(value)
    bounds = np.iinfo(dtype)
    return dtype.type(value) if float(value).is_integer() and bounds.min <= value <= bounds.max else None


def _is_unwritten(band: Any, window: Window) -> bool:
    module = gdal()
    box = (window.x, window.y, window.width, window.height)
    status, _ = band.GetDataCoverageStatus(*box, module.GDAL_DATA_COVERAGE_STATUS_DATA)
    return status == module.GDAL_DATA_COVERAGE_STATUS_EMPTY


def _band_name(band: Any) -> str:
    meaning = band.GetColorInterpretation()
    if band.GetDescription():
        return str(band.GetDescription())
    if meaning in (gdal().GCI_Undefined, gdal().GCI_GrayIndex, gdal().GCI_PaletteIndex):
        return f"Band {band.GetBand()}"
    return str(gdal().GetColorInterpretationName(meaning))


def _band_dtype(path: str, band: Any) -> np.dtype[Any]:
    dtype = band_dtype(band)
    if dtype is None:
        kind = gdal().GetDataTypeName(band.DataType)
        raise EngineError(
            "bad_dtype",
            "Band {number} of {path} holds complex numbers ({kind}).",
            "Convert it to real numbers with the tool Translate.",
            number=band.GetBand(),
            path=path,
            kind=kind,
        )
    return dtype

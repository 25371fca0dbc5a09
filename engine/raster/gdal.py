"""GDAL as the engine uses it: its modules, datasets that close, and errors that say what is wrong."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from ..protocol import Emit, EngineError, Progress, message
from .bindings import bindings


def gdal() -> Any:
    """The module ``osgeo.gdal``."""
    return bindings()[0]


def ogr() -> Any:
    """The module ``osgeo.ogr``."""
    return bindings()[2]


def gdal_version() -> str:
    """GDAL's release, as in "3.6.2"."""
    return str(gdal().VersionInfo("RELEASE_NAME"))


def has_overviews_of_strips() -> bool:
    """Whether the COG driver can make overviews less than a pixel high; GDAL 3.4 crashes there."""
    return int(gdal().VersionInfo()) >= 3_05_00_00


def spatial_reference(crs_wkt: str) -> Any:
    """An ``osr.SpatialReference`` whose axes run east and north, as geotransforms do."""
    osr = bindings()[3]
    crs = osr.SpatialReference()
    crs.ImportFromWkt(crs_wkt)
    crs.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    return crs


def named_reference(text: str) -> Any:
    """`spatial_reference` of a code such as EPSG:4326, or of any definition that GDAL knows."""
    crs = bindings()[3].SpatialReference()
    crs.SetFromUserInput(text)
    return spatial_reference(crs.ExportToWkt())


def transformation(source: Any, target: Any) -> Any:
    """An ``osr.CoordinateTransformation`` between two results of `spatial_reference`."""
    return bindings()[3].CoordinateTransformation(source, target)


def band_dtype(band: Any) -> np.dtype[Any] | None:
    """Numpy's name for the real numbers of a band; None for complex ones."""
    code = (
        None
        if gdal().DataTypeIsComplex(band.DataType)
        else bindings()[1].GDALTypeCodeToNumericTypeCode(band.DataType)
    )
    return None if code is None else np.dtype(code)


class Dataset:
    """A dataset of GDAL, with all its methods, that is closed when `close` is called.

    GDAL 3.8 added a method for that. Before, a dataset was closed with the last reference to it, so this
    holds the only one: pass ``handle`` to functions of GDAL that need the dataset itself, and never keep it.
    Bands and layers of a dataset must not be used once it is closed.
    """

    def __init__(self, handle: Any) -> None:
        self._handle = handle

    @property
    def handle(self) -> Any:
        """GDAL's own object."""
        return self._handle

    def __getattr__(self, name: str) -> Any:
        return getattr(self._handle, name)

    def close(self) -> None:
        """Write what is pending and close the file, once. Raises `RuntimeError` where GDAL fails."""
        handle, self._handle = self._handle, None
        if handle is None:
            return
        if hasattr(handle, "Close"):  # GDAL 3.8 and newer
            gdal().ErrorReset()
            # Up to GDAL 3.10 or so, a dataset whose `Close` raises is closed once more by Python, which ends
            # the process.
            with gdal().ExceptionMgr(useExceptions=False):
                handle.Close()
        else:
            handle.FlushCache()
            gdal().ErrorReset()
            del handle
        if gdal().GetLastErrorType() >= gdal().CE_Failure:
            raise RuntimeError(gdal().GetLastErrorMsg())

    def discard(self) -> None:
        """Close a dataset whose file is about to be removed: errors no longer matter."""
        with contextlib.suppress(RuntimeError):
            self.close()


def open_dataset(path: str, flags: int, kind: str) -> Dataset:
    """The dataset at ``path`` (a file or any name that GDAL knows).

    Raises `EngineError` with the reason why it cannot be opened as ``kind``, such as "a raster".
    """
    try:
        return Dataset(gdal().OpenEx(path, flags))
    except RuntimeError as error:
        reason = str(error)
    if Path(path).is_file() and Path(path).stat().st_size == 0:
        raise EngineError("unreadable", "The file {path} is empty.", "Make or copy it again.", path=path)
    if Path(path).exists():
        raise EngineError(
            "unreadable",
            "{path} cannot be opened as {kind}: {reason}.",
            "Choose a file that GDAL can open.",
            path=path,
            kind=kind,
            reason=reason,
        )
    raise EngineError(
        "no_file", "There is no file {path}.", "Check its name, or choose another one.", path=path
    )


def files_of(dataset: Dataset) -> tuple[str, ...]:
    """All files that a dataset is made of, as far as they are known, those of mosaics within mosaics too."""
    found: dict[str, None] = {}
    waiting = list(dataset.GetFileList() or ())
    while waiting:
        file = waiting.pop()
        if file not in found and file.lower().endswith(".vrt") and Path(file).is_file():
            inner = open_dataset(file, gdal().OF_RASTER, message("a raster"))
            waiting += inner.GetFileList() or ()
            inner.close()
        found[file] = None
    return tuple(sorted(found))


@contextlib.contextmanager
def write_errors(path: str | Path) -> Iterator[None]:
    """Raise an `EngineError` where GDAL fails to write to ``path`` during the block.

    GDAL writes late: it may report a full disk only when a dataset is closed,
    and to the error handler instead
    of by an exception. So an error handler is set for the whole block.
    """
    heard: list[str] = []
    module = gdal()

    def listen(kind: int, _number: int, text: str) -> None:
        if kind >= module.CE_Failure:
            heard.append(text)

    module.PushErrorHandler(listen)
    try:
        yield
    except RuntimeError as error:
        heard.append(str(error))
    finally:
        module.PopErrorHandler()
    if heard:
        raise EngineError(
            "disk_full",
            "{path} could not be written to its end, probably because the disk is full: {reason}.",
            "Free some space, or write elsewhere.",
            path=path,
            reason=heard[0],
        )


@contextlib.contextmanager
def followed(unit: str, emit: Emit) -> Iterator[Callable[[float, str, Any], int]]:
    """A progress function for GDAL. An exception of ``emit`` stops GDAL and is raised after the block."""
    stopped: list[BaseException] = []

    def follow(share: float, _text: str, _data: Any) -> int:
        try:
            emit(Progress(100 * share, 100, unit))
        except BaseException as error:
            stopped.append(error)
        return 0 if stopped else 1

    try:
        yield follow
    except RuntimeError:
        if not stopped:
            raise
    if stopped:
        raise stopped[0]


@contextlib.contextmanager
def created(driver: str, path: Path, *shape: Any) -> Iterator[Dataset]:
    """A new dataset (``shape`` as GDAL's ``Create`` takes it), closed when the block ends."""
    dataset = Dataset(None)
    try:
        with write_errors(path):
            dataset = Dataset(gdal().GetDriverByName(driver).Create(str(path), *shape))
        yield dataset
        with write_errors(path):
            dataset.close()
    finally:
        dataset.discard()


def read_through(path: Path, *, overviews: bool = False) -> None:
    """Read each pixel of a file, or of its overviews. `EngineError` or `RuntimeError` where that fails."""
    dataset = open_dataset(str(path), gdal().OF_RASTER, message("a raster"))
    try:
        for band in map(dataset.GetRasterBand, range(1, dataset.RasterCount + 1)):
            for level in map(band.GetOverview, range(band.GetOverviewCount())) if overviews else [band]:
                level.Checksum()
    finally:
        dataset.close()

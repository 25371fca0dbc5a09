"""GDAL as the engine uses it: its modules, datasets that close, and errors that say what is wrong."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from ..protocol import Emit, EngineError, Progress
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
    """Whether the COG driver makes overviews that are less than a pixel high. That of GDAL 3.4 ends the
    process.
    """
    return int(gdal().VersionInfo()) >= 3_05_00_00


def spatial_reference(crs_wkt: str) -> Any:
    """An ``osr.SpatialReference`` whose axes run east and north, as geotransforms do."""
    osr = bindings()[3]
    crs = osr.SpatialReference()
    crs.ImportFromWkt(crs_wkt)
    crs.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    return crs


def named_reference(text: str) -> Any:
    """As `spatial_reference`, of a code such as EPSG:4326, or of any definition that GDAL knows.
    `RuntimeError` for others.
    """
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
    """An open dataset of GDAL, with all methods of one, that is closed when `close` is called and not when
    Python finds time to.

    GDAL 3.8 added a method for that. Before, a dataset was closed with the last reference to it, so this
    holds the only one: take ``handle`` where GDAL's functions ask for the dataset itself, and never keep it.
    What was got from a dataset (bands, layers) must not be used once it is closed.
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
        """Write what waits and close the file, or raise what GDAL says (`RuntimeError`). Closing again does
        nothing.
        """
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
        """Close a dataset whose file is about to be removed, so that it matters no more what goes wrong."""
        with contextlib.suppress(RuntimeError):
            self.close()


def open_dataset(path: str, flags: int, what: str) -> Dataset:
    """The dataset at ``path`` (a file or any name GDAL knows). Raises `EngineError` that says why it cannot
    be ``what``.
    """
    try:
        return Dataset(gdal().OpenEx(path, flags))
    except RuntimeError as error:
        reason = str(error)
    if Path(path).is_file() and Path(path).stat().st_size == 0:
        raise EngineError("unreadable", f"The file {path} is empty.", "Make or copy it again.")
    if Path(path).exists():
        raise EngineError(
            "unreadable", f"{path} cannot be opened as {what}: {reason}.", "Choose a file that GDAL can open."
        )
    raise EngineError("no_file", f"There is no file {path}.", "Check its name, or choose another one.")


def files_of(dataset: Dataset) -> tuple[str, ...]:
    """All files that a dataset is made of, as far as they are known. GDAL itself does not look into mosaics
    of mosaics.
    """
    found: dict[str, None] = {}
    waiting = list(dataset.GetFileList() or ())
    while waiting:
        file = waiting.pop()
        if file not in found and file.lower().endswith(".vrt") and Path(file).is_file():
            inner = open_dataset(file, gdal().OF_RASTER, "a raster")
            waiting += inner.GetFileList() or ()
            inner.close()
        found[file] = None
    return tuple(sorted(found))


@contextlib.contextmanager
def write_errors(path: str | Path) -> Iterator[None]:
    """Raise an `EngineError` for every write to ``path`` that GDAL failed at.

    GDAL writes late: what a full disk stopped may be said only when a dataset is closed, to the
    error handler and not as an exception. So the handler listens during the whole block.
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
            f"{path} could not be written to its end, probably because the disk is full: {heard[0]}.",
            "Free some space, or write elsewhere.",
        )


@contextlib.contextmanager
def followed(unit: str, emit: Emit) -> Iterator[Callable[[float, str, Any], int]]:
    """A progress function for GDAL. What ``emit`` raises in it stops GDAL, and is raised when the block
    ends.
    """
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
    """A new dataset (``shape`` as GDAL's ``Create`` takes it), closed when the block ends, however it
    ends.
    """
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
    dataset = open_dataset(str(path), gdal().OF_RASTER, "a raster")
    try:
        for band in map(dataset.GetRasterBand, range(1, dataset.RasterCount + 1)):
            for level in map(band.GetOverview, range(band.GetOverviewCount())) if overviews else [band]:
                level.Checksum()
    finally:
        dataset.close()

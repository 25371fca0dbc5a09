"""GDAL's Python bindings: loaded when first needed, checked, and set up the same way everywhere."""

from __future__ import annotations

import functools
import os
from typing import Any

from ..protocol import EngineError, joined, message
from ..runtime.libraries import loading

OLDEST = (3, 4)
"""The oldest release of GDAL that the engine works with."""
DRIVERS = {
    "GTiff": "GeoTIFF",
    "COG": "cloud-optimised GeoTIFF",
    "GPKG": "GeoPackage",
    "MEM": "raster in memory",
}
"""The formats that jobs write, and their names."""
_CACHE_BYTES = 16 * 2**20
_ELSEWHERE = message(
    "Name another Python for the engine, such as that of a current QGIS, "
    "or one with the package gdal of conda-forge."
)


@functools.cache
def bindings() -> tuple[Any, Any, Any, Any]:
    """The modules gdal, gdal_array, ogr and osr.

    They raise exceptions, have a small block cache, and never run Python code that a raster contains. Raises
    `EngineError` where they cannot be loaded, are too old, or lack a driver.
    """
    with loading("GDAL"):
        try:
            from osgeo import gdal, ogr, osr  # noqa: PLC0415 (networks run on machines without GDAL)
        except ModuleNotFoundError as error:
            if error.name != "osgeo":
                raise
            raise EngineError(
                "no_gdal",
                "GDAL's Python bindings cannot be imported: {error}.",
                "Install them for this Python (package GDAL).",
                error=error,
            ) from None
    _require_release(gdal)
    with loading("GDAL"):
        from osgeo import gdal_array  # noqa: PLC0415
    for module in (gdal, ogr, osr):
        module.UseExceptions()
    _require_drivers(gdal)
    _require_proj(osr)
    gdal.SetConfigOption("GDAL_VRT_ENABLE_PYTHON", "NO")
    gdal.SetCacheMax(_CACHE_BYTES)
    return gdal, gdal_array, ogr, osr


def _require_release(gdal: Any) -> None:
    major, minor = OLDEST
    if int(gdal.VersionInfo("VERSION_NUM")) < 1_000_000 * major + 10_000 * minor:
        raise EngineError(
            "old_gdal",
            "GDAL {release} is installed; the engine needs {major}.{minor} or newer.",
            _ELSEWHERE,
            release=gdal.VersionInfo("RELEASE_NAME"),
            major=major,
            minor=minor,
        )


def _require_proj(osr: Any) -> None:
    """Raise `EngineError` if PROJ cannot find its database because another program has set its variables."""
    try:
        osr.SpatialReference().ImportFromEPSG(4326)
    except RuntimeError as error:
        named = [f"{name} ({os.environ[name]})" for name in ("PROJ_DATA", "PROJ_LIB") if os.environ.get(name)]
        raise EngineError(
            "no_proj",
            "GDAL's library PROJ cannot look up coordinate reference systems: {error}.",
            message("Remove the environment variable {names}, and restart QGIS.", names=", ".join(named))
            if named
            else _ELSEWHERE,
            error=str(error).rstrip("."),
        ) from error


def _require_drivers(gdal: Any) -> None:
    known = {gdal.GetDriver(number).ShortName for number in range(gdal.GetDriverCount())}
    if lacking := [f"{driver} ({title})" for driver, title in DRIVERS.items() if driver not in known]:
        remedy = message("Remove them from the environment variable GDAL_SKIP, if it is set.")
        raise EngineError(
            "no_driver",
            "GDAL {release} lacks formats that the engine writes: {formats}.",
            joined(remedy, _ELSEWHERE),
            release=gdal.VersionInfo("RELEASE_NAME"),
            formats=", ".join(lacking),
        )

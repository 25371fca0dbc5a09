"""GDAL's Python bindings: loaded when first needed, found fit for the engine, and set up the same way
everywhere.
"""

from __future__ import annotations

import functools
import os
from typing import Any

from ..protocol import EngineError
from ..runtime.libraries import loading

OLDEST = (3, 4)
"""The oldest release of GDAL that the engine works with."""
DRIVERS = {
    "GTiff": "GeoTIFF",
    "COG": "cloud-optimised GeoTIFF",
    "GPKG": "GeoPackage",
    "MEM": "raster in memory",
}
"""What every job may have to write."""
_CACHE_BYTES = 16 * 2**20
_ELSEWHERE = "Name another Python for the engine, such as that of a current QGIS, or one with the package gdal of conda-forge."


@functools.cache
def bindings() -> tuple[Any, Any, Any, Any]:
    """The modules gdal, gdal_array, ogr and osr: they raise exceptions, bound the block cache, never run code
    out of a raster.

    Raises `EngineError` where they cannot be loaded, are too old or lack a driver.
    """
    with loading("GDAL"):
        try:
            from osgeo import gdal, ogr, osr  # noqa: PLC0415 (networks run on machines without GDAL)
        except ModuleNotFoundError as error:
            if error.name != "osgeo":
                raise
            remedy = "Install them for this Python (package GDAL)."
            raise EngineError(
                "no_gdal", f"GDAL's Python bindings cannot be imported: {error}.", remedy
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
        message = f"GDAL {gdal.VersionInfo('RELEASE_NAME')} is installed; the engine needs {major}.{minor} or newer."
        raise EngineError("old_gdal", message, _ELSEWHERE)


def _require_proj(osr: Any) -> None:
    """Raise `EngineError` where PROJ has no database of its own: other programs set the variables by which it
    is found.
    """
    try:
        osr.SpatialReference().ImportFromEPSG(4326)
    except RuntimeError as error:
        named = [f"{name} ({os.environ[name]})" for name in ("PROJ_DATA", "PROJ_LIB") if os.environ.get(name)]
        remedy = (
            f"Remove the environment variable {' and '.join(named)}, and start QGIS anew."
            if named
            else _ELSEWHERE
        )
        message = (
            f"GDAL's library PROJ cannot look up coordinate reference systems: {str(error).rstrip('.')}."
        )
        raise EngineError("no_proj", message, remedy) from error


def _require_drivers(gdal: Any) -> None:
    known = {gdal.GetDriver(number).ShortName for number in range(gdal.GetDriverCount())}
    if lacking := [f"{driver} ({title})" for driver, title in DRIVERS.items() if driver not in known]:
        message = f"GDAL {gdal.VersionInfo('RELEASE_NAME')} was built or set up without what the engine writes: {', '.join(lacking)}."
        raise EngineError(
            "no_driver",
            message,
            f"Take them out of the environment variable GDAL_SKIP, if it is set. {_ELSEWHERE}",
        )

"""What a reader needs to repeat a run."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version

from . import __version__
from .raster import gdal_version


def versions() -> dict[str, str]:
    """The engine and what it stands on, by name. Nothing is loaded to find out, save GDAL."""
    installed = {package: found for package in ("torch", "numpy", "openvino") if (found := _version_of(package))}
    return {
        "raster_segmenter": __version__,
        "python": platform.python_version(),
        **installed,
        "gdal": gdal_version(),
        "system": platform.platform(),
    }


def openvino_version() -> str | None:
    """OpenVINO's version; None where it is not installed, as it need not be."""
    return _version_of("openvino")


def _version_of(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None

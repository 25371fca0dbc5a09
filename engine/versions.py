"""What a reader needs to repeat a run."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version

from . import __version__
from .raster import gdal_version


def versions() -> dict[str, str]:
    """The engine and what it stands on, by name. Nothing is loaded to find out, save GDAL."""
    return {
        "raster_segmenter": __version__,
        "python": platform.python_version(),
        "torch": version("torch"),
        "numpy": version("numpy"),
        "gdal": gdal_version(),
        **({"openvino": found} if (found := openvino_version()) else {}),
        "system": platform.platform(),
    }


def openvino_version() -> str | None:
    """OpenVINO's version; None where it is not installed, as it need not be."""
    try:
        return version("openvino")
    except PackageNotFoundError:
        return None

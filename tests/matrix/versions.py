"""Prints, as JSON, what the Python that runs it stands on; what is not there has no key. Run in each place of
the matrix.
"""

from __future__ import annotations

import json
import platform
from collections.abc import Callable
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version


def _qgis() -> str:
    return str(import_module("qgis.core").Qgis.QGIS_VERSION.partition("-")[0])


def _qt() -> str:
    return str(import_module("qgis.PyQt.QtCore").QT_VERSION_STR)


def _gdal() -> str:
    return str(import_module("osgeo.gdal").VersionInfo("RELEASE_NAME"))


FOUND: dict[str, Callable[[], str]] = {
    "QGIS": _qgis,
    "Qt": _qt,
    "GDAL": _gdal,
    "Python": platform.python_version,
    "numpy": lambda: version("numpy"),
    "torch": lambda: version("torch").partition("+")[0],
}


def versions() -> dict[str, str]:
    """Versions by name."""
    found = {}
    for name, ask in FOUND.items():
        try:
            found[name] = ask()
        except (ImportError, PackageNotFoundError):
            continue
    return found


if __name__ == "__main__":
    print(json.dumps(versions()))

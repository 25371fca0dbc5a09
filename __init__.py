"""Raster Segmenter, a QGIS plugin. QGIS calls `classFactory` and nothing else of this file.

It is readable for any Python 3, so that a QGIS that is too old says so when it is made to load the plugin.
"""

import configparser
import os
import sys
from typing import Any


def classFactory(iface: Any) -> Any:
    """The plugin, for QGIS with a window (``iface``) or without one (None, as in qgis_process)."""
    problem = _problem()
    if problem:
        return _Refused(iface, problem)
    from .plugin.main import Plugin  # noqa: PLC0415 (nothing is loaded before QGIS asks)

    return Plugin(iface)


def _problem() -> str:
    """A sentence where this QGIS or its Python is older than the plugin needs, else nothing."""
    from qgis.core import Qgis  # noqa: PLC0415

    metadata = configparser.RawConfigParser()
    metadata.read(os.path.join(os.path.dirname(__file__), "metadata.txt"), encoding="utf-8")
    oldest = metadata.get("general", "qgisMinimumVersion")
    major, minor = oldest.split(".")[:2]
    least = 10000 * int(major) + 100 * int(minor)
    # The older names come first: releases that are too old have no others.
    if least > (getattr(Qgis, "QGIS_VERSION_INT", 0) or Qgis.versionInt()):
        return "Raster Segmenter needs QGIS {} or newer, and this is QGIS {}. Update QGIS.".format(
            oldest, getattr(Qgis, "QGIS_VERSION", "") or Qgis.version()
        )
    try:
        from . import engine  # noqa: F401, PLC0415 (its package says which Python is needed)
    except ImportError as error:
        return str(error)
    return ""


class _Refused:
    """Stands for the plugin in a QGIS that cannot run it, and says why."""

    def __init__(self, iface: Any, problem: str) -> None:
        self._iface, self._problem = iface, problem

    def initGui(self) -> None:
        """QGIS with a window: a warning in it."""
        self._iface.messageBar().pushWarning("Raster Segmenter", self._problem)
        self.initProcessing()

    def initProcessing(self) -> None:
        """QGIS without a window: a warning in the log, and where a terminal shows it."""
        from qgis.core import QgsMessageLog  # noqa: PLC0415

        QgsMessageLog.logMessage(self._problem, "Raster Segmenter")
        if sys.stderr:  # Windows has none beside a window
            sys.stderr.write(self._problem.encode("ascii", "backslashreplace").decode() + "\n")

    def unload(self) -> None:
        """Nothing was loaded."""

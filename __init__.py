"""Raster Segmenter, a QGIS plugin. QGIS calls `classFactory` and nothing else of this file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .plugin.main import Plugin


def classFactory(iface: Any) -> Plugin:
    """The plugin, for QGIS with a window (``iface``) or without one (None, as in qgis_process)."""
    from .plugin.main import Plugin  # noqa: PLC0415 (nothing is loaded before QGIS asks)

    return Plugin(iface)

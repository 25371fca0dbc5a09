"""The demo project: an aerial image, its buildings, and a trained model, for a first map in a minute."""

from __future__ import annotations

import filecmp
import shutil
from pathlib import Path
from typing import Any

from qgis.core import (
    Qgis,
    QgsApplication,
    QgsFillSymbol,
    QgsProject,
    QgsRasterLayer,
    QgsSingleSymbolRenderer,
    QgsVectorLayer,
)

from ...engine.protocol import replace_file
from ..text import RESOURCES, tr

_FILES = (
    "image.tif",
    "buildings.geojson",
    "training_area.geojson",
    "test_area.geojson",
    "buildings.safetensors",
)
_OUTLINES = {"buildings": "#e69f00", "training_area": "#0072b2", "test_area": "#d55e00"}


def folder() -> Path:
    """The folder to which the demo's files are copied.

    They are copied because QGIS writes files beside the rasters that it shows, and so will the user.
    """
    return Path(QgsApplication.qgisSettingsDirPath()) / "raster_segmenter" / "demo"


def open_project(iface: Any) -> dict[str, Any]:
    """Open a new project with the demo's layers, and return the values for `classify`.

    They are empty if the user keeps the old project, or if the files cannot be copied.
    """
    place = folder()
    try:
        _copy(place)
    except OSError as error:
        text = tr("The demo's files cannot be copied to {folder}: {reason}.").format(
            folder=place, reason=error.strerror or error
        )
        iface.messageBar().pushMessage("Raster Segmenter", text, Qgis.MessageLevel.Warning, 0)
        return {}
    if not iface.newProject(True):
        return {}
    image = QgsRasterLayer(str(place / "image.tif"), tr("Banepa, aerial image"))
    QgsProject.instance().setTitle(tr("Raster Segmenter: demo"))
    QgsProject.instance().setCrs(image.crs())
    QgsProject.instance().addMapLayers([image, *_outlines(place)])
    root = QgsProject.instance().layerTreeRoot()
    root.insertChildNode(-1, root.findLayer(image.id()).clone())  # below the outlines
    root.removeChildNode(root.findLayer(image.id()))
    iface.mapCanvas().setExtent(image.extent())
    iface.mapCanvas().refresh()
    text = tr(
        "Press Run to map the buildings of Banepa, Nepal, with a model that was trained on the blue area."
    )
    iface.messageBar().pushMessage("Raster Segmenter", text, Qgis.MessageLevel.Info, 0)
    return {
        "INPUT": image.id(),
        "MODEL": [str(place / "buildings.safetensors")],
        "OUTPUT": str(place / "class_map.tif"),
    }


def _copy(place: Path) -> None:
    """Copy the demo's files, except for those that are there already: another QGIS may be reading them."""
    place.mkdir(parents=True, exist_ok=True)
    for name in _FILES:
        source, target = RESOURCES / "demo" / name, place / name
        if not target.is_file() or not filecmp.cmp(source, target, shallow=False):
            partial = target.with_name(f"{target.name}.partial")
            shutil.copyfile(source, partial)
            replace_file(partial, target)


def _outlines(place: Path) -> list[QgsVectorLayer]:
    titles = {
        "buildings": tr("Buildings"),
        "training_area": tr("Training area"),
        "test_area": tr("Test area"),
    }
    layers = []
    for name, color in _OUTLINES.items():
        layer = QgsVectorLayer(str(place / f"{name}.geojson"), titles[name], "ogr")
        symbol = QgsFillSymbol.createSimple(
            {"style": "no", "color": color, "outline_color": color, "outline_width": "0.5"}
        )
        layer.setRenderer(QgsSingleSymbolRenderer(symbol))
        layers.append(layer)
    return layers

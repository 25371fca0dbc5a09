"""The demo's map: image and class map side by side with the legend, laid out and exported by QGIS."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsLayoutExporter,
    QgsLayoutItemLabel,
    QgsLayoutItemLegend,
    QgsLayoutItemMap,
    QgsLayoutMeasurement,
    QgsLayoutPoint,
    QgsLayoutSize,
    QgsLegendRenderer,
    QgsLegendStyle,
    QgsMapLayer,
    QgsMapLayerLegendUtils,
    QgsPrintLayout,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
    QgsUnitTypes,
    QgsVectorLayer,
)
from qgis.PyQt.QtGui import QColor, QFont

MM = QgsUnitTypes.LayoutUnit.LayoutMillimeters
CRS = "EPSG:32645"  # UTM zone 45 N: metres, so that nothing looks squeezed
WIDTH_MM, HEIGHT_MM, MARGIN_MM, TOP_MM = 240.0, 178.0, 8.0, 24.0


def draw(image: Path, class_map: Path, test_area: Path, picture: Path, figures: dict[str, Any]) -> None:
    """Write ``picture`` (PNG): image left, class map right with the test area outlined, legend and figures
    above.
    """
    project = QgsProject()
    photo, classes = QgsRasterLayer(str(image), "Image"), QgsRasterLayer(str(class_map), "Class map")
    outline = QgsVectorLayer(str(test_area), "Test area", "ogr")
    for layer in (photo, classes, outline):
        if not layer.isValid():
            raise OSError(f"{layer.source()} could not be opened")
        project.addMapLayer(layer)
    project.setCrs(QgsCoordinateReferenceSystem(CRS))
    extent = QgsCoordinateTransform(photo.crs(), project.crs(), project).transformBoundingBox(photo.extent())
    outline.renderer().symbol().symbolLayer(0).setFillColor(QColor(0, 0, 0, 0))
    outline.renderer().symbol().symbolLayer(0).setStrokeColor(QColor("#c00000"))
    outline.renderer().symbol().symbolLayer(0).setStrokeWidth(0.7)
    layout = QgsPrintLayout(project)
    layout.initializeDefaults()
    layout.pageCollection().page(0).setPageSize(QgsLayoutSize(WIDTH_MM, HEIGHT_MM, MM))
    half = (WIDTH_MM - 3 * MARGIN_MM) / 2
    for x, layers in ((MARGIN_MM, [outline, photo]), (2 * MARGIN_MM + half, [outline, classes])):
        _add_map(layout, layers, extent, x, half)
    title = (
        f"Buildings of Banepa, Nepal. On the test area (outlined): IoU of building "
        f"{figures['building_iou']:.2f}, "
        f"overall accuracy {figures['overall_accuracy']:.2f}"
    )
    _add_text(layout, title, 5.0, 12)
    _add_text(
        layout,
        "Image: OpenAerialMap / HOTOSM, CC-BY 4.0. Buildings: © OpenStreetMap contributors, ODbL 1.0.",
        HEIGHT_MM - 7.0,
        7,
    )
    _add_legend(layout, [classes, outline])
    if not QgsLayoutExporter(layout).renderPageToImage(0, dpi=150).save(str(picture)):
        raise OSError(f"{picture} could not be written")


def _add_map(
    layout: QgsPrintLayout, layers: list[QgsMapLayer], extent: QgsRectangle, x: float, width: float
) -> None:
    item = QgsLayoutItemMap(layout)
    item.attemptMove(QgsLayoutPoint(x, TOP_MM, MM))
    item.attemptResize(QgsLayoutSize(width, width * extent.height() / extent.width(), MM))
    item.setLayers(layers)
    item.setKeepLayerSet(True)
    item.setFrameEnabled(True)
    item.setFrameStrokeWidth(QgsLayoutMeasurement(0.2, MM))
    layout.addLayoutItem(item)
    item.setExtent(extent)


def _add_text(layout: QgsPrintLayout, text: str, y: float, points: int) -> None:
    item = QgsLayoutItemLabel(layout)
    item.setText(text)
    item.setFont(QFont("DejaVu Sans", points))
    item.attemptMove(QgsLayoutPoint(MARGIN_MM, y, MM))
    item.attemptResize(QgsLayoutSize(WIDTH_MM - 2 * MARGIN_MM, 7, MM))
    layout.addLayoutItem(item)


def _add_legend(layout: QgsPrintLayout, layers: list[QgsMapLayer]) -> None:
    item = QgsLayoutItemLegend(layout)
    item.setAutoUpdateModel(False)
    root = item.model().rootGroup()
    root.removeAllChildren()
    for layer in layers:
        node = root.addLayer(layer)
        QgsLegendRenderer.setNodeLegendStyle(node, QgsLegendStyle.Style.Hidden)
        if isinstance(layer, QgsRasterLayer):  # its classes, without the line that names the band
            QgsMapLayerLegendUtils.setLegendNodeOrder(node, range(1, 1 + len(layer.renderer().classes())))
            item.model().refreshLayerLegend(node)
    item.setStyleFont(QgsLegendStyle.Style.SymbolLabel, QFont("DejaVu Sans", 9))
    item.setColumnCount(8)
    item.setSplitLayer(True)
    item.setBoxSpace(0)
    item.attemptMove(QgsLayoutPoint(MARGIN_MM, 14.0, MM))
    layout.addLayoutItem(item)
    item.adjustBoxSize()

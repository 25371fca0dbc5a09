"""QGIS's own batch dialog over several rasters, with the real engine: one styled result each."""

import sys
from pathlib import Path

import pytest
from osgeo import gdal
from qgis.core import QgsProcessingContext, QgsProject
from qgis.PyQt import sip

from .conftest import ROOT, write_raster
from .drawn import wait

DEMO = ROOT / "resources" / "demo"
MODEL = str(DEMO / "buildings.safetensors")


class NoBar:
    """In place of the progress in QGIS's window: without one, the thread that QGIS 3.22 keeps for it may
    never end.
    """

    def __init__(self, _title):
        pass

    def setProgress(self, _percent):
        pass


@pytest.fixture
def batch(provider, interpreter, qgis_parent, layer_tree, monkeypatch):
    """Fill QGIS's batch dialog with ``rows`` and run it: ``batch(algorithm, rows)`` returns QGIS's page on
    the runs.
    """
    from processing.core.ProcessingResults import resultsList
    from processing.gui import BatchAlgorithmDialog, BatchPanel

    monkeypatch.setenv(interpreter.SETTING, sys.executable)
    monkeypatch.setattr(BatchPanel, "iface", None)
    monkeypatch.setattr(BatchAlgorithmDialog, "QgsScopedProxyProgressTask", NoBar, raising=False)

    def run(name, rows):
        dialog = BatchAlgorithmDialog.BatchAlgorithmDialog(provider.algorithm(name).create(), qgis_parent)
        panel, context = dialog.mainWidget(), QgsProcessingContext()
        panel.addRow(len(rows) - 1)
        for number, row in enumerate(rows):
            for parameter, value in row.items():
                column = panel.parameter_to_column[parameter]
                if wrapper := panel.wrappers[number][column]:
                    wrapper.setParameterValue(value, context)
                else:  # an output; the first row of the table fills the others
                    panel.tblParameters.cellWidget(number + 1, column).setValue(value)
        panel.checkLoadLayersOnCompletion.setChecked(True)
        before = len(resultsList.getResults())
        dialog.runAlgorithm()
        # Newer QGIS runs it in another thread, and since 3.44 closes the dialog by itself when all rows went
        # well.
        assert wait(lambda: sip.isdeleted(dialog) or not dialog.cancelButton().isEnabled(), 120)
        if not sip.isdeleted(dialog):
            sip.delete(dialog)
        return "".join(
            Path(page.filename).read_text(encoding="utf-8") for page in resultsList.getResults()[before:]
        )

    yield run
    QgsProject.instance().removeAllMapLayers()


def crops(folder, count):
    """Parts of the demo's image that lie beside each other."""
    for number in range(count):
        path = str(folder / f"part {number}.tif")
        gdal.Translate(path, str(DEMO / "image.tif"), srcWin=[1100 + 128 * number, 200, 128, 128])
        yield path


def loaded():
    return {
        Path(layer.source().split("|")[0]).name: layer for layer in QgsProject.instance().mapLayers().values()
    }


def test_each_raster_of_a_batch_gets_a_map_with_its_legend(batch, tmp_path):
    rows = [
        {"INPUT": image, "MODEL": [MODEL], "OUTPUT": image.replace("part", "map")}
        for image in crops(tmp_path, 3)
    ]
    page = batch("classify", rows)
    assert sorted(loaded()) == ["map 0.tif", "map 1.tif", "map 2.tif"] and "color: red" not in page
    for layer in loaded().values():
        assert [entry.label for entry in layer.renderer().classes()] == ["background", "buildings"]
        assert layer.metadata().history()[0].endswith(f"{Path(layer.source()).name.replace('map', 'part')}")


def test_a_raster_that_fails_is_named_and_the_others_go_on(batch, tmp_path):
    first, last = crops(tmp_path, 2)
    images = [first, str(write_raster(tmp_path / "one band.tif")), last]
    rows = [{"INPUT": image, "MODEL": [MODEL], "OUTPUT": f"{image[:-4]} map.tif"} for image in images]
    page = batch("classify", rows)
    assert sorted(loaded()) == ["part 0 map.tif", "part 1 map.tif"]
    assert not (tmp_path / "one band map.tif").exists()
    assert (
        "one band.tif" in page.partition("color: red")[2]
        and "part 0.tif" not in page.partition("color: red")[2]
    )


def test_chains_run_in_batches(batch, tmp_path):
    rows = [
        {
            "image": image,
            "model": [MODEL],
            "classify:class_map": f"{image[:-4]} map.tif",
            "simplify:polygons": f"{image[:-4]}.gpkg",
        }
        for image in crops(tmp_path, 2)
    ]
    batch("classify_polygons_clean", rows)
    assert sorted(loaded()) == ["part 0 map.tif", "part 0.gpkg", "part 1 map.tif", "part 1.gpkg"]
    for name in ("part 0.gpkg", "part 1.gpkg"):
        assert [entry.label() for entry in loaded()[name].renderer().categories()] == [
            "background",
            "buildings",
        ]

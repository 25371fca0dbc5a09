"""QGIS around the plugin: the repository as the package `raster_segmenter`, small layers, stand-in engines,
real qgis_process.
"""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

ROOT = Path(__file__).parents[2]
_SPEC = importlib.util.spec_from_file_location(
    "raster_segmenter", ROOT / "__init__.py", submodule_search_locations=[str(ROOT)]
)
if "raster_segmenter" not in sys.modules:
    sys.modules["raster_segmenter"] = importlib.util.module_from_spec(_SPEC)
    _SPEC.loader.exec_module(sys.modules["raster_segmenter"])

UTM = "EPSG:32645"


@pytest.fixture
def interpreter(qgis_processing, monkeypatch):
    """The module that finds the interpreter, with nothing set and nothing remembered."""
    from qgis.core import QgsSettings
    from raster_segmenter.plugin.engine_client import interpreter, pool

    monkeypatch.delenv(interpreter.SETTING, raising=False)
    QgsSettings().remove(interpreter.SETTING_KEY)
    yield interpreter
    pool.pool.close()
    QgsSettings().remove(interpreter.SETTING_KEY)


@pytest.fixture
def provider(interpreter):
    """The provider, registered as QGIS without a window does it."""
    import raster_segmenter

    plugin = raster_segmenter.classFactory(None)
    plugin.initProcessing()
    yield plugin._provider
    plugin.unload()


@pytest.fixture
def context():
    from qgis.core import QgsProcessingContext, QgsProject
    from qgis.PyQt import sip

    context = QgsProcessingContext()
    context.setProject(QgsProject.instance())
    yield context
    QgsProject.instance().removeAllMapLayers()
    # Pytest holds the last test's fixtures until QGIS is gone, which a context's layers do not survive.
    sip.delete(context)


@pytest.fixture
def layer_tree(qgis_iface, qgis_parent, monkeypatch):
    """The project's layer tree as QGIS's window shows it: newer QGIS asks the window for it when it loads
    outputs.
    """
    from qgis.core import QgsLayerTreeModel, QgsProject
    from qgis.gui import QgsLayerTreeView

    tree = QgsLayerTreeView(qgis_parent)
    tree.setModel(QgsLayerTreeModel(QgsProject.instance().layerTreeRoot(), tree))
    monkeypatch.setattr(qgis_iface, "layerTreeView", lambda: tree, raising=False)
    yield tree
    tree.deleteLater()


@pytest.fixture
def image(tmp_path):
    """A raster file of 3 bands, 40 x 30 pixels of 1 m."""
    return str(write_raster(tmp_path / "bild ü.tif", bands=3))


def write_raster(path: Path, bands: int = 1) -> Path:
    from osgeo import gdal, osr

    dataset = gdal.GetDriverByName("GTiff").Create(str(path), 40, 30, bands, gdal.GDT_Byte)
    dataset.SetGeoTransform((500000, 1, 0, 3000030, 0, -1))
    reference = osr.SpatialReference()
    reference.SetFromUserInput(UTM)
    dataset.SetProjection(reference.ExportToWkt())
    for band in range(bands):
        dataset.GetRasterBand(band + 1).Fill(band + 1)
    return path


def polygons(name: str = "polygons", count: int = 2):
    """A memory layer of squares with the class field `kind`."""
    from qgis.core import QgsFeature, QgsGeometry, QgsRectangle, QgsVectorLayer

    layer = QgsVectorLayer(f"Polygon?crs={UTM}&field=kind:string", name, "memory")
    for number in range(count):
        feature = QgsFeature(layer.fields())
        feature.setAttributes([f"class {number}"])
        x = 500000 + 20 * number
        feature.setGeometry(QgsGeometry.fromRect(QgsRectangle(x, 3000000, x + 10, 3000010)))
        layer.dataProvider().addFeature(feature)
    layer.updateExtents()
    return layer


def save(layer, path: Path, name: str | None = None) -> str:
    """Write ``layer`` to a GeoPackage; returns its source as QGIS names it."""
    from qgis.core import QgsProject, QgsVectorFileWriter

    options = QgsVectorFileWriter.SaveVectorOptions()
    options.layerName = name or layer.name()
    if path.exists():
        options.actionOnExistingFile = QgsVectorFileWriter.ActionOnExistingFile.CreateOrOverwriteLayer
    error, *_ = QgsVectorFileWriter.writeAsVectorFormatV3(
        layer, str(path), QgsProject.instance().transformContext(), options
    )
    assert error == QgsVectorFileWriter.WriterError.NoError
    return f"{path}|layername={options.layerName}"


@pytest.fixture
def stand_in(tmp_path, interpreter, monkeypatch):
    """Make the engine's interpreter a program that runs ``body`` in place of the engine; it has every
    module.
    """

    def install(body: str) -> Path:
        program = tmp_path / "python-stand-in"
        program.write_text(
            f"#!{sys.executable}\nimport json, sys, time\n"
            "if sys.argv[1] == '-c':\n    print(json.dumps([sys.base_prefix, []])); sys.exit()\n"
            "assert sys.argv[1:] == ['-m', 'engine', 'serve']\n"
            "def emit(**event):\n    print(json.dumps(event), flush=True)\n"
            "def rest():\n    print('\\x1e', file=sys.stderr, flush=True)\n"
            f"{body}\n",
            encoding="utf-8",
        )
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv(interpreter.SETTING, str(program))
        return program

    return install


@pytest.fixture(scope="session")
def qgis_process(tmp_path_factory):
    """The real qgis_process in an empty profile with the plugin enabled: ``run(*arguments,
    **variables)``.
    """
    config = tmp_path_factory.mktemp("config")
    plugins = config / "profiles" / "default" / "python" / "plugins"
    plugins.mkdir(parents=True)
    (plugins / "raster_segmenter").symlink_to(ROOT)
    return in_profile(config)


def in_profile(config: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """qgis_process in the profile ``config``, with the plugin that lies there enabled."""
    # Debian's qgis_process hands QGIS_OPTS to the program, which does not know them; the program itself lies
    # beside it.
    program = shutil.which("qgis_process.bin") or shutil.which("qgis_process")
    if program is None:
        pytest.skip("qgis_process is not installed")

    def run(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        base = {
            **os.environ,
            "QGIS_CUSTOM_CONFIG_PATH": str(config),
            "RASTER_SEGMENTER_PYTHON": sys.executable,
        }
        return subprocess.run(
            [program, *arguments],
            env={**base, **variables},
            capture_output=True,
            encoding="utf-8",
            timeout=300,
            check=False,
        )

    enabled = run("plugins", "enable", "raster_segmenter")
    assert "Enabled raster_segmenter" in enabled.stdout, enabled.stderr
    return run


def results(run: subprocess.CompletedProcess[str]) -> dict[str, object]:
    """The results of ``qgis_process --json run``."""
    assert run.returncode == 0, run.stdout + run.stderr
    return json.loads(run.stdout)["results"]

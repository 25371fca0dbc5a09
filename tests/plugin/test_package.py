"""The zip that users install: into an empty profile it goes, and does the main job on real data from
there.
"""

import configparser
import json
import os
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from .conftest import ROOT, in_profile, results

DEMO = ROOT / "resources" / "demo"


@pytest.fixture(scope="module")
def package():
    """``make package``."""
    if made := os.environ.get("PACKAGE"):  # by `make release`: the one that passed the gates
        return Path(made)
    for tool in ("make", "lrelease"):
        if shutil.which(tool) is None:
            pytest.skip(f"{tool} is not installed")
    subprocess.run(["make", "--no-print-directory", "package"], cwd=ROOT, check=True, capture_output=True)
    return ROOT / "build" / "raster_segmenter.zip"


@pytest.fixture(scope="module")
def installed(package, tmp_path_factory):
    """qgis_process in an empty profile with the zip unpacked into it."""
    config = tmp_path_factory.mktemp("installed")
    plugins = config / "profiles" / "default" / "python" / "plugins"
    with zipfile.ZipFile(package) as archive:
        archive.extractall(plugins)
    return in_profile(config)


@pytest.fixture(scope="module")
def crop(tmp_path_factory):
    """A corner of the demo's image, small enough for a quick run."""
    gdal = pytest.importorskip("osgeo.gdal")
    path = tmp_path_factory.mktemp("Übung 1") / "image crop.tif"
    gdal.Translate(str(path), str(DEMO / "image.tif"), srcWin=[0, 0, 512, 384])
    return path


def test_the_zip_is_small_and_holds_what_pb_tool_names(package):
    settings = configparser.ConfigParser()
    settings.read(ROOT / "pb_tool.cfg", encoding="utf-8")
    files = {key: value.split() for key, value in settings["files"].items()}
    named = files["python_files"] + files["extras"] + files["extra_dirs"]
    tracked = subprocess.run(
        ["git", "ls-files", "-z", "--", *named], cwd=ROOT, capture_output=True, encoding="utf-8", check=True
    )
    made = [f"i18n/{name}.qm" for name in files["locales"]]
    with zipfile.ZipFile(package) as archive:
        held = [name for name in archive.namelist() if not name.endswith("/")]
    assert sorted(held) == sorted(
        f"raster_segmenter/{name}" for name in [*tracked.stdout.split("\0")[:-1], *made]
    )
    assert not [name for name in held if name.endswith((".pyc", ".pyd", ".so", ".dll", ".dylib", ".exe"))]
    assert package.stat().st_size < 5 * 2**20


def test_train_classify_evaluate_from_the_zip(installed, crop):
    folder = crop.parent
    before = {
        *folder.iterdir(),
        crop.with_name("image crop.tif.aux.xml"),
    }  # where QGIS keeps an image's statistics
    trained = results(
        installed(
            "--json",
            "run",
            "rastersegmenter:train",
            f"--INPUT={crop}",
            f"--REFERENCE={DEMO / 'buildings.geojson'}",
            "--UNLABELLED=1",
            "--OPTIONS=width=8 depth=3",
            "--EPOCHS=6",
            "--PATCH_PX=64",
            f"--MODEL={folder / 'model.safetensors'}",
            f"--REPORT={folder / 'training.html'}",
        )
    )
    assert trained["EPOCHS_RUN"] == 6 and 0.5 < trained["MEAN_F1"] < 1
    classified = results(
        installed(
            "--json",
            "run",
            "rastersegmenter:classify",
            f"--INPUT={crop}",
            f"--MODEL={folder / 'model.safetensors'}",
            f"--OUTPUT={folder / 'map.tif'}",
        )
    )
    assert classified["PIXELS"] == 512 * 384
    evaluated = results(
        installed(
            "--json",
            "run",
            "rastersegmenter:evaluate",
            f"--INPUT={folder / 'map.tif'}",
            f"--REFERENCE={DEMO / 'buildings.geojson'}",
            "--UNLABELLED=1",
            f"--REPORT={folder / 'evaluation.html'}",
            f"--JSON={folder / 'evaluation.json'}",
            f"--CSV={folder / 'evaluation.csv'}",
        )
    )
    assert evaluated["OVERALL_ACCURACY"] > 0.6
    figures = json.loads((folder / "evaluation.json").read_text(encoding="utf-8"))
    assert [c["name"] for c in figures["classes"]] == ["background", "buildings"]
    assert {path.name for path in set(folder.iterdir()) - before} == {
        *("model.safetensors", "training.html", "map.tif", "map.tif.aux.xml", "map.qml", "map.qmd"),
        *("evaluation.html", "evaluation.json", "evaluation.csv"),
    }

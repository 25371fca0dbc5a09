"""The main job on real data, through QGIS's Processing: train, classify, evaluate, and draw the map.

``make demo`` runs this in QGIS's Python. What it writes lies in ``demo/``: model, maps, reports,
``map.png`` and ``summary.json``.
"""

from __future__ import annotations

import importlib.util
import json
import shutil
import subprocess  # nosec B404 (the engine's interpreter is another program)
import sys
import time
from pathlib import Path
from typing import Any

from qgis.core import QgsApplication, QgsProcessingFeedback, QgsVectorLayer

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
OUT = ROOT / "demo"
MINUTES = 2
SEED = 1


class Talk(QgsProcessingFeedback):
    """Says on the terminal what QGIS would say in the dialog's log."""

    def __init__(self) -> None:
        super().__init__(False)
        self._last_s = 0.0

    def pushInfo(self, info: str) -> None:
        print("   ", info, flush=True)

    def pushWarning(self, warning: str) -> None:
        print("    Warning:", warning, flush=True)

    def setProgressText(self, text: str) -> None:
        if time.monotonic() - self._last_s > 10:
            self._last_s = time.monotonic()
            print("   ", text, flush=True)


def start_qgis() -> tuple[QgsApplication, Any]:
    """QGIS with Processing and this plugin, which both live as long as they are held."""
    application = QgsApplication([], True)
    application.initQgis()
    sys.path.append(str(Path(application.pkgDataPath()) / "python" / "plugins"))
    from processing.core.Processing import Processing  # noqa: PLC0415 (exists only once the path is set)

    Processing.initialize()
    spec: Any = importlib.util.spec_from_file_location(
        "raster_segmenter", ROOT / "__init__.py", submodule_search_locations=[str(ROOT)]
    )
    package = sys.modules["raster_segmenter"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(package)
    plugin = package.classFactory(None)
    plugin.initProcessing()
    return application, plugin


def run(algorithm: str, **parameters: Any) -> dict[str, Any]:
    """One Processing algorithm, by the name it has in the toolbox; its outputs and the seconds it took."""
    import processing  # noqa: PLC0415 (exists only once QGIS runs)

    print(f"\n{algorithm}", flush=True)
    started = time.monotonic()
    results = processing.run(algorithm, parameters, feedback=Talk())
    return {**results, "seconds": time.monotonic() - started}


def extent(polygons: Path) -> str:
    box = QgsVectorLayer(str(polygons), "area", "ogr").extent()
    return f"{box.xMinimum()},{box.xMaximum()},{box.yMinimum()},{box.yMaximum()} [EPSG:4326]"


def main() -> None:
    # Not every terminal knows every letter.
    sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]
    shutil.rmtree(OUT, ignore_errors=True)
    # On Windows, files that a program shows stay; the run says which of them are in its way.
    OUT.mkdir(exist_ok=True)
    application, plugin = start_qgis()
    # QGIS writes statistics beside the rasters it shows: that is not for the bundled file.
    image, buildings = str(shutil.copy(HERE / "image.tif", OUT)), str(HERE / "buildings.geojson")
    training_image = str(OUT / "training_image.tif")
    run(
        "gdal:cliprasterbyextent",
        INPUT=image,
        PROJWIN=extent(HERE / "training_area.geojson"),
        OUTPUT=training_image,
    )
    train = run(
        "rastersegmenter:train",
        INPUT=[training_image],
        REFERENCE=[buildings],
        UNLABELLED=1,
        NETWORK="unet",
        OPTIONS="width=16",
        MINUTES=MINUTES,
        SEED=SEED,
        MODEL=str(OUT / "buildings.safetensors"),
        REPORT=str(OUT / "training.html"),
    )
    class_map = OUT / "class_map.tif"
    classify = run("rastersegmenter:classify", INPUT=image, MODEL=train["MODEL"], OUTPUT=str(class_map))
    network = evaluate(class_map, OUT / "evaluation", buildings)
    forest = random_forest(training_image, buildings, image)
    summary = {
        "data": "Banepa at 0.26 m; trained on the western 992 columns, "
        "figures from the eastern 512, 32 columns apart",
        "device": device(),
        "seed": SEED,
        "seconds": {
            "train": round(train["seconds"], 1),
            "classify": round(classify["seconds"], 1),
            "evaluate": round(network.pop("seconds"), 1),
            "random_forest": round(forest.pop("seconds"), 1),
        },
        "network": network,
        "random_forest": forest,
    }
    sys.path.insert(0, str(HERE))
    from map_picture import draw  # noqa: PLC0415 (beside this file)

    draw(Path(image), class_map, HERE / "test_area.geojson", OUT / "map.png", network)
    (OUT / "summary.json").write_text(json.dumps(summary, indent=2) + "\n", encoding="utf-8")
    print_table(summary)
    plugin.unload()
    application.exitQgis()


def random_forest(training_image: str, buildings: str, image: str) -> dict[str, Any]:
    """Map the buildings by a random forest, in the engine's Python; its figures, and the seconds it took."""
    from raster_segmenter.plugin.engine_client import interpreter  # noqa: PLC0415 (QGIS must run first)

    forest_map, started = OUT / "random_forest.tif", time.monotonic()
    engine = interpreter.find()
    arguments = [training_image, buildings, image, str(forest_map)]
    subprocess.run(  # nosec B603 (an interpreter that the user named)
        [engine.path, "-m", "resources.demo.random_forest", *arguments],
        cwd=ROOT,
        env=interpreter.child_environment(engine),
        check=True,
    )
    seconds = time.monotonic() - started
    return {**evaluate(forest_map, OUT / "random_forest", buildings), "seconds": seconds}


def evaluate(class_map: Path, report: Path, buildings: str) -> dict[str, Any]:
    """Figures of the building class on the test area."""
    results = run(
        "rastersegmenter:evaluate",
        INPUT=str(class_map),
        REFERENCE=[buildings],
        UNLABELLED=1,
        AREA=str(HERE / "test_area.geojson"),
        REPORT=str(report.with_suffix(".html")),
        JSON=str(report.with_suffix(".json")),
        CSV=str(report.with_suffix(".csv")),
    )
    building = json.loads(report.with_suffix(".json").read_text(encoding="utf-8"))["classes"][1]
    return {
        "building_iou": building["iou"],
        "building_f1": building["f1"],
        "overall_accuracy": results["OVERALL_ACCURACY"],
        "kappa": results["KAPPA"],
        "seconds": results["seconds"],
    }


def device() -> str:
    results = run("rastersegmenter:checkengine")
    return f"{results['DEVICE']}: {results['REASON']}"


def print_table(summary: dict[str, Any]) -> None:
    network, forest, seconds = summary["network"], summary["random_forest"], summary["seconds"]
    print(f"\n{summary['data']}\n{summary['device']}\n")
    print(f"{'on the test area':<22}{'U-Net':>10}{'random forest':>16}")
    for key, title in (
        ("building_iou", "IoU of building"),
        ("building_f1", "F1 of building"),
        ("overall_accuracy", "overall accuracy"),
    ):
        print(f"{title:<22}{network[key]:>10.3f}{forest[key]:>16.3f}")
    print(f"\nseconds: {', '.join(f'{step} {value}' for step, value in seconds.items())}")
    print(f"Look at {OUT / 'map.png'} and {OUT / 'evaluation.html'}")


if __name__ == "__main__":
    main()

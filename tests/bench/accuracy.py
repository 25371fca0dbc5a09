"""How good a map Train segmenter gives on real data, with its recommended settings: means and spread over
three seeds.

``python tests/bench/accuracy.py [banepa|sparse|zion|zion_extra ...]``. The data are those of the variable
``DATA``: a folder with ``banepa`` and ``zion``. No choice was made on the test parts; how settings are
compared says `docs/accuracy.md`.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from statistics import mean, stdev
from typing import Any

import numpy as np
from osgeo import gdal, ogr, osr

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from engine import labels, raster  # noqa: E402
from engine.jobs import run  # noqa: E402
from engine.protocol import ClassifyJob, Epoch, EvaluateJob, Event, TrainJob  # noqa: E402

DATA = Path(os.environ.get("DATA", ROOT.parent / "shared" / "data"))
SEEDS = (0, 1, 2)
PATCHES_PX = 400e6
"""Of Banepa, seen in training; an epoch is 128 patches of 256 px."""
ZION_MINUTES = 5
SPARSE, SQUARE_PX = 0.01, 12
gdal.UseExceptions()
ogr.UseExceptions()


def quiet(event: Event) -> None:
    if isinstance(event, Epoch) and "VERBOSE" in os.environ:
        print(f"    epoch {event.number}: {event.training_loss:.3f}, F1 {event.mean_f1:.3f}", flush=True)


def box(path: Path, raster: str, columns: tuple[float, float], rows: tuple[float, float]) -> str:
    """A polygon over shares of a raster's columns and rows, in its CRS."""
    dataset = gdal.Open(raster)
    left, width, _, top, _, height = dataset.GetGeoTransform()
    x = [left + width * share * dataset.RasterXSize for share in columns]
    y = [top + height * share * dataset.RasterYSize for share in rows]
    layers = ogr.GetDriverByName("GPKG").CreateDataSource(str(path))
    crs = osr.SpatialReference(dataset.GetProjection())
    crs.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    layer = layers.CreateLayer("area", crs, ogr.wkbPolygon)
    feature = ogr.Feature(layer.GetLayerDefn())
    corners = [(x[0], y[0]), (x[1], y[0]), (x[1], y[1]), (x[0], y[1]), (x[0], y[0])]
    feature.SetGeometry(
        ogr.CreateGeometryFromWkt(f"POLYGON(({','.join(f'{a!r} {b!r}' for a, b in corners)}))")
    )
    layer.CreateFeature(feature)
    return str(path)


def part(path: Path, raster: str, columns: tuple[float, float], rows: tuple[float, float]) -> str:
    """The pixels in shares of a raster's columns and rows."""
    dataset = gdal.Open(raster)
    (x, right), (y, bottom) = (
        (round(size * a), round(size * b))
        for size, (a, b) in ((dataset.RasterXSize, columns), (dataset.RasterYSize, rows))
    )
    gdal.Translate(str(path), dataset, srcWin=[x, y, right - x, bottom - y])
    return str(path)


def figures(
    folder: Path, train: dict[str, Any], classify: dict[str, Any], evaluate: dict[str, Any], seed: int
) -> dict[str, Any]:
    """Train, classify and evaluate; the evaluation's figures, those of the map averaged over eight views as
    ``augmented``.
    """
    model, class_map, told = (str(folder / name) for name in ("model.safetensors", "map.tif", "figures.json"))
    started = time.monotonic()
    trained = run(
        TrainJob(model=model, network="unet", seed=seed, device="cpu", resume=False, **train), quiet
    )
    seconds = time.monotonic() - started
    found = []
    for augment in (False, True):
        job = ClassifyJob(
            models=(model,),
            output=class_map,
            area=evaluate["area"],
            augment=augment,
            device="cpu",
            **classify,
        )
        run(job, quiet)
        run(EvaluateJob(class_map=class_map, json=told, **evaluate), quiet)
        found.append(json.loads(Path(told).read_text(encoding="utf-8")))
    return {**found[0], "augmented": found[1], "seconds": seconds, "validation": trained["mean_iou"]}


def banepa(folder: Path, seed: int, share: float = 1.0, **changes: Any) -> dict[str, float]:
    """Buildings: learnt in the western two thirds at half resolution, measured in the eastern third."""
    half, buildings = str(folder / "half.tif"), str(DATA / "banepa" / "buildings.geojson")
    gdal.Translate(half, str(DATA / "banepa" / "image.tif"), widthPct=50, heightPct=50, resampleAlg="average")
    west = part(folder / "west.tif", half, (0, 2 / 3), (0, 1))
    train: dict[str, Any] = {"images": (west,), "references": (buildings,), "unlabelled": "background"}
    train.update(
        options={"width": 16}, epochs=int(PATCHES_PX / (128 * 256**2)), patch_px=256, batch=2, validation=0.1
    )
    if share < 1:
        train.update(references=(sparse(folder, west, buildings, share, seed),), unlabelled="ignore")
    test = box(folder / "east.gpkg", half, (2 / 3, 1), (0, 1))
    evaluate = {"references": (buildings,), "unlabelled": "background", "area": test}
    found = figures(folder, {**train, **changes}, {"image": half}, evaluate, seed)
    plain, augmented = (
        row["iou"] for of in (found, found["augmented"]) for row in of["classes"] if row["value"]
    )
    return {
        "IoU": plain,
        "IoU_eight_views": augmented,
        "validation": found["validation"],
        "seconds": found["seconds"],
    }


def sparse(folder: Path, image: str, buildings: str, share: float, seed: int) -> str:
    """A class raster in which ``share`` of the image's pixels have a label: small squares at random places,
    as one would draw.
    """
    with raster.RasterFile.open(image) as source:
        grid = source.grid
        options = labels.ReferenceOptions(unlabelled="background")
        with labels.rasterize([buildings], grid, options, emit=quiet) as truth:
            ids_HW, classes = truth.read(grid.window), truth.classes
    kept_HW, rng = np.zeros(ids_HW.shape, bool), np.random.default_rng(seed)
    while kept_HW.mean() < share:
        y, x = rng.integers(0, ids_HW.shape[0] - SQUARE_PX), rng.integers(0, ids_HW.shape[1] - SQUARE_PX)
        kept_HW[y : y + SQUARE_PX, x : x + SQUARE_PX] = True
    path = str(folder / "sparse.tif")
    codes_HW = np.where(kept_HW, np.array([c.value for c in classes], np.uint8)[ids_HW], np.uint8(255))
    with raster.ClassMapWriter(path, grid, classes) as writer:
        writer.write_codes(grid.window, codes_HW)
    return path


def zion(folder: Path, seed: int, extra: bool = False, **changes: Any) -> dict[str, float]:
    """Land cover: learnt in the northern half in five minutes, measured in the southern half."""
    image, cover, height = (
        str(DATA / "zion" / name) for name in ("landsat8_b2345.tif", "nlcd.tif", "srtm.tif")
    )
    north = part(folder / "north.tif", image, (0, 1), (0, 1 / 2))
    rasters = {"extra": (height,)} if extra else {}
    train: dict[str, Any] = {
        "images": (north,),
        "references": (cover,),
        "minutes": ZION_MINUTES,
        "options": {"width": 16},
    }
    train["loss"] = "cross_entropy_jaccard"  # of eight classes some are rare
    test = box(folder / "south.gpkg", image, (0, 1), (1 / 2, 1))
    evaluate = {"references": (cover,), "area": test}
    found = figures(folder, {**train, **rasters, **changes}, {"image": image, **rasters}, evaluate, seed)
    plain = {key: found[key] for key in ("mean_f1", "overall_accuracy", "validation", "seconds")}
    return {**plain, "mean_f1_eight_views": found["augmented"]["mean_f1"]}


STUDIES = {
    "banepa": banepa,
    "sparse": partial(banepa, share=SPARSE),
    "zion": zion,
    "zion_extra": partial(zion, extra=True),
}


def main(names: list[str]) -> None:
    for name in names or STUDIES:
        rows = []
        for seed in SEEDS:
            with tempfile.TemporaryDirectory() as folder:
                rows.append(STUDIES[name](Path(folder), seed))
            print(name, seed, rows[-1], flush=True)
        for key in rows[0]:
            values = [row[key] for row in rows]
            print(f"{name}: {key} {mean(values):.3f} ± {stdev(values):.3f}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])

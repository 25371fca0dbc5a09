"""Evaluate against reference, measured: its rate and its memory. ``python tests/bench/evaluate.py
[rate|memory]``.

Two rasters of 8 classes in blobs of 64 px, of which a tenth of the pixels differ, on one grid: once without
compression, once as Classify raster writes its maps. What is compared runs in turns; medians are given.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import numpy as np
from osgeo import gdal, osr
from sklearn.metrics import confusion_matrix

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from engine.jobs import run  # noqa: E402
from engine.protocol import EvaluateJob, Event  # noqa: E402

SIDE_PX, TILE_PX, CLASSES, PAIRS = 16_384, 4096, 8, 3
MEMORY_SIDES_PX = (4096, 10_000, 31_624)
PLAIN = ["TILED=YES", "BLOCKXSIZE=512", "BLOCKYSIZE=512"]
COMPRESSED = ["TILED=YES", "BLOCKXSIZE=256", "BLOCKYSIZE=256", "COMPRESS=DEFLATE", "ZLEVEL=1"]
gdal.UseExceptions()


def ignore(event: Event) -> None:
    """Nobody watches."""


def tile(seed: int) -> np.ndarray:
    """Blobs that all tiles share, a tenth of the pixels noise of their own."""
    blobs = np.random.default_rng(0).integers(0, CLASSES, (TILE_PX // 64, TILE_PX // 64))
    values_HW = np.kron(blobs, np.ones((64, 64))).astype(np.uint8)
    rng = np.random.default_rng(seed)
    noisy_HW = rng.random(values_HW.shape) < 0.1
    values_HW[noisy_HW] = rng.integers(0, CLASSES, noisy_HW.sum())
    return values_HW


def write(path: Path, side_px: int, seed: int, options: list[str]) -> str:
    crs = osr.SpatialReference()
    crs.ImportFromEPSG(32633)
    dataset = gdal.GetDriverByName("GTiff").Create(str(path), side_px, side_px, 1, gdal.GDT_Byte, options)
    dataset.SetGeoTransform((500_000, 1, 0, 5_300_000, 0, -1))
    dataset.SetProjection(crs.ExportToWkt())
    dataset.GetRasterBand(1).SetCategoryNames(
        [f"class {value}" for value in range(CLASSES)]
    )  # as class maps have them
    values_HW = tile(seed)
    for y in range(0, side_px, TILE_PX):
        for x in range(0, side_px, TILE_PX):
            dataset.GetRasterBand(1).WriteArray(values_HW[: side_px - y, : side_px - x], x, y)
    return str(path)


def read_alone(paths: tuple[str, str]) -> None:
    """Both files, window by window, and nothing else."""
    datasets = [gdal.Open(path) for path in paths]
    for y in range(0, SIDE_PX, 2048):
        for x in range(0, SIDE_PX, 2048):
            for dataset in datasets:
                dataset.ReadAsArray(x, y, 2048, 2048)


def seconds(what: Callable[[], object]) -> float:
    started = time.perf_counter()
    what()
    return time.perf_counter() - started


def bench_rate(folder: Path) -> None:
    for name, options in (("uncompressed", PLAIN), ("compressed", COMPRESSED)):
        class_map, reference = (
            write(folder / f"{name}_{seed}.tif", SIDE_PX, seed, options) for seed in (1, 2)
        )
        rates(name, class_map, reference)


def rates(name: str, class_map: str, reference: str) -> None:
    pixels = SIDE_PX**2
    truth_N, found_N = (tile(seed).ravel() for seed in (1, 2))
    ours, reading, theirs = [], [], []
    for _ in range(PAIRS):
        ours.append(seconds(lambda: run(EvaluateJob(class_map, (reference,)), ignore)))
        reading.append(seconds(lambda: read_alone((class_map, reference))))
        theirs.append(seconds(lambda: confusion_matrix(truth_N, found_N)) * pixels / truth_N.size)
    files, arrays = (median(other / own for own, other in zip(ours, others)) for others in (reading, theirs))
    print(
        f"evaluate, {name}, {pixels / 1e6:.0f} Mpx: {pixels / median(ours) / 1e6:.0f} Mpx/s "
        f"({median(ours):.2f} s); reading both "
        f"files alone {median(reading):.2f} s, ratio {files:.2f}; scikit-learn on arrays in memory "
        f"{median(theirs):.1f} s, ratio "
        f"{arrays:.1f}",
        flush=True,
    )


def bench_memory(folder: Path) -> None:
    """The engine's own process: VmHWM after an evaluation with all its outputs."""
    script = "import sys; from engine.__main__ import main; code = main(sys.argv[1:3]); "
    script += "print(next(line for line in open('/proc/self/status') if line.startswith('VmHWM')), "
    script += "file=sys.stderr); sys.exit(code)"
    for side_px in MEMORY_SIDES_PX:
        paths = [write(folder / f"{side_px}_{seed}.tif", side_px, seed, COMPRESSED) for seed in (1, 2)]
        outputs = {
            kind: str(folder / f"out.{end}")
            for kind, end in (("report", "html"), ("json", "json"), ("errors", "tif"))
        }
        job = {"version": 1, "class_map": paths[0], "references": paths[1:], "erode_px": 3, **outputs}
        (folder / "job.json").write_text(json.dumps(job))
        command = [sys.executable, "-c", script, "evaluate", str(folder / "job.json")]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
        seconds_, peak = (
            json.loads(done.stdout.splitlines()[-1])["values"]["seconds"],
            done.stderr.split()[-2],
        )
        print(
            f"evaluate with all outputs, {side_px**2 / 1e6:.0f} Mpx: {seconds_:.1f} s, peak "
            f"{int(peak) / 1024:.0f} MiB",
            flush=True,
        )
        for path in paths:
            Path(path).unlink()


BENCHES = {"rate": bench_rate, "memory": bench_memory}


def main(names: list[str]) -> None:
    for name in names or BENCHES:
        with tempfile.TemporaryDirectory() as folder:
            BENCHES[name](Path(folder))


if __name__ == "__main__":
    main(sys.argv[1:])

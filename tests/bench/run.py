"""Ratios against a stated baseline, measured in pairs in one run, and memory. ``make bench`` prints them."""

from __future__ import annotations

import json
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import numpy as np
import torch
from osgeo import gdal
from sklearn.metrics import confusion_matrix

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from engine import device, metrics, model_file  # noqa: E402
from engine.classifier import automatic_tile_px, context_px  # noqa: E402
from engine.legend import LegendClass  # noqa: E402
from engine.models import build_model  # noqa: E402

PAIRS = 3
OPTIONS = {"width": 16.0, "depth": 4.0}


def seconds(what: Callable[[], object]) -> float:
    started = time.perf_counter()
    what()
    return time.perf_counter() - started


def pairs(ours: Callable[[], object], baseline: Callable[[], object]) -> tuple[float, float, float]:
    """Medians of both, and of the ratio of each pair: above 1 where ours is faster."""
    both = [(seconds(ours), seconds(baseline)) for _ in range(PAIRS)]
    return median(a for a, _ in both), median(b for _, b in both), median(b / a for a, b in both)


def write_raster(path: Path, side_px: int) -> None:
    """Noise in the first 2048 rows and columns; the rest repeats nothing, is stored sparse, and is read all the same."""
    options = ["TILED=YES", "SPARSE_OK=TRUE", "BIGTIFF=IF_SAFER"]
    dataset = gdal.GetDriverByName("GTiff").Create(str(path), side_px, side_px, 3, gdal.GDT_Byte, options)
    dataset.WriteArray(np.random.default_rng(0).integers(0, 255, (3, 2048, 2048), np.uint8))


def write_model(path: Path, options: dict[str, float]) -> None:
    torch.manual_seed(0)
    card = model_file.ModelCard(
        network="unet",
        options=options,
        bands=tuple(model_file.Band(name, 127.0, 74.0) for name in ("Red", "Green", "Blue")),
        dtype="uint8",
        pixel_size_m=None,
        classes=(LegendClass(1, "a", (0, 0, 0)), LegendClass(2, "b", (255, 255, 255))),
        job={},
        history=(),
        best_epoch=0,
        samples={},
        confusion=(),
        versions={},
    )
    model_file.save(str(path), card, build_model("unet", 3, 2, **options).state_dict())


def classify(folder: Path, raster: str, model: str) -> dict[str, float]:
    """A whole engine process on one raster: what its result says, and its peak memory in MiB."""
    job = folder / "job.json"
    values = {"version": 1, "image": str(folder / raster), "model": str(folder / model), "output": str(folder / "map.tif")}
    job.write_text(json.dumps(values))
    # VmHWM begins anew with each program; getrusage would pass on what this process had when it forked.
    script = "import sys; from engine.__main__ import main; code = main(['classify', sys.argv[1]]); "
    script += "print(*(line for line in open('/proc/self/status') if line.startswith('VmHWM')), file=sys.stderr); sys.exit(code)"
    done = subprocess.run([sys.executable, "-c", script, str(job)], cwd=ROOT, capture_output=True, text=True, check=True)
    peak = next(float(line.split()[1]) / 1024 for line in done.stderr.splitlines() if line.startswith("VmHWM"))
    return {**json.loads(done.stdout.splitlines()[-1])["values"], "peak_mib": peak}


def bench_classification(folder: Path) -> None:
    """Disk to map of 4.2 Mpx against the bare network's rate on one window of the automatic size, already a tensor."""
    write_raster(folder / "small.tif", 2048)
    write_model(folder / "unet16.safetensors", OPTIONS)
    here, network = device.choose("cpu"), build_model("unet", 3, 2, **OPTIONS).eval()
    here.place(network)
    side = automatic_tile_px(here) + 2 * context_px(network)
    window = torch.randn(1, 3, side, side)
    rates: list[tuple[float, float]] = []
    with torch.inference_mode():
        here.forward(network, window, half=False)
        for _ in range(PAIRS):
            ours = 2048**2 / classify(folder, "small.tif", "unet16.safetensors")["seconds"] / 1e6
            rates.append((ours, side**2 / seconds(lambda: here.forward(network, window, half=False)) / 1e6))
    ours, bare = median(a for a, _ in rates), median(b for _, b in rates)
    print(f"classify, U-Net of width 16: {ours:.2f} Mpx/s disk to map, {bare:.2f} Mpx/s bare network; ratio {ours / bare:.2f}")


def bench_memory(folder: Path) -> None:
    write_model(folder / "unet4.safetensors", {"width": 4.0, "depth": 3.0})
    for side in (2048, 8192, 16384):
        write_raster(folder / "raster.tif", side)
        peak = classify(folder, "raster.tif", "unet4.safetensors")["peak_mib"]
        print(f"classify, peak memory of the engine at {side**2 / 1e6:.0f} Mpx: {peak:.0f} MiB")


def bench_confusion() -> None:
    rng = np.random.default_rng(0)
    truth, found = (rng.integers(0, 8, (2048, 2048), np.uint8) for _ in range(2))
    ours, theirs, ratio = pairs(
        lambda: metrics.confusion(truth, found, 8), lambda: confusion_matrix(truth.ravel(), found.ravel(), labels=range(8))
    )
    print(f"confusion matrix, 4.2 Mpx, 8 classes: {ours:.3f} s, scikit-learn {theirs:.3f} s; ratio {ratio:.0f}")


def main() -> None:
    print(f"{platform.processor() or platform.machine()}, {torch.get_num_threads()} threads, torch {torch.__version__}")
    with tempfile.TemporaryDirectory() as name:
        bench_classification(Path(name))
        bench_memory(Path(name))
    bench_confusion()


if __name__ == "__main__":
    main()

"""Classify raster, measured: its rate, its maps, its memory. ``python tests/bench/classify.py
[rate|labels|memory|time|batch]``.

What is compared runs in turns, and medians are given. The model is a U-Net of width 16 (WIDTH=32: the default
network), trained for a few minutes on the bundled image; the rasters are that image, mirrored on and on. A
machine that does other things meanwhile gives other figures. As on a processor with AVX2 and no more: see
avx2.c.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import onnxruntime
import torch
from numpy.typing import NDArray
from osgeo import gdal

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from engine.classification import backends  # noqa: E402
from engine.compute import device  # noqa: E402
from engine.jobs.common import load_model  # noqa: E402
from engine.model_files import model_file, onnx_export  # noqa: E402
from engine.models import Network, build_model  # noqa: E402

DEMO = ROOT / "resources" / "demo"
PAIRS = 3
TILE_PX, OVERLAP_PX = 512, 76
"""What today's users run: 512 px tiles that overlap by 15 per cent."""
TRAINING_MIN = 4
SIDES_PX = tuple(int(side) for side in os.environ.get("SIDES", "3072,10240").split(","))
BARE_SIDES_PX = (512, 1024, 2048)
LABELS_SIDE_PX = 6144
MEMORY_SIDES_PX = (2048, 10_000, 31_624)
BATCH, BATCH_PX = 50, 512
TIFF = ["TILED=YES", "BIGTIFF=IF_SAFER", "PHOTOMETRIC=RGB"]


def run_engine(kind: str, folder: Path, **values: Any) -> dict[str, Any]:
    """The result of one engine process, with its log and its peak memory in MiB."""
    job = folder / "job.json"
    job.write_text(json.dumps({"version": 1, **values}))
    # VmHWM begins anew with each program; getrusage would pass on what this process had when it forked.
    script = "import sys; from engine.__main__ import main; code = main([sys.argv[1], sys.argv[2]]); "
    script += "print(*(line for line in open('/proc/self/status') if line.startswith('VmHWM')), "
    script += "file=sys.stderr); sys.exit(code)"
    done = subprocess.run(
        [sys.executable, "-c", script, kind, str(job)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    events = [json.loads(line) for line in done.stdout.splitlines()]
    if done.returncode:
        raise SystemExit(f"the engine failed: {events[-1] if events else done.stderr}")
    peak = next(
        float(line.split()[1]) / 1024 for line in done.stderr.splitlines() if line.startswith("VmHWM")
    )
    log = " ".join(event["text"] for event in events if event["event"] == "log")
    return {**events[-1]["values"], "peak_mib": peak, "log": log}


def classify(folder: Path, raster: Path, model: Path, **values: Any) -> dict[str, Any]:
    return run_engine(
        "classify", folder, image=str(raster), models=[str(model)], output=str(folder / "map.tif"), **values
    )


def train(folder: Path) -> Path:
    """A model that is sure of most of what it says: agreement of labels means nothing where it is not."""
    model = folder / "unet.safetensors"
    run_engine(
        "train",
        folder,
        images=[str(DEMO / "image.tif")],
        references=[str(DEMO / "buildings.geojson")],
        area=str(DEMO / "training_area.geojson"),
        unlabelled="background",
        network="unet",
        options={"width": int(os.environ.get("WIDTH", "16"))},
        minutes=TRAINING_MIN,
        model=str(model),
    )
    return model


def small_model(folder: Path, trained: Path) -> Path:
    """The model's card with a network of four channels and three poolings: quick enough for a gigapixel."""
    card, _ = model_file.load(str(trained))
    path, options = folder / "unet4.safetensors", {"width": 4.0, "depth": 3.0}
    torch.manual_seed(0)
    state = build_model("unet", 3, len(card.classes), "none", **options).state_dict()
    model_file.save(str(path), model_file.ModelCard(**{**vars(card), "options": options}), state)
    return path


def write_raster(path: Path, width: int, height: int, filled_px: int = 0) -> Path:
    """The bundled image mirrored until ``width`` × ``height`` are full, or ``filled_px`` a side; the rest is
    stored sparse.
    """
    image_CHW = gdal.Open(str(DEMO / "image.tif")).ReadAsArray()[:3]
    high, wide = (min(size, filled_px or size) for size in (height, width))
    margins = [(0, 0), (0, max(0, high - image_CHW.shape[1])), (0, max(0, wide - image_CHW.shape[2]))]
    dataset = gdal.GetDriverByName("GTiff").Create(
        str(path), width, height, 3, gdal.GDT_Byte, [*TIFF, "SPARSE_OK=TRUE"]
    )
    dataset.WriteArray(np.pad(image_CHW, margins, mode="symmetric")[:, :high, :wide])
    return path


def seconds(what: Callable[[], object]) -> float:
    started = time.perf_counter()
    what()
    return time.perf_counter() - started


def tile_loop(session: onnxruntime.InferenceSession, raster: Path, output: Path) -> None:
    """A straightforward loop: read a tile, run it, keep all but half of the overlap, write it."""
    source = gdal.Open(str(raster))
    width, height = source.RasterXSize, source.RasterYSize
    options = ["TILED=YES", "COMPRESS=DEFLATE"]
    target = gdal.GetDriverByName("GTiff").Create(str(output), width, height, 1, gdal.GDT_Byte, options)
    step_px, crop_px = TILE_PX - OVERLAP_PX, OVERLAP_PX // 2
    for y in range(0, height, step_px):
        for x in range(0, width, step_px):
            top, left = max(0, y - crop_px), max(0, x - crop_px)
            high, wide = min(TILE_PX, height - top), min(TILE_PX, width - left)
            tile_CHW: NDArray[Any] = source.ReadAsArray(left, top, wide, high).astype(np.float32)
            padded_CHW = np.pad(tile_CHW, [(0, 0), (0, TILE_PX - high), (0, TILE_PX - wide)])
            labels_HW = session.run(None, {"image": padded_CHW[None]})[0][0].argmax(0).astype(np.uint8)
            bottom, right = min(y + step_px, height), min(x + step_px, width)
            target.GetRasterBand(1).WriteArray(
                labels_HW[y - top : bottom - top, x - left : right - left], x, y
            )


def bench_rate(folder: Path, model: Path) -> None:
    """Disk to map against the tile loop, PyTorch's 32 bits, and the bare network on the tensors that suit it
    best.
    """
    card, network = load_model(str(model))
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = torch.get_num_threads()
    proto = onnx_export.export(network, card, onnx_export.ExportTiles(TILE_PX, 15))
    session = onnxruntime.InferenceSession(proto.SerializeToString(), options, ["CPUExecutionProvider"])
    for side_px in SIDES_PX:
        raster, mpx = write_raster(folder / "raster.tif", side_px, side_px), side_px**2 / 1e6
        figures: list[tuple[float, ...]] = []
        for _ in range(PAIRS):
            done = classify(folder, raster, model, device="cpu")
            plain = classify(folder, raster, model, device="cpu", precision="fp32")
            loop = mpx / seconds(partial(tile_loop, session, raster, folder / "loop.tif"))
            figures.append(
                (
                    mpx / done["seconds"],
                    loop,
                    mpx / plain["seconds"],
                    bare_rate(network, backend_of(done["log"])),
                )
            )
        backend, ours = backend_of(done["log"]), median(row[0] for row in figures)
        for place, what in enumerate(
            ("the onnxruntime tile loop", "ours in PyTorch's fp32", f"the bare network in {backend}"), 1
        ):
            theirs, ratio = (
                median(row[place] for row in figures),
                median(row[0] / row[place] for row in figures),
            )
            print(
                f"disk to map in {backend}, {mpx:.1f} Mpx: {ours:.2f} Mpx/s; {what} {theirs:.2f}; "
                f"ratio {ratio:.2f}",
                flush=True,
            )


def backend_of(log: str) -> str:
    """The backend that a run has chosen."""
    return log.split("Computes in ")[1].split(",")[0] if "Computes in " in log else "fp32"


def bare_rate(network: Network, name: str) -> float:
    """The network's rate (Mpx/s) in the backend that classifying chose, in warm memory."""
    backend = backends.PreparedNetwork(network, 3).backend(name, device.choose("cpu"))
    rates = []
    for side_px in BARE_SIDES_PX:
        image_BCHW = torch.randn(1, 3, side_px, side_px).contiguous(memory_format=torch.channels_last)
        backend(image_BCHW)
        rates += [side_px**2 / 1e6 / seconds(partial(backend, image_BCHW)) for _ in range(3)]
    return max(rates)


def bench_labels(folder: Path, model: Path) -> None:
    """Labels of a whole raster in each 16-bit backend that the device has, and in the one chosen, against
    those in 32 bits.
    """
    raster = write_raster(folder / "raster.tif", LABELS_SIDE_PX, LABELS_SIDE_PX)
    maps: dict[str, NDArray[Any]] = {}
    for precision in ("fp32", "auto", *(["bf16"] if device.choose("cpu").halves else [])):
        log = classify(folder, raster, model, device="cpu", precision=precision)["log"]
        maps[precision] = gdal.Open(str(folder / "map.tif")).ReadAsArray()
        if precision == "auto":
            print(f"  {log}")
    for precision in list(maps)[1:]:
        same = (maps[precision] == maps["fp32"]).mean()
        print(
            f"labels alike, {precision} and fp32, {maps[precision].size / 1e6:.1f} Mpx: {same:.4%}",
            flush=True,
        )


@contextmanager
def warm_engine() -> Iterator[Callable[..., float]]:
    """A process that serves; the function runs a classify job and gives the seconds from sending it to its
    result.
    """
    command = [sys.executable, "-m", "engine", "serve"]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as engine:
        assert engine.stdin and engine.stdout
        lines, answers = engine.stdin, engine.stdout

        def run(**values: Any) -> float:
            started = time.perf_counter()
            lines.write(
                (json.dumps({"job": "classify", "version": 1, "device": "cpu", **values}) + "\n").encode()
            )
            lines.flush()
            for line in answers:
                event = json.loads(line)
                if event["event"] == "result":
                    return time.perf_counter() - started
                if event["event"] == "failure":
                    raise SystemExit(f"the engine failed: {event}")
            raise SystemExit("the engine ended without a result")

        yield run
        lines.close()


def bench_memory(folder: Path, model: Path) -> None:
    """Peak memory of an engine however large the raster; most of the largest is stored sparse."""
    small, peaks = small_model(folder, model), []
    for side in MEMORY_SIDES_PX:
        raster = write_raster(folder / "raster.tif", side, side, filled_px=2048)
        peaks.append(classify(folder, raster, small, device="cpu")["peak_mib"])
        print(f"at {side**2 / 1e6:.0f} Mpx: peak {peaks[-1]:.0f} MiB", flush=True)
    print(f"peak at the largest over the smallest: {peaks[-1] / peaks[0]:.3f}", flush=True)


def bench_time(folder: Path, model: Path) -> None:
    """Time per pixel however large the raster, in an engine that has started."""
    small = small_model(folder, model)
    job = {"models": [str(small)], "output": str(folder / "map.tif"), "precision": "fp32"}
    sides = (MEMORY_SIDES_PX[0], MEMORY_SIDES_PX[-1])
    rasters = [write_raster(folder / f"{side}.tif", side, side, filled_px=2048) for side in sides]
    with warm_engine() as run:
        run(image=str(rasters[0]), **job)
        little = [run(image=str(rasters[0]), **job) for _ in range(4 * PAIRS)]
        much = run(image=str(rasters[1]), **job)
        little += [run(image=str(rasters[0]), **job) for _ in range(4 * PAIRS)]
    each = [took / side**2 * 1e9 for took, side in zip((median(little), much), sides)]
    print(
        f"time per pixel at 4 Mpx: {each[0]:.1f} ns, at 1000 Mpx: {each[1]:.1f} ns; ratio "
        f"{each[1] / each[0]:.3f}",
        flush=True,
    )


def bench_batch(folder: Path, model: Path) -> None:
    """Many small rasters, one after the other through one warm engine, against one of as many pixels."""
    one = write_raster(folder / "one.tif", 10 * BATCH_PX, BATCH // 10 * BATCH_PX)
    small = write_raster(folder / "small.tif", BATCH_PX, BATCH_PX)
    figures: list[tuple[float, float]] = []
    with warm_engine() as run:
        job = {"models": [str(model)], "output": str(folder / "map.tif")}
        run(image=str(small), **job)
        for _ in range(PAIRS):
            many_s = sum(
                run(image=str(small), models=job["models"], output=str(folder / f"{n}.tif"))
                for n in range(BATCH)
            )
            figures.append((many_s, run(image=str(one), **job)))
    many_s, one_s = (median(column) for column in zip(*figures))
    ratio = median(b / a for a, b in figures)
    print(
        f"{BATCH} rasters of {BATCH_PX} px: {many_s:.1f} s; one of as many pixels: {one_s:.1f} s; "
        f"rate {ratio:.2f} of it",
        flush=True,
    )


BENCHES = {
    "rate": bench_rate,
    "labels": bench_labels,
    "memory": bench_memory,
    "time": bench_time,
    "batch": bench_batch,
}


def main(names: list[str]) -> None:
    print(
        f"{os.cpu_count()} processors, {torch.get_num_threads()} threads, torch {torch.__version__}",
        flush=True,
    )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        model = Path(os.environ["MODEL"]) if "MODEL" in os.environ else train(folder)
        for bench in names or BENCHES:
            BENCHES[bench](folder, model)


if __name__ == "__main__":
    main(sys.argv[1:])

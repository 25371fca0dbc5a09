"""Classify raster on a CUDA GPU, measured: the share of the time that the GPU computes, and the rate.

``python tests/bench/gpu.py [NETWORK[:WIDTH][@PRECISION] | MODEL.safetensors ...]``. Needs neither GDAL nor
QGIS: the raster's blocks are deflated in memory, and decoded by the readers as a file's would be; finished
windows are counted, compressed and kept in the journal, as a job does. The image is the bundled one where
``IMAGE`` names it as a NumPy file (C, H, W), else made up. Networks have random weights, whose labels are a
matter of rounding: name a precision, unless it is a trained model.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch.autograd import DeviceType
from torch.profiler import ProfilerActivity, profile

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from engine.classification import backends, tile_budget  # noqa: E402
from engine.classification.backends.bf16_rounding import synthetic_scene  # noqa: E402
from engine.classification.class_areas import ClassCounter  # noqa: E402
from engine.classification.classifier import Classifier  # noqa: E402
from engine.classification.journal import Journal  # noqa: E402
from engine.classification.predictor import Ensemble, Predictor  # noqa: E402
from engine.classification.tiling import plan_tiles  # noqa: E402
from engine.compute import device  # noqa: E402
from engine.compute.normalisation import Normalisation  # noqa: E402
from engine.core.legend import LegendClass  # noqa: E402
from engine.core.windows import Window  # noqa: E402
from engine.jobs.common import load_model  # noqa: E402
from engine.models import Network, build_model  # noqa: E402
from engine.raster import Grid, Source  # noqa: E402
from engine.raster.grid import NO_GEOREFERENCE  # noqa: E402
from engine.raster.preview import frame_of  # noqa: E402

NETWORKS = ("unet@bf16", "unet@fp32", "nasnet_mobile_fcn@bf16")
BLOCK_PX, PATTERN_PX, SAMPLE_PX = 512, 4096, 2048
BARE_SIDES_PX = (1024, 2048, 4096)
WISHED_S = 4.0
"""What a run should take at the bare network's rate."""
SIDES_PX = (16_384, 49_152)
CLASSES = tuple(LegendClass(value, f"class {value}", (value, value, value)) for value in (1, 2))
SCALING = Normalisation((110.0,) * 3, (45.0,) * 3)


class Blocks(Source):
    """A raster whose blocks, ``deflated`` or as they are, repeat those of a pattern in memory."""

    bands, dtype, name, band_names = 3, "uint8", "blocks", ("red", "green", "blue")

    def __init__(self, side_px: int, blocks: list[list[bytes]], deflated: bool) -> None:
        self.grid, self._blocks, self._deflated = (
            Grid(side_px, side_px, NO_GEOREFERENCE, ""),
            blocks,
            deflated,
        )

    @classmethod
    def of(cls, side_px: int, pattern_CHW: NDArray[np.uint8], deflated: bool) -> Blocks:
        starts = range(0, PATTERN_PX, BLOCK_PX)
        parts = [
            [pattern_CHW[:, y : y + BLOCK_PX, x : x + BLOCK_PX].tobytes() for x in starts] for y in starts
        ]
        return cls(
            side_px,
            [[zlib.compress(part, 6) for part in row] for row in parts] if deflated else parts,
            deflated,
        )

    def _read_inside(self, window: Window) -> tuple[NDArray[Any], NDArray[np.bool_]]:
        image_CHW = np.empty((self.bands, window.height, window.width), np.uint8)
        for y in range(window.y // BLOCK_PX * BLOCK_PX, window.bottom, BLOCK_PX):
            for x in range(window.x // BLOCK_PX * BLOCK_PX, window.right, BLOCK_PX):
                block = self._blocks[y // BLOCK_PX % len(self._blocks)][x // BLOCK_PX % len(self._blocks)]
                values = zlib.decompress(block) if self._deflated else block
                block_CHW = np.frombuffer(values, np.uint8).reshape(self.bands, BLOCK_PX, BLOCK_PX)
                whole = Window(x, y, BLOCK_PX, BLOCK_PX)
                part = whole.intersect(window)
                image_CHW[(..., *part.within(window))] = block_CHW[(..., *part.within(whole))]
        return image_CHW, np.ones(image_CHW.shape[1:], bool)

    def reopen(self) -> Blocks:
        return Blocks(self.grid.width, self._blocks, self._deflated)

    def close(self) -> None:
        """Nothing is held open."""


def pattern() -> NDArray[np.uint8]:
    """An image of `PATTERN_PX` a side: the bundled one, mirrored on and on, or one made up."""
    if "IMAGE" in os.environ:
        image_CHW = np.load(os.environ["IMAGE"])
    else:
        image_CHW = (synthetic_scene(3, 1024)[0] * 45 + 110).clamp(0, 255).to(torch.uint8).numpy()
    margins = [(0, 0), *((0, max(0, PATTERN_PX - side)) for side in image_CHW.shape[1:])]
    return np.pad(image_CHW, margins, mode="symmetric")[:, :PATTERN_PX, :PATTERN_PX]


def bare_rate(backend: backends.Backend, image_CHW: NDArray[np.uint8], gpu: device.Device) -> float:
    """The network's best rate (px/s) on tensors that lie on the GPU."""
    rates = []
    for side_px in BARE_SIDES_PX:
        values_CHW = image_CHW[:, : min(side_px, PATTERN_PX), : min(side_px, PATTERN_PX)].astype(np.float32)
        image_BCHW = ((torch.from_numpy(values_CHW)[None] - 110) / 45).to(gpu.backend)
        for _ in range(2):
            backend(image_BCHW)
        gpu.wait()
        started, times = time.perf_counter(), 5
        for _ in range(times):
            backend(image_BCHW)
        gpu.wait()
        rates.append(times * side_px**2 / (time.perf_counter() - started))
    return max(rates)


def busy_s(profiler: profile) -> float:
    """For how long at least one kernel ran; copies do not count."""
    events = profiler.profiler.kineto_results.events()  # type: ignore[union-attr]
    kernels = [
        e for e in events if e.device_type() == DeviceType.CUDA and not e.name().startswith(("Mem", "mem"))
    ]
    spans = sorted((e.start_ns(), e.start_ns() + e.duration_ns()) for e in kernels)
    busy_ns, until_ns = 0, 0
    for start_ns, end_ns in spans:
        busy_ns += max(0, end_ns - max(start_ns, until_ns))
        until_ns = max(until_ns, end_ns)
    return busy_ns / 1e9


def made(name: str) -> Network:
    if name.endswith(".safetensors"):
        return load_model(name)[1]
    name, _, width = name.partition(":")
    torch.manual_seed(0)
    return build_model(name, 3, len(CLASSES), "none", **({"width": float(width)} if width else {})).eval()


def backend_of(
    name: str, network: Network, image_CHW: NDArray[np.uint8], gpu: device.Device
) -> backends.Backend:
    """The backend called ``name``, or else the fastest one; what was measured is printed."""
    weights = backends.PreparedNetwork(network, 3)
    if name:
        return weights.backend(name, gpu)
    side_px = network.largest_valid_size(SAMPLE_PX - 2 * network.margin_px) + 2 * network.margin_px
    image_1CHW, valid_1HW = (
        torch.from_numpy(image_CHW[None, :, :side_px, :side_px]),
        torch.ones(1, side_px, side_px).bool(),
    )
    sample_BCHW = SCALING.apply(image_1CHW.to(gpu.backend), valid_1HW.to(gpu.backend))
    started = time.perf_counter()
    backend = backends.autotune(
        weights,
        gpu,
        backends.rate(weights, gpu),
        1e12,
        lambda: sample_BCHW,
        lambda event: print(f"  {event.text}"),
    )
    print(f"  Autotuning took {time.perf_counter() - started:.2f} s.", flush=True)
    return backend


def run(classifier: Classifier, planned: list[Window], multiple_px: int) -> float:
    started = time.perf_counter()
    classifier.run(planned, multiple_px)
    return time.perf_counter() - started


def classified(source: Blocks, backend: backends.Backend, gpu: device.Device) -> tuple[float, float, str]:
    """Rate (px/s) of a run, the share of the time that the GPU computes in another one, which is watched, and
    words.
    """
    network, area = backend.network, source.grid.window
    cost = tile_budget.measure_cost(backend, gpu, 3)
    ensemble = Ensemble(
        [Predictor(network, SCALING, backend, raster=area, max_batch_px=tile_budget.max_batch_px(cost, gpu))]
    )
    room_px = tile_budget.max_tile_px([cost], gpu, 3, 1, ensemble.halo_px, area.pixels)
    planned = plan_tiles(area, ensemble.halo_px, network.multiple_px, room_px)
    rate = share = 0.0
    for watched in (False, True):
        with (
            tempfile.TemporaryDirectory() as folder,
            Journal(f"{folder}/map.tif", "bench", lambda event: None) as journal,
        ):
            sinks = [ClassCounter(source.grid, CLASSES), journal]
            inside = lambda window: np.ones((window.height, window.width), bool)  # noqa: E731
            classifier = Classifier(
                ensemble,
                source,
                inside,
                sinks,
                len(CLASSES),
                frame_of(0, source.grid),
                gpu,
                lambda event: None,
            )
            if watched:
                with profile(activities=[ProfilerActivity.CUDA]) as profiler:
                    took_s = run(classifier, planned, network.multiple_px)
                share = busy_s(profiler) / took_s
            else:
                rate = area.pixels / run(classifier, planned, network.multiple_px)
    largest = max(planned, key=lambda tile: tile.pixels)
    return (
        rate,
        share,
        f"{area.pixels / 1e6:.0f} Mpx in {len(planned)} windows of {largest.width} × {largest.height} px",
    )


def bench(name: str, image_CHW: NDArray[np.uint8], gpu: device.Device) -> None:
    name, _, precision = name.partition("@")
    backend = backend_of(precision, made(name), image_CHW, gpu)
    bare = bare_rate(backend, image_CHW, gpu)
    side_px = int(min(max((bare * WISHED_S) ** 0.5, SIDES_PX[0]), SIDES_PX[1])) // 1024 * 1024
    for deflated in (False, True):
        rate, share, words = classified(Blocks.of(side_px, image_CHW, deflated), backend, gpu)
        print(
            f"{Path(name).name} in {backend.name}, {words}, "
            f"{'deflated' if deflated else 'not compressed'}: {rate / 1e6:.0f} Mpx/s, "
            f"the bare network {bare / 1e6:.0f}; ratio {rate / bare:.2f}; the GPU computes "
            f"{share:.1%} of the time; "
            f"at most {torch.cuda.max_memory_allocated() / 2**30:.1f} GiB of its memory",
            flush=True,
        )


def main(names: list[str]) -> None:
    gpu, image_CHW = device.choose("cuda"), pattern()
    print(f"{gpu.name}, {os.cpu_count()} processors, torch {torch.__version__}", flush=True)
    for name in names or NETWORKS:
        bench(name, image_CHW, gpu)


if __name__ == "__main__":
    main(sys.argv[1:])

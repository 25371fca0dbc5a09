"""Training measured: its rate against the bare forward, backward and step on tensors at hand, in turns; on a
GPU the share of the time that it computes, too.

``python tests/bench/train.py [NETWORK[:WIDTH] ...]``. Needs neither GDAL nor QGIS: image and labels lie in
memory. The image is the one that ``IMAGE`` names as a NumPy file (C, H, W), or made up; what is learnt is
where it is bright.
"""

from __future__ import annotations

import os
import sys
import time
from dataclasses import replace
from pathlib import Path
from statistics import median

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch.profiler import ProfilerActivity, profile

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from gpu import busy_s  # noqa: E402 (beside this file)

from engine.classification.backends.bf16_rounding import synthetic_scene  # noqa: E402
from engine.compute import (  # noqa: E402
    device,
    normalisation,
    precision,
)
from engine.compute.kernels import prepare_network  # noqa: E402
from engine.core.legend import LegendClass  # noqa: E402
from engine.labels import ArrayLabels  # noqa: E402
from engine.models import Network, build_model  # noqa: E402
from engine.protocol import Event, Progress, Recipe, choices  # noqa: E402
from engine.raster import ArraySource  # noqa: E402
from engine.training import dataset, splitting, trainer  # noqa: E402
from engine.training.setup import Settings, TrainingSetup  # noqa: E402

NETWORKS = ("unet:16",)
CLASSES = (LegendClass(1, "dark", (0, 0, 0)), LegendClass(2, "bright", (255, 255, 255)))
SIDE_PX, PAIRS = 2048, 3
WISHED_S = {"cpu": 12.0, "cuda": 4.0}
"""What one side of a pair should take."""
WARM_UP = 5


def made(name: str) -> Network:
    torch.manual_seed(0)
    name, _, width = name.partition(":")
    return build_model(name, 3, len(CLASSES), "none", **({"width": float(width)} if width else {}))


def data() -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    if "IMAGE" in os.environ:
        image_CHW = np.load(os.environ["IMAGE"])
    else:
        image_CHW = (synthetic_scene(3, SIDE_PX)[0] * 45 + 110).clamp(0, 255).to(torch.uint8).numpy()
    grey_HW = image_CHW.mean(0)
    return image_CHW, (grey_HW > np.median(grey_HW)).astype(np.uint8)


class Clock:
    """When each step of training was done, by what training says; without the first steps, for which kernels
    are chosen, memory is fetched and passes are recorded. A ``profiler`` sees the same steps.
    """

    def __init__(self, steps: int, where: device.Device, profiler: profile | None = None) -> None:
        self._steps, self._where, self._profiler = steps, where, profiler
        self._times: dict[float, float] = {}
        self.share = 0.0
        """Of the time, when the GPU computes."""

    def __call__(self, event: Event) -> None:
        if not isinstance(event, Progress) or event.unit != "batches" or event.done in self._times:
            return
        if event.done in (WARM_UP, self._steps):
            self._where.wait()
        self._times[event.done] = time.perf_counter()
        if self._profiler and event.done == WARM_UP:
            self._profiler.start()
        if self._profiler and event.done == self._steps:
            self._profiler.stop()
            self.share = busy_s(self._profiler) / (self.seconds_of_step * (self._steps - WARM_UP))

    @property
    def seconds_of_step(self) -> float:
        return (self._times[self._steps] - self._times[WARM_UP]) / (self._steps - WARM_UP)


def trained(
    name: str, recipe: Recipe, steps: int, where: device.Device, profiler: profile | None = None
) -> Clock:
    """Steps of ours: patches drawn, read, brought to the device, scaled, turned, learnt, averaged, told."""
    image_CHW, ids_HW = data()
    network = made(name)
    images = dataset.LabelledImages(
        [ArraySource(image_CHW)], [ArrayLabels(ids_HW, CLASSES)], network.margin_px
    )
    blocks = splitting.count_labels(images.sizes, 256, len(CLASSES), images.read_ids, lambda event: None)
    split = splitting.split_at_random(blocks, CLASSES, 0.1, np.random.default_rng(0))
    bands = normalisation.fit([(image_CHW, np.ones(ids_HW.shape, bool))])
    settings = Settings(replace(recipe, epochs=1, epoch_patches=steps * recipe.batch))
    clock = Clock(steps, where, profiler)
    trainer.train(TrainingSetup(network, images, split, bands, CLASSES, settings, where, clock))
    return clock


def bare(name: str, recipe: Recipe, steps: int, where: device.Device) -> float:
    """Seconds of a step by the shortest loop there is, in the same precision and layout."""
    network = made(name).train()
    prepare_network(network, where)
    optimizer = torch.optim.AdamW(network.parameters(), lr=1e-3)
    side_px = network.valid_size(recipe.patch_px)
    shape = recipe.batch, 3, side_px + 2 * network.margin_px, side_px + 2 * network.margin_px
    image_BCHW = torch.randn(shape, device=where.backend).to(memory_format=torch.channels_last)
    ids_BHW = torch.randint(0, len(CLASSES), (recipe.batch, side_px, side_px), device=where.backend)
    started = 0.0
    for step in range(WARM_UP + steps):
        if step == WARM_UP:
            where.wait()
            started = time.perf_counter()
        optimizer.zero_grad(set_to_none=True)
        F.cross_entropy(
            precision.forward_training(network, image_BCHW, where).logits_BKHW, ids_BHW
        ).backward()
        optimizer.step()
    where.wait()
    return (time.perf_counter() - started) / steps


def bench(name: str, where: device.Device) -> None:
    recipe = choices("models")[name.partition(":")[0]].training
    steps = max(20, round(WISHED_S[where.backend.type] / bare(name, recipe, 5, where)))
    both = [
        (trained(name, recipe, steps, where).seconds_of_step, bare(name, recipe, steps, where))
        for _ in range(PAIRS)
    ]
    px = recipe.batch * recipe.patch_px**2
    ours, theirs = (median(px / side for side in sides) / 1e6 for sides in zip(*both))
    print(
        f"training {name}, {steps} steps of {recipe.batch} patches of {recipe.patch_px} px: "
        f"{ours:.2f} Mpx/s, "
        f"bare forward, backward and step {theirs:.2f}; ratio {median(b / a for a, b in both):.2f}",
        flush=True,
    )
    if where.is_async:
        clock = trained(name, recipe, steps, where, profile(activities=[ProfilerActivity.CUDA]))
        print(f"  the GPU computes {clock.share:.1%} of the time", flush=True)


def main(names: list[str]) -> None:
    where = device.choose("auto")
    print(f"{where.name}, {os.cpu_count()} processors, torch {torch.__version__}", flush=True)
    for name in names or NETWORKS:
        bench(name, where)


if __name__ == "__main__":
    main(sys.argv[1:])

"""What the papers claim, tried on real data: directions, with means and spread over seeds. ``make bench``
prints them.

Data: the bundled part of Banepa (0.26 m, buildings against the rest), trained in its west and measured in its
east third, which no choice was made on. Runs that are compared see as many labelled pixels, in the same
patches.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from statistics import mean, median, stdev
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from engine import labels, raster  # noqa: E402
from engine.classification.backends import PreparedNetwork  # noqa: E402
from engine.classification.predictor import Predictor  # noqa: E402
from engine.classification.tiling import plan_tiles  # noqa: E402
from engine.compute import (  # noqa: E402
    device,
    normalisation,
    precision,
)
from engine.compute.normalisation import Normalisation  # noqa: E402
from engine.core import cache  # noqa: E402
from engine.core.legend import IGNORE, LegendClass  # noqa: E402
from engine.metrics.confusion import Metrics, confusion  # noqa: E402
from engine.models import FittedNetwork, Network, build_model  # noqa: E402
from engine.protocol import choices  # noqa: E402
from engine.training import dataset, fit_once, splitting, trainer  # noqa: E402
from engine.training.setup import Settings, TrainingSetup  # noqa: E402

DEMO = ROOT / "resources" / "demo"
SEEDS = (0, 1, 2)
EPOCHS, EPOCH_PX = 8, 112 * 256**2
"""59 million labelled pixels in all: about a minute for a U-Net of width 16 on two cores."""
BORDER_PX = 16
HERE = device.choose("cpu")


@dataclass(frozen=True)
class Part:
    image_CHW: NDArray[np.uint8]
    ids_HW: NDArray[np.uint8]


@dataclass(frozen=True)
class Model:
    network: Network
    bands: Normalisation


def part(area: str) -> tuple[Part, tuple[LegendClass, ...]]:
    """The columns of the image that have labels within ``area``."""
    with raster.RasterFile.open(str(DEMO / "image.tif")) as source:
        image_CHW, _ = source.read(source.grid.window)
        reference, inside = str(DEMO / "buildings.geojson"), str(DEMO / f"{area}.geojson")
        options = labels.ReferenceOptions(unlabelled="background", area=inside)
        with labels.rasterize([reference], source.grid, options, emit=lambda event: None) as truth:
            ids_HW = truth.read(source.grid.window)
            columns = np.flatnonzero((ids_HW != IGNORE).any(0))
            used = slice(columns[0], columns[-1] + 1)
            return Part(image_CHW[:, :, used], ids_HW[:, used]), truth.classes


def train(
    where: Part, classes: tuple[LegendClass, ...], seed: int, name: str, share: float = 1, **changes: Any
) -> Model:
    """``name`` by its recommended recipe and ``changes``, on ``share`` of the training blocks."""
    options = changes.pop("options", {})
    recipe = replace(choices("models")[name].training, epochs=EPOCHS, patience=0, **changes)
    torch.manual_seed(seed)
    network = build_model(name, 3, len(classes), recipe.auxiliary, **options)
    recipe = replace(recipe, patch_px=network.valid_size(recipe.patch_px))
    recipe = replace(recipe, epoch_patches=round(EPOCH_PX / recipe.patch_px**2))
    source = raster.ArraySource(where.image_CHW)
    images = dataset.LabelledImages(
        [source],
        [labels.ArrayLabels(where.ids_HW, classes)],
        network.margin_px,
        recipe.auxiliary == "distance",
    )
    blocks = splitting.count_labels(images.sizes, 128, len(classes), images.read_ids, lambda event: None)
    rng = np.random.default_rng(seed)
    split = splitting.split_at_random(blocks, classes, 0.2, rng)
    kept = rng.permutation(len(split.training))[: round(share * len(split.training))]
    split = replace(split, training=tuple(split.training[n] for n in kept))
    bands = normalisation.fit([(where.image_CHW, where.ids_HW != IGNORE)])
    learn = fit_once.fit if isinstance(network, FittedNetwork) else trainer.train
    settings = Settings(recipe, 0.0, seed)
    trained = learn(TrainingSetup(network, images, split, bands, classes, settings, HERE, lambda event: None))
    network.load_state_dict(trained.weights, strict=False)
    return Model(network.eval(), bands)


@torch.inference_mode()
def scores(model: Model, image_CHW: NDArray[np.uint8], tile_px: int = 0) -> NDArray[np.float32]:
    """Logit of the building less that of the rest, for every pixel, as classification computes it in 32
    bits.
    """
    source, network = raster.ArraySource(image_CHW), model.network
    weights = cache.get_or_make("weights", id(network), partial(PreparedNetwork, network, source.bands))
    predictor = Predictor(network, model.bands, weights.backend("fp32", HERE))
    score_HW = np.zeros(image_CHW.shape[1:], np.float32)
    for tile in plan_tiles(source.grid.window, network.halo_px, network.multiple_px, 2**20, tile_px):
        window = predictor.window(tile)
        image, valid = (torch.from_numpy(array)[None] for array in source.read(window))
        logits_KHW = predictor.probabilities(image, valid, window, tile, raw=True)
        score_HW[tile.y : tile.bottom, tile.x : tile.right] = (logits_KHW[1] - logits_KHW[0]).numpy()
    return score_HW


def judged(score_HW: NDArray[np.float32], ids_HW: NDArray[np.uint8]) -> dict[str, float]:
    labelled = ids_HW != IGNORE
    metrics = Metrics.of(confusion(ids_HW, (score_HW > 0).astype(np.uint8), 2))
    assert metrics.iou[1] is not None
    auc = roc_auc_score(ids_HW[labelled], score_HW[labelled])
    return {"AUC": float(auc), "accuracy": float(metrics.overall_accuracy), "IoU": metrics.iou[1]}


def seam(score_HW: NDArray[np.float32], step_px: int = 16, cell_px: int = 4) -> float:
    """Mean step of the score across columns at multiples of ``step_px``, over that at other borders of cells:
    1 = no seam.

    Both networks have a score in every ``cell_px``; only the borders between cells are compared, so that how
    the score is interpolated within cells plays no part.
    """
    steps_W = np.abs(np.diff(score_HW, axis=1)).mean(0)
    column_W = np.arange(1, score_HW.shape[1])
    seams, others = (
        steps_W[column_W % step_px == 0],
        steps_W[(column_W % cell_px == 0) & (column_W % step_px != 0)],
    )
    return float(seams.mean() / others.mean())


def row(title: str, runs: list[dict[str, float]]) -> None:
    figures = (
        f"{key} {mean(r[key] for r in runs):.4f} ± {stdev(r[key] for r in runs):.4f}" for key in runs[0]
    )
    print(f"  {title:34s} {'   '.join(figures)}", flush=True)


def each_seed(what: Callable[[int], Model], test: Part) -> tuple[list[Model], list[dict[str, float]]]:
    models = [what(seed) for seed in SEEDS]
    return models, [judged(scores(model, test.image_CHW), test.ids_HW) for model in models]


def bench_systems(west: Part, test: Part, classes: tuple[LegendClass, ...]) -> None:
    """Maggiori et al.: FCN before patch CNN before SVM; seams of the patch CNN; time of both."""
    print("Pixel SVM, patch CNN and FCN:")
    models = {}
    for name in ("pixel_svm", "patch_cnn", "fcn"):
        models[name], runs = each_seed(lambda seed, name=name: train(west, classes, seed, name), test)
        row(name, runs)
    for name in ("patch_cnn", "fcn"):
        row(
            f"seam of {name}, every 16 px",
            [{"ratio": seam(scores(model, test.image_CHW))} for model in models[name]],
        )
    patch, fcn = models["patch_cnn"][0], models["fcn"][0]
    ways = {
        "patch CNN, patch by patch": lambda: patch_by_patch(patch, test.image_CHW),
        "patch CNN, as ours": lambda: scores(patch, test.image_CHW),
        "FCN": lambda: scores(fcn, test.image_CHW),
    }
    seconds = {title: [] for title in ways}
    for _ in range(3):
        for title, way in ways.items():
            started = time.perf_counter()
            way()
            seconds[title].append(time.perf_counter() - started)
    for title, took in seconds.items():
        ratio = median(a / b for a, b in zip(took, seconds["FCN"]))
        print(
            f"  {title:34s} {median(took):.2f} s for {test.ids_HW.size / 1e6:.2f} Mpx, {ratio:.1f} "
            f"times the FCN's",
            flush=True,
        )


@torch.inference_mode()
def patch_by_patch(model: Model, image_CHW: NDArray[np.uint8], batch: int = 64) -> None:
    """As published: every 16 px a 64×64 window of its own, in batches; nothing is shared between
    neighbours.
    """
    padded_CHW = np.pad(image_CHW, ((0, 0), (24, 39), (24, 39)), mode="reflect")
    windows = torch.from_numpy(padded_CHW).unfold(1, 64, 16).unfold(2, 64, 16).movedim(0, 2).flatten(0, 1)
    for chunk_BCHW in windows.split(batch):
        valid_BHW = torch.ones(len(chunk_BCHW), 64, 64, dtype=torch.bool)
        precision.forward(model.network, model.bands.apply(chunk_BCHW, valid_BHW), HERE, half=False)


def bench_losses(west: Part, test: Part, classes: tuple[LegendClass, ...]) -> list[Model]:
    """Inria benchmark: soft Jaccard (NUS) and signed distance (ONERA) against cross-entropy alone."""
    print("Losses, U-Net of width 16:")
    ways = {
        "cross-entropy": {},
        "cross-entropy − log soft IoU": {"loss": "cross_entropy_jaccard"},
        "cross-entropy + signed distance": {"auxiliary": "distance"},
    }
    found: list[Model] = []
    for title, changes in ways.items():
        run = partial(train, west, classes, name="unet", options={"width": 16}, **changes)
        models, runs = each_seed(lambda seed, run=run: run(seed=seed), test)
        row(title, runs)
        found = found or models
    return found


def bench_reconstruction(west: Part, test: Part, classes: tuple[LegendClass, ...]) -> None:
    """U-REC against the same network without reconstruction, with an eighth of the labels."""
    print("An eighth of the labels, U-REC of width 16:")
    for auxiliary in ("none", "reconstruction"):
        run = partial(
            train, west, classes, name="urec", share=1 / 8, options={"width": 16}, auxiliary=auxiliary
        )
        row(f"auxiliary {auxiliary}", each_seed(lambda seed, run=run: run(seed=seed), test)[1])


def bench_windows(models: list[Model], test: Part) -> None:
    """Overlap and large windows against small windows side by side: accuracy near the small windows'
    borders.
    """
    print(
        f"Windows of the U-Net (accuracy, all and within {BORDER_PX} px of a border of the 128 px windows):"
    )
    height, width = test.ids_HW.shape
    rows, columns = (
        np.minimum(np.arange(n) % 128, 127 - np.arange(n) % 128) < BORDER_PX for n in (height, width)
    )
    near_HW = (rows[:, None] | columns[None]) & (test.ids_HW != IGNORE)
    ways = {
        "128 px side by side": partial(windowed, step_px=128),
        "128 px, overlapping by half": partial(windowed, step_px=64),
        "exact context (ours)": scores,
    }
    for title, way in ways.items():
        runs = []
        for model in models:
            right_HW = (way(model, test.image_CHW) > 0) == test.ids_HW
            runs.append(
                {
                    "all": float(right_HW[test.ids_HW != IGNORE].mean()),
                    "border": float(right_HW[near_HW].mean()),
                }
            )
        row(title, runs)


@torch.inference_mode()
def windowed(
    model: Model, image_CHW: NDArray[np.uint8], step_px: int, side_px: int = 128
) -> NDArray[np.float32]:
    """Windows that see nothing beyond themselves, their scores averaged where they overlap; the last ones
    shifted inside.
    """
    height, width = image_CHW.shape[1:]
    total_HW, count_HW = np.zeros((height, width), np.float32), np.zeros((height, width), np.float32)
    valid_BHW = torch.ones(1, side_px, side_px, dtype=torch.bool)
    starts = [sorted({min(at, size - side_px) for at in range(0, size, step_px)}) for size in (height, width)]
    for y in starts[0]:
        for x in starts[1]:
            here = slice(y, y + side_px), slice(x, x + side_px)
            window_BCHW = torch.from_numpy(image_CHW[(slice(None), *here)].copy())[None]
            logits_KHW = precision.forward(
                model.network, model.bands.apply(window_BCHW, valid_BHW), HERE, half=False
            )[0]
            total_HW[here] += (logits_KHW[1] - logits_KHW[0]).numpy()
            count_HW[here] += 1
    return total_HW / count_HW


def main() -> None:
    west, classes = part("training_area")
    test, _ = part("test_area")
    sizes = [f"{one.ids_HW.shape[1]} × {one.ids_HW.shape[0]}" for one in (west, test)]
    print(
        f"Banepa, 0.26 m, training part {sizes[0]} px, test part {sizes[1]} px; seeds {SEEDS}; mean ± "
        f"standard deviation"
    )
    bench_systems(west, test, classes)
    models = bench_losses(west, test, classes)
    bench_reconstruction(west, test, classes)
    bench_windows(models, test)


if __name__ == "__main__":
    main()

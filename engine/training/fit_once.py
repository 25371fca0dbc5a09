"""Training without steps: a network that fits itself to a sample of pixels, such as the support vector
machine.

Legend: N pixels, C bands, B batch, H height, W width.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..compute.normalisation import Normalisation
from ..core.prefetch import Prefetcher
from ..losses import build_loss
from ..models import FittedNetwork
from ..protocol import Emit, Log, Progress
from .dataset import Batch
from .examples import worst_and_best
from .splitting import Block
from .trainer import TrainingResult, TrainingSetup, epoch_of
from .validator import Validator


def fit(task: TrainingSetup) -> TrainingResult:
    """Fit the task's network to ``per_class`` random pixels of each class of the training part; validated as
    any other.
    """
    started = time.monotonic()
    fitted = task.network
    assert isinstance(fitted, FittedNetwork)  # nosec B101 (others are trained by steps)
    parts, classes, settings, emit = task.parts, task.classes, task.settings, task.emit
    with Prefetcher(task.data.read) as reader:
        pixels_NC, ids_N = _sample(
            reader, parts.training, task.scaling, fitted.per_class, settings.seed, emit
        )
        emit(Log(f"Fitting to {len(ids_N):,} pixels, at most {fitted.per_class:,} of each class."))
        fitted.fit(pixels_NC, ids_N, settings.seed)
        validator = Validator(
            task.network, task.scaling, build_loss(settings.recipe.loss, parts.shares), task.device
        )
        done = iter(range(1, len(parts.validation) + 1))
        found = validator.validate(
            reader,
            parts,
            len(classes),
            lambda: emit(Progress(next(done), len(parts.validation), "blocks validated")),
        )
        shown = worst_and_best(validator.windows(reader, parts.validation)) if settings.examples else ((), ())
    epoch = epoch_of(1, found.loss, found.loss, found.confusion, classes, 0.0, time.monotonic() - started)
    emit(epoch)
    return TrainingResult(validator.weights(), (epoch,), 1, found.confusion, *shown)


def _sample(
    reader: Prefetcher[Any, Batch],
    blocks: Sequence[Block],
    scaling: Normalisation,
    per_class: int,
    seed: int,
    emit: Emit,
) -> tuple[NDArray[np.float32], NDArray[np.uint8]]:
    """``pixels_NC`` scaled, and their ids: from each block as many of a class as chance gives it."""
    rng = np.random.default_rng(seed)
    counts_BK = np.array([block.counts for block in blocks])
    wanted_BK = np.stack([_shared_out(counts_N, per_class, rng) for counts_N in counts_BK.T], axis=1)
    chosen = [n for n in range(len(blocks)) if wanted_BK[n].any()]
    pixels, ids = [], []
    for done, (n, batch) in enumerate(zip(chosen, reader.each(_windows(blocks, chosen))), 1):
        image_CHW = scaling.apply(batch.image_BCHW, batch.valid_BHW)[0].numpy()
        ids_HW = batch.ids_BHW[0].numpy()
        for k, wanted in enumerate(wanted_BK[n]):
            rows, columns = np.nonzero(ids_HW == k)
            picked = rng.choice(len(rows), min(wanted, len(rows)), replace=False)
            pixels.append(image_CHW[:, rows[picked], columns[picked]].T)
            ids.append(np.full(len(picked), k, np.uint8))
        emit(Progress(done, len(chosen), "blocks sampled"))
    return np.concatenate(pixels), np.concatenate(ids)


def _shared_out(counts_N: NDArray[Any], wanted: int, rng: np.random.Generator) -> NDArray[Any]:
    """How many of ``wanted`` random things fall on each of N heaps of ``counts_N``, which may be billions."""
    total = int(counts_N.sum())
    places = rng.choice(total, min(wanted, total), replace=False, shuffle=False)
    return np.bincount(np.searchsorted(counts_N.cumsum(), places, side="right"), minlength=len(counts_N))


def _windows(blocks: Sequence[Block], chosen: Sequence[int]) -> Iterator[list[tuple[int, Any]]]:
    for n in chosen:
        yield [(blocks[n].image, blocks[n].window)]

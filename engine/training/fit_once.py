"""Training without steps: a network such as a support vector machine is fitted once to sampled pixels.

Legend: N pixels or blocks, C bands, B blocks, H height, K classes, W width.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..core.windows import Window
from ..losses import build_loss
from ..models import FittedNetwork
from ..protocol import Progress, info
from .dataset import Reader
from .examples import worst_and_best
from .setup import TrainingResult, TrainingSetup
from .splitting import Block
from .trainer import epoch_of
from .validator import Validator


def fit(setup: TrainingSetup) -> TrainingResult:
    """Fit the network to ``per_class`` random pixels of each class of the training part, and validate it."""
    started = time.monotonic()
    network = setup.network
    assert isinstance(network, FittedNetwork)  # nosec B101 (others are trained by steps)
    split, classes, settings, emit = setup.split, setup.classes, setup.settings, setup.emit
    with setup.prefetcher() as reader:
        pixels_NC, ids_N = _sample(reader, setup, network.per_class)
        emit(
            info(
                "Fitting to {pixels:,} pixels, at most {per_class:,} of each class.",
                pixels=len(ids_N),
                per_class=network.per_class,
            )
        )
        network.fit(pixels_NC, ids_N, settings.seed)
        loss = build_loss(settings.recipe.loss, split.class_frequencies)
        validator = Validator(setup.network, setup.normalisation, loss, setup.device)
        done = iter(range(1, len(split.validation) + 1))
        found = validator.validate(
            reader,
            split.validation,
            len(classes),
            on_block=lambda: emit(Progress(next(done), len(split.validation), "blocks validated")),
        )
        predictions = validator.predictions(reader, split.validation)
        worst, best = worst_and_best(predictions) if settings.examples else ((), ())
    epoch = epoch_of(
        number=1,
        training_loss=found.loss,
        validation_loss=found.loss,
        matrix=found.confusion,
        classes=classes,
        learning_rate=0.0,
        seconds=time.monotonic() - started,
    )
    emit(epoch)
    return TrainingResult(validator.weights(), (epoch,), 1, found.confusion, worst, best)


def _sample(
    reader: Reader, setup: TrainingSetup, per_class: int
) -> tuple[NDArray[np.float32], NDArray[np.uint8]]:
    """``pixels_NC``, normalised, and their class ids; all pixels of a class are equally likely."""
    rng, blocks = np.random.default_rng(setup.settings.seed), setup.split.training
    counts_BK = np.array([block.counts for block in blocks])
    wanted_BK = np.stack([_share_out(counts_B, per_class, rng) for counts_B in counts_BK.T], axis=1)
    chosen = [n for n in range(len(blocks)) if wanted_BK[n].any()]
    pixels, ids = [], []
    for done, (n, batch) in enumerate(zip(chosen, reader.map(_requests(blocks, chosen))), 1):
        image_CHW = setup.normalisation.apply(batch.image_BCHW, batch.valid_BHW)[0].numpy()
        ids_HW = batch.ids_BHW[0].numpy()
        for k, wanted in enumerate(wanted_BK[n]):
            rows, columns = np.nonzero(ids_HW == k)
            picked = rng.choice(len(rows), min(wanted, len(rows)), replace=False)
            pixels.append(image_CHW[:, rows[picked], columns[picked]].T)
            ids.append(np.full(len(picked), k, np.uint8))
        setup.emit(Progress(done, len(chosen), "blocks sampled"))
    return np.concatenate(pixels), np.concatenate(ids)


def _share_out(counts_N: NDArray[Any], wanted: int, rng: np.random.Generator) -> NDArray[Any]:
    """The number of ``wanted`` random pixels that fall in each of N blocks; ``counts_N`` may be billions."""
    total = int(counts_N.sum())
    places = rng.choice(total, min(wanted, total), replace=False, shuffle=False)
    return np.bincount(np.searchsorted(counts_N.cumsum(), places, side="right"), minlength=len(counts_N))


def _requests(blocks: Sequence[Block], chosen: Sequence[int]) -> Iterator[Sequence[tuple[int, Window]]]:
    for n in chosen:
        yield [(blocks[n].image, blocks[n].window)]

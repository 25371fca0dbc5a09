"""Training: draw windows, step, validate each epoch, keep the best weights."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from torch import Tensor

from .dataset import Pairs
from .device import Device
from .learner import Learner
from .legend import LegendClass
from .metrics import Metrics
from .models import Network
from .protocol import Epoch, Event, Log, Recipe
from .read_ahead import ReadAhead
from .sampler import Split, WindowSampler
from .scaling import Scaling
from .schedule import Budget
from .windows import Window

_FEWEST_PATCHES, _MOST_PATCHES = 128, 4000
_FORWARD_SHARE = 1 / 2
"""Of a training step's time, what the forward pass alone takes: a third by arithmetic, more where reading takes its time."""


@dataclass(frozen=True)
class Settings:
    """``minutes`` 0 = no limit; training ends by the recipe's epochs or by minutes, whichever comes first."""

    recipe: Recipe
    minutes: float = 0.0
    seed: int = 0


@dataclass(frozen=True)
class Trained:
    """The best epoch's weights and validation confusion matrix, and what each epoch run said."""

    weights: dict[str, Tensor]
    history: tuple[Epoch, ...]
    best_epoch: int
    confusion: NDArray[Any]


def steps_per_epoch(parts: Split, sampler: WindowSampler, recipe: Recipe) -> int:
    """As the recipe says; else once through the grid or the labels' area, of which balanced draws take a part if it is huge."""
    labelled_px = sum(sum(block.counts) for block in parts.training)
    covering = max(math.ceil(labelled_px / recipe.patch_px**2), _FEWEST_PATCHES)
    if recipe.sampling == "balanced":
        covering = min(covering, _MOST_PATCHES)
    return math.ceil((recipe.epoch_patches or sampler.places or covering) / recipe.batch)


def train(
    network: Network,
    pairs: Pairs,
    parts: Split,
    scaling: Scaling,
    classes: Sequence[LegendClass],
    settings: Settings,
    device: Device,
    emit: Callable[[Event], None],
) -> Trained:
    """Train ``network`` in place; the returned weights are those of the epoch with the best validation mean F1."""
    recipe, rng = settings.recipe, np.random.default_rng(settings.seed)
    sampler = WindowSampler(parts, pairs.sizes, recipe.patch_px, pairs.margin_px, recipe.sampling, recipe.grid_px)
    pairs.hidden = [(block.image, block.window) for block in parts.validation]
    steps = steps_per_epoch(parts, sampler, recipe)
    learner = Learner(network, scaling, recipe, parts.shares, device, settings.seed)
    budget = _budget(parts, settings, steps)
    history: list[Epoch] = []
    best = Trained({}, (), 0, np.zeros((len(classes), len(classes)), dtype=np.int64))
    emit(Log(f"An epoch is {steps * recipe.batch:,} patches of {recipe.patch_px} px."))
    with ReadAhead(pairs.read) as reader:
        for number in range(1, recipe.epochs + 1):
            started, losses = time.monotonic(), []
            for batch in reader.each(_requests(sampler, recipe.batch, steps, rng)):
                losses.append(learner.step(batch, budget.used))
                budget.done_steps += 1
                emit(budget.progress())
                if budget.used >= 1:
                    break
            trained = time.monotonic()
            loss, matrix = learner.validate(reader, parts, len(classes), lambda: emit(budget.progress()))
            budget.validation_s = time.monotonic() - trained
            epoch = epoch_of(number, losses, loss, matrix, classes, learner.learning_rate, time.monotonic() - started)
            history.append(epoch)
            emit(epoch)
            if not best.history or epoch.mean_f1 > history[best.best_epoch - 1].mean_f1:
                best = Trained(learner.weights(), (epoch,), number, matrix)
            if budget.used >= 1 or 0 < recipe.patience <= number - best.best_epoch:
                break
    emit(budget.finished())
    if 0 < recipe.patience <= number - best.best_epoch:
        emit(Log(f"Stopped early: no better mean F1 in {recipe.patience} epochs."))
    return Trained(best.weights, tuple(history), best.best_epoch, best.confusion)


def _budget(parts: Split, settings: Settings, steps: int) -> Budget:
    recipe = settings.recipe
    validated_px = sum(block.window.pixels for block in parts.validation)
    validation_steps = _FORWARD_SHARE * validated_px / (recipe.batch * recipe.patch_px**2)
    return Budget(recipe.epochs * steps, settings.minutes * 60, validation_steps)


def _requests(sampler: WindowSampler, batch: int, steps: int, rng: np.random.Generator) -> Iterator[list[tuple[int, Window]]]:
    for _ in range(steps):
        yield sampler.draw(batch, rng)


def epoch_of(
    number: int,
    losses: Sequence[float],
    validation_loss: float,
    matrix: NDArray[Any],
    classes: Sequence[LegendClass],
    learning_rate: float,
    seconds: float,
) -> Epoch:
    """What is told and kept of an epoch."""
    metrics = Metrics.of(matrix)
    return Epoch(
        number=number,
        training_loss=float(np.mean(losses)),
        validation_loss=validation_loss,
        mean_f1=metrics.mean_f1,
        mean_iou=metrics.mean_iou,
        overall_accuracy=metrics.overall_accuracy,
        f1={c.name: f1 for c, f1 in zip(classes, metrics.f1) if f1 is not None},
        learning_rate=learning_rate,
        seconds=seconds,
    )

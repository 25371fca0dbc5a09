"""Training: draw windows, step, validate each epoch, keep the best weights, and all that it takes to go
on.
"""

from __future__ import annotations

import contextlib
import math
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from torch import Tensor

from ..compute.device import Device
from ..compute.normalisation import Normalisation
from ..core.legend import LegendClass
from ..core.prefetch import Prefetcher
from ..core.windows import Window
from ..metrics.confusion import Metrics
from ..models import Network
from ..protocol import Emit, Epoch, Log, Recipe
from ..raster.preview import frame_of, outlines_of, tile_of
from .checkpoint import Checkpoint, State
from .dataset import Batch, LabelledImages
from .examples import Example, worst_and_best
from .learner import Diverged, Learner
from .sampler import WindowSampler
from .schedule import Budget, validation_steps
from .splitting import Split

_FEWEST_PATCHES, _MOST_PATCHES = 128, 4000


@dataclass(frozen=True)
class Settings:
    """``minutes`` 0 = no limit; training ends by the recipe's epochs or by minutes, whichever comes first."""

    recipe: Recipe
    minutes: float = 0.0
    seed: int = 0
    pieces: int = 1
    """In which each batch is computed, one after the other."""
    examples: bool = False
    """Whether the best weights' worst and best validation windows are wanted."""


@dataclass(frozen=True)
class TrainingSetup:
    """Everything that a training run needs: the network, images and labels, both parts, and the normalisation
    of the bands.
    """

    network: Network
    pairs: LabelledImages
    parts: Split
    scaling: Normalisation
    classes: Sequence[LegendClass]
    settings: Settings
    device: Device
    emit: Emit

    @property
    def data(self) -> LabelledImages:
        """The images and labels, in which the validation part is known as such."""
        return self.pairs.holding_out((block.image, block.window) for block in self.parts.validation)


@dataclass(frozen=True)
class TrainingResult:
    """The best epoch's weights and validation confusion matrix, and what each epoch run said."""

    weights: dict[str, Tensor]
    history: tuple[Epoch, ...]
    best_epoch: int
    confusion: NDArray[Any]
    worst: Sequence[Example] = ()
    best: Sequence[Example] = ()
    """Windows of the validation part."""


def steps_per_epoch(parts: Split, sampler: WindowSampler, recipe: Recipe) -> int:
    """As the recipe says; else once through the grid or the labels' area, of which balanced draws take a part
    if it is huge.
    """
    labelled_px = sum(sum(block.counts) for block in parts.training)
    covering = max(math.ceil(labelled_px / recipe.patch_px**2), _FEWEST_PATCHES)
    if recipe.sampling == "balanced":
        covering = min(covering, _MOST_PATCHES)
    return math.ceil((recipe.epoch_patches or sampler.places or covering) / recipe.batch)


def train(
    task: TrainingSetup,
    kept: Checkpoint | None = None,
    offer: Callable[[TrainingResult], None] = lambda trained: None,
) -> TrainingResult:
    """Train the task's network in place; the returned weights are those of the epoch with the best validation
    mean F1.

    After each epoch all is ``kept``, and what was kept is gone on from. A run that is cancelled or fails
    after its first epoch gives ``offer`` the best so far.
    """
    run = _Run(task)
    if kept and (state := kept.load()):
        run.restore(*state)
    try:
        with contextlib.ExitStack() as stack:
            reader = stack.enter_context(Prefetcher(*task.data.reads(task.device, stack)))
            while not run.over:
                run.epoch(reader)
                if kept:
                    kept.keep(*run.state())
            run.tell_end()
            shown = run.examples(reader) if task.settings.examples else ((), ())
            return replace(run.trained(), worst=shown[0], best=shown[1])
    except Diverged as error:
        if not run.history:
            raise
        task.emit(Log(f"{error.message} {error.remedy} The best epoch so far is kept.", warning=True))
    except Exception:
        if run.history:
            offer(run.trained())
        raise
    return run.trained()


class _Run:
    """One training: what it has come to, and how it goes on by an epoch."""

    def __init__(self, task: TrainingSetup) -> None:
        settings, parts, classes, pairs = task.settings, task.parts, task.classes, task.data
        recipe = settings.recipe
        self._recipe, self._parts, self._classes, self._emit = recipe, parts, classes, task.emit
        self._rng = np.random.default_rng(settings.seed)
        self._sampler = WindowSampler(
            parts, pairs.sizes, recipe.patch_px, pairs.margin_px, recipe.sampling, recipe.grid_px
        )
        self._steps = steps_per_epoch(parts, self._sampler, recipe)
        source, how = pairs.sources[0], (task.device, settings.seed, task.emit, settings.pieces)
        self._learner = Learner(task.network, task.scaling, recipe, parts.shares, *how, source.extra_bands)
        self._learner.record(source.bands)
        self._budget = _budget(parts, settings, self._steps)
        self.history: list[Epoch] = []
        self._best_epoch, self._best_weights = 0, dict[str, Tensor]()
        self._confusion = np.zeros((len(classes), len(classes)), dtype=np.int64)
        self._shown = max(
            parts.validation, key=lambda block: (sum(map(bool, block.counts)), sum(block.counts))
        )
        self._drawn: deque[list[tuple[int, Window]]] = deque()  # batches on their way
        self._frame = frame_of(len(pairs.sources), pairs.sources[self._shown.image].grid, self._shown.window)
        task.emit(self._frame)
        task.emit(Log(f"An epoch is {self._steps * recipe.batch:,} patches of {recipe.patch_px} px."))

    @property
    def _impatient(self) -> bool:
        return 0 < self._recipe.patience <= len(self.history) - self._best_epoch

    @property
    def over(self) -> bool:
        return self._budget.used >= 1 or self._impatient or len(self.history) >= self._recipe.epochs

    def epoch(self, reader: Prefetcher[Sequence[tuple[int, Window]], Batch]) -> None:
        """Train by one epoch, or what time leaves of it, and validate."""
        started = time.monotonic()
        self._drawn.clear()
        for batch in reader.each(self._requests()):
            self._emit(outlines_of("batch", self._drawn.popleft()))
            self._learner.step(batch, self._budget.used)
            self._budget.done_steps += 1
            self._tell_progress()
            if self._budget.used >= 1:
                break
        loss = self._learner.mean_loss()
        trained = time.monotonic()
        found = self._learner.validate(
            reader, self._parts, len(self._classes), self._tell_progress, self._shown
        )
        self._budget.validation_s = time.monotonic() - trained
        number, seconds = len(self.history) + 1, time.monotonic() - started
        epoch = epoch_of(
            number, loss, found.loss, found.confusion, self._classes, self._learner.learning_rate, seconds
        )
        if not self.history or epoch.mean_f1 > self.history[self._best_epoch - 1].mean_f1:
            self._best_epoch, self._best_weights, self._confusion = (
                number,
                self._learner.weights(),
                found.confusion,
            )
        self.history.append(epoch)
        self._emit(epoch)
        self._emit(tile_of(self._frame, self._shown.window, len(self._classes), found.shown_HW))

    def _tell_progress(self) -> None:
        self._emit(self._budget.progress())

    def examples(
        self, reader: Prefetcher[Sequence[tuple[int, Window]], Batch]
    ) -> tuple[list[Example], list[Example]]:
        """The worst and the best validation windows, by the best weights, which the network has from now
        on.
        """
        self._learner.take(self._best_weights)
        return worst_and_best(self._learner.windows(reader, self._parts.validation))

    def _requests(self) -> Iterator[list[tuple[int, Window]]]:
        for _ in range(self._steps):
            self._drawn.append(self._sampler.draw(self._recipe.batch, self._rng))
            yield self._drawn[-1]

    def tell_end(self) -> None:
        self._emit(self._budget.finished())
        if self._impatient:
            self._emit(Log(f"Stopped early: no better mean F1 in {self._recipe.patience} epochs."))

    def trained(self) -> TrainingResult:
        """The best so far."""
        return TrainingResult(self._best_weights, tuple(self.history), self._best_epoch, self._confusion)

    def state(self) -> State:
        tensors, learner = self._learner.state()
        best = {f"best {name}": tensor for name, tensor in self._best_weights.items()}
        return {**tensors, **best}, {
            "learner": learner,
            "history": [asdict(epoch) for epoch in self.history],
            "best_epoch": self._best_epoch,
            "confusion": self._confusion.tolist(),
            "random": self._rng.bit_generator.state,
            "queue": self._sampler.queue,
            "budget": self._budget.state(),
        }

    def restore(self, tensors: Mapping[str, Tensor], facts: Mapping[str, Any]) -> None:
        self._learner.restore(tensors, facts["learner"])
        self._best_weights = {
            name[5:]: tensor for name, tensor in tensors.items() if name.startswith("best ")
        }
        self.history = [Epoch(**epoch) for epoch in facts["history"]]
        self._best_epoch, self._confusion = facts["best_epoch"], np.array(facts["confusion"], np.int64)
        self._rng.bit_generator.state = facts["random"]
        self._sampler.queue = facts["queue"]
        self._budget.restore(facts["budget"])
        self._emit(Log(f"Going on from an earlier run, after epoch {len(self.history)}."))
        for epoch in self.history:
            self._emit(epoch)


def _budget(parts: Split, settings: Settings, steps: int) -> Budget:
    return Budget(
        settings.recipe.epochs * steps,
        settings.minutes * 60,
        validation_steps(parts.validated_px, settings.recipe),
    )


def epoch_of(
    number: int,
    training_loss: float,
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
        training_loss=training_loss,
        validation_loss=validation_loss,
        mean_f1=metrics.mean_f1,
        mean_iou=metrics.mean_iou,
        overall_accuracy=metrics.overall_accuracy,
        f1={c.name: f1 for c, f1 in zip(classes, metrics.f1) if f1 is not None},
        learning_rate=learning_rate,
        seconds=seconds,
        iou={c.name: iou for c, iou in zip(classes, metrics.iou) if iou is not None},
    )

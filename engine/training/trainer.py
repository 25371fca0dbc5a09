"""Training by steps: draw windows, step, validate after each epoch, and keep the best weights."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from torch import Tensor

from ..core.legend import LegendClass
from ..core.windows import Window
from ..metrics.confusion import Metrics
from ..protocol import Epoch, Log, info, joined, message
from ..raster.preview import frame_of, outlines_of, tile_of
from .checkpoint import Checkpoint, State
from .dataset import Reader
from .examples import Example, worst_and_best
from .loss_monitor import Diverged, LossMonitor
from .schedule import Budget, learning_rate_at, steps_per_epoch, validation_steps
from .setup import TrainingResult, TrainingSetup
from .validator import Validator


def train(
    setup: TrainingSetup,
    checkpoint: Checkpoint | None = None,
    on_interrupt: Callable[[TrainingResult], None] = lambda result: None,
) -> TrainingResult:
    """Train the network in place; return the weights of the epoch with the best validation mean F1.

    The state is saved in ``checkpoint`` after each epoch, and a run resumes from the state that it finds
    there. If a run is cancelled or fails after its first epoch, ``on_interrupt`` is called with the best
    result so far.
    """
    run = _Run(setup)
    if checkpoint and (state := checkpoint.load()):
        run.restore(*state)
    try:
        with setup.prefetcher() as reader:
            while not run.is_over:
                run.epoch(reader)
                if checkpoint:
                    checkpoint.save(*run.state())
            run.log_end()
            worst, best = run.examples(reader) if setup.settings.examples else ((), ())
            return replace(run.result(), worst=worst, best=best)
    except Diverged as error:
        if not run.history:
            raise
        kept = message("The best epoch so far is kept.")
        setup.emit(Log(joined(error.message, error.remedy, kept), warning=True))
    except Exception:
        if run.history:
            on_interrupt(run.result())
        raise
    return run.result()


class _Run:
    """The state of one training, which an epoch advances."""

    def __init__(self, setup: TrainingSetup) -> None:
        recipe, split, images = setup.settings.recipe, setup.split, setup.images
        self._setup, self._recipe, self._emit = setup, recipe, setup.emit
        self._rng = np.random.default_rng(setup.settings.seed)
        self._sampler = setup.sampler()
        self._steps = steps_per_epoch(split, self._sampler, recipe)
        self._learner = setup.learner()
        self._learner.capture(images.sources[0].bands)
        self._validator = Validator(
            self._learner.result, setup.normalisation, self._learner.loss, setup.device
        )
        self._budget = Budget(
            recipe.epochs * self._steps,
            limit_s=setup.settings.minutes * 60,
            validation_steps=validation_steps(split.validation_px, recipe),
        )
        self.history: list[Epoch] = []
        self._best_epoch, self._best_weights = 0, dict[str, Tensor]()
        self._confusion = np.zeros((len(setup.classes), len(setup.classes)), dtype=np.int64)
        self._drawn: deque[list[tuple[int, Window]]] = deque()
        """Windows of the batches that are being read."""
        self._shown = max(
            split.validation, key=lambda block: (sum(map(bool, block.counts)), sum(block.counts))
        )
        grid = images.sources[self._shown.image].grid
        self._frame = frame_of(len(images.sources), grid, self._shown.window)
        self._emit(self._frame)
        self._emit(
            info(
                "An epoch is {patches:,} patches of {patch_px} px.",
                patches=self._steps * recipe.batch,
                patch_px=recipe.patch_px,
            )
        )

    @property
    def is_over(self) -> bool:
        """Whether the time or the epochs are used up, or validation no longer improves."""
        return self._budget.used >= 1 or self._is_impatient or len(self.history) >= self._recipe.epochs

    @property
    def _is_impatient(self) -> bool:
        return 0 < self._recipe.patience <= len(self.history) - self._best_epoch

    def epoch(self, reader: Reader) -> None:
        """Train for one epoch, or for the rest of the time, and validate."""
        started, budget, learner, recipe = time.monotonic(), self._budget, self._learner, self._recipe
        losses, learning_rate = LossMonitor(self._setup.device), 0.0
        self._drawn.clear()
        for batch in reader.map(self._draw_windows()):
            self._emit(outlines_of("batch", self._drawn.popleft()))
            learning_rate = learning_rate_at(budget.used, recipe.learning_rate, recipe.rate_schedule)
            loss = learner.backward(batch)
            losses.add(loss, learning_rate)
            learner.step(learning_rate)
            budget.done_steps += 1
            self._emit(budget.progress())
            if budget.used >= 1:
                break
        self._finish_epoch(reader, losses.mean(), learning_rate, started)

    def _finish_epoch(
        self, reader: Reader, training_loss: float, learning_rate: float, started: float
    ) -> None:
        """Validate, keep the weights if they are the best so far, and emit the epoch's figures."""
        validation_started, classes = time.monotonic(), self._setup.classes
        found = self._validator.validate(
            reader,
            self._setup.split.validation,
            len(classes),
            on_block=lambda: self._emit(self._budget.progress()),
            shown=self._shown,
        )
        now = time.monotonic()
        self._budget.validation_s = now - validation_started
        epoch = epoch_of(
            number=len(self.history) + 1,
            training_loss=training_loss,
            validation_loss=found.loss,
            matrix=found.confusion,
            classes=classes,
            learning_rate=learning_rate,
            seconds=now - started,
        )
        if not self.history or epoch.mean_f1 > self.history[self._best_epoch - 1].mean_f1:
            self._best_epoch, self._confusion = epoch.number, found.confusion
            self._best_weights = self._validator.weights()
        self.history.append(epoch)
        self._emit(epoch)
        self._emit(tile_of(self._frame, self._shown.window, len(classes), found.shown_HW))

    def _draw_windows(self) -> Iterator[Sequence[tuple[int, Window]]]:
        for _ in range(self._steps):
            self._drawn.append(self._sampler.draw(self._recipe.batch, self._rng))
            yield self._drawn[-1]

    def examples(self, reader: Reader) -> tuple[list[Example], list[Example]]:
        """The validation windows that the best weights classify worst and best.

        The network holds these weights afterwards.
        """
        self._validator.load_weights(self._best_weights)
        return worst_and_best(self._validator.predictions(reader, self._setup.split.validation))

    def log_end(self) -> None:
        """Say that the training is done, and whether it ended early."""
        self._emit(self._budget.finished())
        if self._is_impatient:
            self._emit(
                info(
                    "Stopped early: no better mean F1 in {epochs} epochs.",
                    epochs=self._recipe.patience,
                )
            )

    def result(self) -> TrainingResult:
        """The best result so far."""
        return TrainingResult(self._best_weights, tuple(self.history), self._best_epoch, self._confusion)

    def state(self) -> State:
        """Tensors and facts (JSON's types) from which `restore` continues exactly."""
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
        """Continue from the `state` of a run with the same data and settings."""
        self._learner.restore(tensors, facts["learner"])
        self._best_weights = {
            name[5:]: tensor for name, tensor in tensors.items() if name.startswith("best ")
        }
        self.history = [Epoch(**epoch) for epoch in facts["history"]]
        self._best_epoch, self._confusion = facts["best_epoch"], np.array(facts["confusion"], np.int64)
        self._rng.bit_generator.state = facts["random"]
        self._sampler.queue = facts["queue"]
        self._budget.restore(facts["budget"])
        self._emit(info("Continuing an earlier run after epoch {epoch}.", epoch=len(self.history)))
        for epoch in self.history:
            self._emit(epoch)


def epoch_of(
    *,
    number: int,
    training_loss: float,
    validation_loss: float,
    matrix: NDArray[Any],
    classes: Sequence[LegendClass],
    learning_rate: float,
    seconds: float,
) -> Epoch:
    """The event of an epoch, with the figures of its validation confusion ``matrix``."""
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

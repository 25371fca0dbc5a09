"""The budget of a training run, its learning rate over time, and the steps of an epoch."""

from __future__ import annotations

import math
import time
from collections.abc import Mapping
from typing import Any

from ..protocol import Progress, Recipe
from .sampler import WindowSampler
from .splitting import Split

_FEWEST_PATCHES, _MOST_PATCHES = 128, 4000
"""Smallest and largest number of patches in an epoch, unless the recipe sets it."""
_WARM_UP = 0.05
_STEP_AT = 0.6
_POLY_POWER = 0.9
_FORWARD_SHARE = 1 / 2
"""The forward pass's share of the time of a training step: a third by arithmetic, more with slow reading."""


class Budget:
    """The used part of the run, by steps or by time, whichever is larger.

    ``limit_s`` is the limit in seconds (0 = no limit), and includes the last validation. ``validation_steps``
    is the time of a validation, in steps of training, until the first one has been timed.
    """

    def __init__(self, steps: int, limit_s: float, validation_steps: float = 0.0) -> None:
        self._steps, self._limit_s = steps, limit_s
        self._start = time.monotonic()
        self._validation_steps, self.validation_s = validation_steps, 0.0
        self.done_steps = 0

    @property
    def elapsed_s(self) -> float:
        """Seconds since the start, including those of the runs before an interruption."""
        return time.monotonic() - self._start

    @property
    def used(self) -> float:
        """The used share of the budget, from 0 to 1."""
        if not self._limit_s:
            return min(1.0, self.done_steps / self._steps)
        validation_s = self.validation_s or self._validation_steps * self.elapsed_s / max(self.done_steps, 1)
        # At least half of the time is for training, or slow first steps would end it at once.
        by_time = self.elapsed_s / max(self._limit_s - validation_s, self._limit_s / 2)
        return min(1.0, max(self.done_steps / self._steps, by_time))

    def state(self) -> dict[str, float]:
        """Facts (JSON's types) from which `restore` continues, in another process too."""
        return {"done_steps": self.done_steps, "elapsed_s": self.elapsed_s, "validation_s": self.validation_s}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Continue from a `state`."""
        self.done_steps, self.validation_s = int(state["done_steps"]), float(state["validation_s"])
        self._start = time.monotonic() - float(state["elapsed_s"])

    def progress(self) -> Progress:
        """The event that reports the progress of the run."""
        used = max(self.used, 1e-6)
        rate = self.done_steps / max(self.elapsed_s, 1e-6)
        total = max(self.done_steps, round(self.done_steps / used))
        return Progress(self.done_steps, total, "batches", rate, self.elapsed_s * (1 - used) / used)

    def finished(self) -> Progress:
        """The event that reports that the run is done, even if it stopped early."""
        rate = self.done_steps / max(self.elapsed_s, 1e-6)
        return Progress(self.done_steps, self.done_steps, "batches", rate)


def steps_per_epoch(split: Split, sampler: WindowSampler, recipe: Recipe) -> int:
    """Steps of an epoch: those of the recipe, or once through the grid or the area of the labels.

    If the area is very large, balanced sampling takes only a part of it.
    """
    labelled_px = sum(sum(block.counts) for block in split.training)
    covering = max(math.ceil(labelled_px / recipe.patch_px**2), _FEWEST_PATCHES)
    if recipe.sampling == "balanced":
        covering = min(covering, _MOST_PATCHES)
    return math.ceil((recipe.epoch_patches or sampler.places or covering) / recipe.batch)


def validation_steps(validation_px: int, recipe: Recipe) -> float:
    """The time of a validation of ``validation_px`` pixels, as an approximate number of training steps."""
    return _FORWARD_SHARE * validation_px / (recipe.batch * recipe.patch_px**2)


def learning_rate_at(used: float, peak: float, kind: str = "cosine") -> float:
    """Learning rate when ``used`` (0 to 1) of the budget is used; ``kind`` is a `Recipe.rate_schedule`."""
    if kind == "constant":
        return peak
    if kind == "step":
        return peak if used < _STEP_AT else peak / 10
    if kind == "poly":
        return float(peak * (1 - used) ** _POLY_POWER)
    if kind != "cosine":
        raise ValueError(f"there is no schedule {kind}")
    if used < _WARM_UP:
        return peak * (0.1 + 0.9 * used / _WARM_UP)
    return peak * (0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * (used - _WARM_UP) / (1 - _WARM_UP))))

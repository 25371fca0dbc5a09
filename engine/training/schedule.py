"""How far a training run is, and the learning rate that goes with it."""

from __future__ import annotations

import math
import time
from collections.abc import Mapping
from typing import Any

from ..protocol import Progress, Recipe

_WARM_UP = 0.05
_STEP_AT = 0.6
_POLY_POWER = 0.9
_FORWARD_SHARE = 1 / 2
"""Of a training step's time, what the forward pass alone takes: a third by arithmetic, more where reading
takes its time.
"""


class Budget:
    """How much of the run is used up, by steps or by time (``limit_s`` 0 = no limit), whichever is further.

    The last validation lies within the time too. ``validation_steps`` is what one costs, in steps of
    training; known better once one was seen.
    """

    def __init__(self, steps: int, limit_s: float, validation_steps: float = 0.0) -> None:
        self._steps, self._limit_s = steps, limit_s
        self._start = time.monotonic()
        self._validation_steps, self.validation_s = validation_steps, 0.0
        self.done_steps = 0

    @property
    def elapsed_s(self) -> float:
        return time.monotonic() - self._start

    @property
    def used(self) -> float:
        """From 0 to 1."""
        if not self._limit_s:
            return min(1.0, self.done_steps / self._steps)
        validation_s = self.validation_s or self._validation_steps * self.elapsed_s / max(self.done_steps, 1)
        # At least half of the time is for training, or slow first steps would end it at once.
        by_time = self.elapsed_s / max(self._limit_s - validation_s, self._limit_s / 2)
        return min(1.0, max(self.done_steps / self._steps, by_time))

    def state(self) -> dict[str, float]:
        """What `restore` goes on from, in another process."""
        return {"done_steps": self.done_steps, "elapsed_s": self.elapsed_s, "validation_s": self.validation_s}

    def restore(self, state: Mapping[str, Any]) -> None:
        self.done_steps, self.validation_s = int(state["done_steps"]), float(state["validation_s"])
        self._start = time.monotonic() - float(state["elapsed_s"])

    def progress(self) -> Progress:
        used = max(self.used, 1e-6)
        rate = self.done_steps / max(self.elapsed_s, 1e-6)
        total = max(self.done_steps, round(self.done_steps / used))
        return Progress(self.done_steps, total, "batches", rate, self.elapsed_s * (1 - used) / used)

    def finished(self) -> Progress:
        """The last word: a run that stops early is done all the same."""
        return Progress(
            self.done_steps, self.done_steps, "batches", self.done_steps / max(self.elapsed_s, 1e-6)
        )


def validation_steps(validated_px: int, recipe: Recipe) -> float:
    """As many steps of training as a validation of so many pixels is expected to take."""
    return _FORWARD_SHARE * validated_px / (recipe.batch * recipe.patch_px**2)


def rate_at(used: float, peak: float, kind: str = "cosine") -> float:
    """Learning rate when ``used`` of the budget is gone (`Recipe.rate_schedule`)."""
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

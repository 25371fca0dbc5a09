"""The training losses of an epoch: their mean, and an error as soon as one is not a finite number."""

from __future__ import annotations

import math

import torch
from torch import Tensor

from ..compute.device import Device
from ..protocol import EngineError


class Diverged(EngineError):
    """The loss is no longer a finite number."""


class LossMonitor:
    """Collects the losses of an epoch's steps. Raises `Diverged` if one is infinite or not a number."""

    def __init__(self, device: Device) -> None:
        self._is_async = device.is_async
        self._losses: list[Tensor] = []
        self._learning_rate = 0.0

    def add(self, loss: Tensor, learning_rate: float) -> None:
        """Add the ``loss`` of one step, a scalar on the device."""
        self._losses.append(loss)
        self._learning_rate = learning_rate
        # On a GPU the loss before is checked: to ask for the one in work would make both wait for each other.
        for value in self._losses[-2:-1] if self._is_async else self._losses[-1:]:
            self._require_finite(value)

    def mean(self) -> float:
        """The mean of all losses."""
        losses = torch.stack(self._losses).double()
        self._require_finite(losses[-1])
        return float(losses.mean())

    def _require_finite(self, loss: Tensor) -> None:
        if not math.isfinite(value := loss.item()):
            raise Diverged(
                "diverged",
                "Training diverged: the loss became {loss}.",
                "Set LEARNING_RATE below {learning_rate:.2g}.",
                loss=str(value),
                learning_rate=self._learning_rate,
            )

"""Averaged weights: an exponential moving average (EMA) over the steps of a training.

Source: Izmailov et al., "Averaging weights leads to wider optima and better generalization" (UAI 2018), which
gives all steps the same weight; here the weight of a step falls with its age.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from torch import Tensor
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from ..models import Network

_WARM_UP_STEPS = 5
"""In the first steps the average covers about the last fifth of them."""


class AveragedNetwork(AveragedModel):
    """The moving average of a network's weights and of the statistics of its batch norms; starts as a copy.

    ``ema_decay`` is the share of the average that each step keeps: 0.99 averages about the last 100 steps.
    """

    module: Network

    def __init__(self, network: Network, ema_decay: float) -> None:
        super().__init__(network, multi_avg_fn=self._average, use_buffers=True)
        self._ema_decay = ema_decay
        self.requires_grad_(False)
        self.update_parameters(network)  # the first update copies

    def resume(self, weights: dict[str, Tensor], steps: int) -> None:
        """Continue from the averaged ``weights`` after that number of steps."""
        self.module.load_state_dict(weights)
        self.n_averaged.fill_(steps + 1)

    def _average(self, averaged: Sequence[Tensor], current: Sequence[Tensor], _: Any) -> None:
        if not averaged[0].is_floating_point():
            return  # counters of batches
        steps = int(self.n_averaged)  # on the CPU: no GPU is waited for
        decay = min(self._ema_decay, (1 + steps) / (_WARM_UP_STEPS + steps))
        get_ema_multi_avg_fn(decay)(averaged, current, steps)  # type: ignore[no-untyped-call]

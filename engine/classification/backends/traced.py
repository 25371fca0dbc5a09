"""Networks for inference libraries: a fixed list of operations, recorded for images of any size.

Legend: B batch, C bands, H height, K classes, W width.
"""

from __future__ import annotations

import warnings
from abc import abstractmethod
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

from ...core.out_of_memory import says_out_of_memory
from ...core.windows import NONE, Sides
from ...models import Network
from .backend import Backend


@dataclass(frozen=True)
class CompiledBackend(Backend):
    """A backend of another library, which compiles the network first."""

    @torch.inference_mode()
    def __call__(self, image_BCHW: Tensor, trim: Sides = NONE) -> Tensor:
        """``logits_BKHW`` as from `Backend`. Raises MemoryError if the library says that memory ran out."""
        try:
            return self._compute(image_BCHW.contiguous(), trim)
        except Exception as error:  # libraries have exceptions of their own
            if says_out_of_memory(str(error)):
                raise MemoryError(str(error)) from error
            raise

    @abstractmethod
    def _compute(self, image_BCHW: Tensor, trim: Sides) -> Tensor:
        """``logits_BKHW``, computed by the library."""

    @torch.inference_mode()
    def torch_forward(self, image_BCHW: Tensor) -> Tensor:
        """``logits_BKHW`` of the whole network at once, as libraries compute it.

        No library says how much memory it takes.
        """
        logits_BKHW: Tensor = self.network(image_BCHW)
        return logits_BKHW


class Trimmed(nn.Module):
    """A network ``image_BCHW -> logits_BKHW`` whose map lacks ``trim`` on its sides, for recording."""

    def __init__(self, network: Network, trim: Sides) -> None:
        super().__init__()
        self.network, self.trim = network, trim

    def forward(self, image_BCHW: Tensor) -> Tensor:
        return self.network.trimmed(image_BCHW, self.trim)


def trace_network(network: Network, bands: int, trim: Sides) -> tuple[torch.jit.ScriptModule, Tensor]:
    """The `Trimmed` network, recorded on the smallest image that it accepts, and that image."""
    height, width = (
        network.valid_size(sum(sides) + 2 * network.multiple_px) + 2 * network.margin_px
        for sides in ((trim.top, trim.bottom), (trim.left, trim.right))
    )
    example_BCHW = torch.zeros(1, bands, height, width)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about sizes taken as constants: `autotune` compares another size
        trace: Any = torch.jit.trace
        return trace(Trimmed(network, trim).eval(), example_BCHW, check_trace=False), example_BCHW

"""One way to compute a network on a device. Legend: B batch, C bands, K classes, H height, W width."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from ...core.windows import NONE, Sides
from ...models import Network


@dataclass(frozen=True)
class Backend:
    """``network`` computed in ``dtype``, on the device it lies on. As `Network.trimmed`, from 32-bit floats
    to floats.
    """

    name: str
    network: Network
    dtype: torch.dtype

    @torch.inference_mode()
    def __call__(self, image_BCHW: Tensor, trim: Sides = NONE) -> Tensor:
        image_BCHW = image_BCHW.contiguous(memory_format=torch.channels_last)
        # In autocast, what an operation needs 32 bits for is left in 32. TF32 would make 19 bits of them.
        # With its benchmarks, cuDNN is 2 % faster in 16 bits and 10 % in 32, but tunes itself for a second
        # and half a minute for each shape.
        with (
            torch.autocast(image_BCHW.device.type, self.dtype, enabled=self.dtype != torch.float32),
            torch.backends.cudnn.flags(enabled=True, benchmark=False, allow_tf32=False),
        ):
            return self.network.trimmed(image_BCHW, trim)

    def in_tensors(self, image_BCHW: Tensor) -> Tensor:
        """The scores of an image from PyTorch's own tensors, whose memory can be measured."""
        logits_BKHW: Tensor = self(image_BCHW)
        return logits_BKHW

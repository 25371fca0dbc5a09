"""A network as PyTorch computes it on a device, in one precision.

Legend: B batch, C bands, H height, K classes, W width.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from ...core.windows import NONE, Sides
from ...models import Network


@dataclass(frozen=True)
class Backend:
    """Computes ``network`` in ``dtype``, on the device that its weights are on."""

    name: str
    network: Network
    dtype: torch.dtype

    @torch.inference_mode()
    def __call__(self, image_BCHW: Tensor, trim: Sides = NONE) -> Tensor:
        """``logits_BKHW``, as `Network.trimmed`, in floats of any kind, from an image in 32-bit floats."""
        image_BCHW = image_BCHW.contiguous(memory_format=torch.channels_last)
        # Autocast leaves operations that need 32 bits in 32 bits; TF32 would give them 19 bits. With
        # benchmarks, cuDNN is 2 % faster in 16 bits and 10 % in 32, but takes between a second and half a
        # minute for each shape of images.
        with (
            torch.autocast(image_BCHW.device.type, self.dtype, enabled=self.dtype != torch.float32),
            torch.backends.cudnn.flags(enabled=True, benchmark=False, allow_tf32=False),
        ):
            return self.network.trimmed(image_BCHW, trim)

    def torch_forward(self, image_BCHW: Tensor) -> Tensor:
        """``logits_BKHW`` computed by PyTorch alone, so that the memory of its tensors can be measured."""
        logits_BKHW: Tensor = self(image_BCHW)
        return logits_BKHW

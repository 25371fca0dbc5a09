"""How good a network is on the validation blocks, and what it makes of them.

Legend: B batch, C bands, K classes, H height, W width.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from ..compute.device import Device
from ..compute.normalisation import Normalisation
from ..core.prefetch import Prefetcher
from ..core.windows import Window
from ..metrics.confusion import confusion
from ..models import Network
from ..models.blocks import centre_crop
from . import examples
from .dataset import Batch
from .splitting import Block, Split

Reader = Prefetcher[Sequence[tuple[int, Window]], Batch]


class Validated(NamedTuple):
    """Of all validation blocks, and of the one that is shown."""

    loss: float
    confusion: NDArray[Any]
    shown_HW: NDArray[np.uint8]


class Validator:
    """``network`` and its loss on their device, to be measured."""

    def __init__(self, network: Network, scaling: Normalisation, loss: nn.Module, device: Device) -> None:
        device.place(network)
        self._network, self._scaling, self._device = network, scaling, device
        self._validated = network
        self._loss = loss.to(device.backend)

    def validate(
        self,
        reader: Reader,
        parts: Split,
        classes: int,
        alive: Callable[[], None],
        shown: Block | None = None,
    ) -> Validated:
        """Loss and confusion matrix over the validation blocks, and what the ``shown`` one is taken for;
        ``alive`` is called after each block.
        """
        matrix = np.zeros((classes, classes), dtype=np.int64)
        losses, weights, shown_HW = [], [], np.zeros((0, 0), np.uint8)
        for block, _, logits_BKHW, ids_BHW in self._outputs(reader, parts.validation):
            losses.append(self._loss(logits_BKHW, ids_BHW.to(self._device.backend).long()).item())
            weights.append(sum(block.counts))
            found_BHW = logits_BKHW.argmax(1).to(torch.uint8).cpu().numpy()
            matrix += confusion(ids_BHW.numpy(), found_BHW, classes)
            if block is shown:
                shown_HW = found_BHW[0]
            alive()
        return Validated(float(np.average(losses, weights=weights)), matrix, shown_HW)

    def windows(self, reader: Reader, blocks: Sequence[Block]) -> Iterator[examples.Window]:
        """Each block's scaled image, labels, and what the network takes it for."""
        for _, image_BCHW, logits_BKHW, ids_BHW in self._outputs(reader, blocks):
            image_CHW = centre_crop(image_BCHW, *ids_BHW.shape[-2:])[0]
            yield image_CHW, ids_BHW[0].numpy(), logits_BKHW[0].argmax(0).to(torch.uint8).cpu().numpy()

    @torch.inference_mode()
    def _outputs(
        self, reader: Reader, blocks: Sequence[Block]
    ) -> Iterator[tuple[Block, Tensor, Tensor, Tensor]]:
        """Block by block: the scaled image with its margin, logits and labels."""
        self._validated.eval()
        # Blocks of sizes that are not legal are read a little larger, and compared on the block itself.
        windows = [[(block.image, self._legal(block.window))] for block in blocks]
        for block, batch in zip(blocks, reader.each(windows)):
            image_BCHW = self._scaled(batch)
            logits_BKHW = self._device.forward(self._validated, image_BCHW, half=True)
            rows, columns = slice(0, block.window.height), slice(0, block.window.width)
            margin_px = self._network.margin_px
            image_BCHW = image_BCHW[
                ..., : block.window.height + 2 * margin_px, : block.window.width + 2 * margin_px
            ]
            yield block, image_BCHW, logits_BKHW[..., rows, columns], batch.ids_BHW[..., rows, columns]

    def _legal(self, window: Window) -> Window:
        return Window(
            window.x,
            window.y,
            self._network.valid_size(window.width),
            self._network.valid_size(window.height),
        )

    def _scaled(self, batch: Batch) -> Tensor:
        return self._scaling.apply(
            self._device.receive(batch.image_BCHW), self._device.receive(batch.valid_BHW)
        )

    def take(self, weights: Mapping[str, Tensor]) -> None:
        """Validate with these `weights` from now on."""
        self._validated.load_state_dict(weights, strict=False)  # auxiliary maps have none

    def weights(self) -> dict[str, Tensor]:
        """A copy of what classifying needs: all weights but those of the auxiliary."""
        state = self._validated.state_dict()
        return {
            name: tensor.detach().cpu().clone()
            for name, tensor in state.items()
            if not name.startswith("auxiliary.")
        }

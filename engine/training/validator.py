"""Validation: loss, confusion matrix and predictions of a network on the validation blocks.

Legend: B batch, C bands, K classes, H height, W width.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from ..compute import precision
from ..compute.device import Device
from ..compute.kernels import prepare_network
from ..compute.normalisation import Normalisation
from ..compute.transfer import to_device
from ..core.windows import Window
from ..metrics.confusion import confusion
from ..models import Network
from ..models.blocks import centre_crop
from .dataset import Reader
from .examples import Prediction
from .splitting import Block


class ValidationResult(NamedTuple):
    """Mean loss and confusion matrix of all blocks, and the predicted class ids of the block to show."""

    loss: float
    confusion: NDArray[Any]
    shown_HW: NDArray[np.uint8]


class Validator:
    """Validates ``network``, as it is at each call, by ``loss`` on ``device``."""

    def __init__(
        self, network: Network, normalisation: Normalisation, loss: nn.Module, device: Device
    ) -> None:
        prepare_network(network, device)
        self._network, self._normalisation, self._device = network, normalisation, device
        self._loss = loss.to(device.backend)

    def validate(
        self,
        reader: Reader,
        blocks: Sequence[Block],
        classes: int,
        on_block: Callable[[], None],
        shown: Block | None = None,
    ) -> ValidationResult:
        """Validate on ``blocks``, and return the prediction of the block ``shown``.

        ``on_block`` is called after each block.
        """
        matrix = np.zeros((classes, classes), dtype=np.int64)
        losses, weights, shown_HW = [], [], np.zeros((0, 0), np.uint8)
        for block, _, logits_BKHW, ids_BHW in self._outputs(reader, blocks):
            losses.append(self._loss(logits_BKHW, ids_BHW.to(self._device.backend).long()).item())
            weights.append(sum(block.counts))
            predicted_BHW = logits_BKHW.argmax(1).to(torch.uint8).cpu().numpy()
            matrix += confusion(ids_BHW.numpy(), predicted_BHW, classes)
            if block is shown:
                shown_HW = predicted_BHW[0]
            on_block()
        return ValidationResult(float(np.average(losses, weights=weights)), matrix, shown_HW)

    def predictions(self, reader: Reader, blocks: Sequence[Block]) -> Iterator[Prediction]:
        """Each block with its image, its labels and its prediction."""
        for _, image_BCHW, logits_BKHW, ids_BHW in self._outputs(reader, blocks):
            yield Prediction(
                image_CHW=centre_crop(image_BCHW, *ids_BHW.shape[-2:])[0],
                reference_HW=ids_BHW[0].numpy(),
                predicted_HW=logits_BKHW[0].argmax(0).to(torch.uint8).cpu().numpy(),
            )

    @torch.inference_mode()
    def _outputs(
        self, reader: Reader, blocks: Sequence[Block]
    ) -> Iterator[tuple[Block, Tensor, Tensor, Tensor]]:
        """Yield each block with its normalised image (margin included), its logits and its labels."""
        self._network.eval()
        # The network may not take a block's size: a little more is read, and cut off again.
        requests = [[(block.image, self._valid_window(block.window))] for block in blocks]
        for block, batch in zip(blocks, reader.map(requests)):
            image_BCHW = self._normalisation.apply(
                to_device(batch.image_BCHW, self._device), to_device(batch.valid_BHW, self._device)
            )
            logits_BKHW = precision.forward(self._network, image_BCHW, self._device, half=True)
            height, width, margin_px = block.window.height, block.window.width, self._network.margin_px
            yield (
                block,
                image_BCHW[..., : height + 2 * margin_px, : width + 2 * margin_px],
                logits_BKHW[..., :height, :width],
                batch.ids_BHW[..., :height, :width],
            )

    def _valid_window(self, window: Window) -> Window:
        width, height = self._network.valid_size(window.width), self._network.valid_size(window.height)
        return Window(window.x, window.y, width, height)

    def load_weights(self, weights: Mapping[str, Tensor]) -> None:
        """Validate with these `weights` from now on."""
        self._network.load_state_dict(weights, strict=False)  # those of auxiliary maps are missing

    def weights(self) -> dict[str, Tensor]:
        """A copy, on the CPU, of the weights that classification needs: all but those of auxiliary maps."""
        return {
            name: tensor.detach().cpu().clone()
            for name, tensor in self._network.state_dict().items()
            if not name.startswith("auxiliary.")
        }

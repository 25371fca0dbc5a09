"""The contract of all networks: sampler, trainer, classifier and export use no more of a network than this.

Legend: B batch, C bands, K classes, H height, W width.
"""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from torch import Tensor, nn

from ..core.windows import Sides, round_up
from .blocks import crop


@dataclass(frozen=True)
class NetworkOutput:
    """The output of a network in training: its logits, and other maps that the losses need."""

    logits_BKHW: Tensor
    auxiliary_BDHW: Tensor | None = None
    """The reconstructed image or the signed distances (D maps), on the grid of the logits."""
    intermediate_logits: tuple[Tensor, ...] = ()
    """Logits of earlier stages, for which the loss counts too."""


class Network(nn.Module):
    """A module ``image_BCHW -> logits_BKHW`` that declares its geometry.

    The logits map is smaller than the image by ``margin_px`` on each side; its sides are ``multiple_px``
    times a whole number, plus ``remainder_px``. Pixels farther than ``receptive_px`` from a logit's own
    pixel never change it, if windows start at multiples of ``multiple_px``.
    """

    margin_px: int = 0
    multiple_px: int = 1
    remainder_px: int = 0
    receptive_px: int = 0
    uses_padding: bool = True
    """False if no layer pads its input; logits are then exact up to the edge of the map."""
    encoder_dropout: float = 0.0
    """Share of the encoder's last channels that training drops at random, in networks that support it."""

    @property
    def halo_px(self) -> int:
        """Pixels to read on each side of a window so that its logits do not depend on where it ends."""
        if not self.uses_padding:
            return self.margin_px
        return round_up(max(self.receptive_px, self.margin_px), self.multiple_px)

    def valid_size(self, wished_px: int) -> int:
        """The smallest possible side of a logits map, in pixels, that is not below ``wished_px``."""
        smallest_px = self.remainder_px or self.multiple_px
        return smallest_px + round_up(max(0, wished_px - smallest_px), self.multiple_px)

    def largest_valid_size(self, room_px: int) -> int:
        """The largest possible side of a logits map within ``room_px``, or the smallest one of all."""
        return max(self.valid_size(1), self.valid_size(room_px + 1) - self.multiple_px)

    def from_published(self, weights: dict[str, Tensor]) -> dict[str, Tensor]:
        """Published ``weights`` with the names and shapes of this network; unknown ones keep their names."""
        return weights

    def trimmed(self, image_BCHW: Tensor, trim: Sides) -> Tensor:
        """The logits map without ``trim`` pixels on its sides; networks that can save work override this."""
        return crop(self(image_BCHW), trim)

    def forward_training(self, image_BCHW: Tensor) -> NetworkOutput:
        """The output in training. Networks with auxiliary maps or several stages override this."""
        return NetworkOutput(self(image_BCHW))


class FittedNetwork(Network):
    """A network that is not trained by gradient descent: it is fitted once, to a sample of pixels."""

    per_class: int
    """The largest number of pixels of each class in the sample."""

    @abstractmethod
    def fit(self, pixels_NC: NDArray[np.floating[Any]], ids_N: NDArray[np.integer[Any]], seed: int) -> None:
        """Fit to N pixels of C bands, scaled to mean 0 and standard deviation 1, and to their class ids."""

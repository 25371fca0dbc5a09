"""Base of encoder–decoders, which may learn a second, auxiliary map beside the classes.

The auxiliary map is the image itself or the distance to the nearest border; learning it shapes the
features. Only the losses use it; classification does not compute it. Sources: "A multi-task deep learning
framework coupling semantic segmentation and image reconstruction for very high resolution imagery" (U-REC);
"Large-scale semantic classification: outcome of the first year of Inria aerial image labeling benchmark",
section on the ONERA entry (signed distance). Legend: B batch, C bands or channels, D maps, K classes, H
height, W width.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence

from torch import Tensor, nn

from ..core.signed_distance import number_of_maps
from ..core.windows import NONE, Sides
from .blocks import centre_crop, conv_block, crop
from .network import Network, NetworkOutput

AUXILIARIES = ("reconstruction", "distance")


class EncoderDecoder(Network):
    """Encoder and decoder. Subclasses set ``score`` (features to logits) and define ``features``."""

    score: nn.Module
    score_px: int = 0
    """Pixels that ``score`` sees to each side."""

    def __init__(self) -> None:
        super().__init__()
        self.auxiliary: nn.Module | None = None
        """The head of the auxiliary map. Weights below this name are not saved with a model."""

    @abstractmethod
    def features(self, image_BCHW: Tensor, trim: Sides = NONE) -> tuple[Tensor, Tensor]:
        """The last maps of encoder and decoder; that of the decoder is on the logits' grid, less ``trim``."""

    def add_auxiliary(
        self, auxiliary: str, bands: int, classes: int, coarse: int, fine: int, widths: Sequence[int]
    ) -> None:
        """Add the head for ``auxiliary``: `Reconstruction`, `Distance`, or nothing for ``none``.

        ``coarse`` and ``fine`` are the channels of the last maps of encoder and decoder.
        """
        if auxiliary == "reconstruction":
            self.auxiliary = Reconstruction(coarse, widths, bands)
        elif auxiliary == "distance":
            self.auxiliary = Distance(fine, number_of_maps(classes))

    def forward(self, image_BCHW: Tensor) -> Tensor:
        logits_BKHW: Tensor = self.score(self.features(image_BCHW)[1])
        return logits_BKHW

    def trimmed(self, image_BCHW: Tensor, trim: Sides) -> Tensor:
        """The decoder computes only what the trimmed map needs; the encoder has used the context already."""
        spare = trim.each(lambda px: max(0, px - self.score_px))
        return crop(self.score(self.features(image_BCHW, spare)[1]), trim.plus(spare, -1))

    def forward_training(self, image_BCHW: Tensor) -> NetworkOutput:
        return self.output_of(*self.features(image_BCHW))

    def output_of(self, coarse_BCHW: Tensor, fine_BCHW: Tensor) -> NetworkOutput:
        """The output in training, computed from the two maps that ``features`` returns."""
        logits_BKHW = self.score(fine_BCHW)
        if self.auxiliary is None:
            return NetworkOutput(logits_BKHW)
        return NetworkOutput(
            logits_BKHW, centre_crop(self.auxiliary(coarse_BCHW, fine_BCHW), *logits_BKHW.shape[-2:])
        )


class Reconstruction(nn.Module):
    """A decoder without skips, from the coarse map to the image's bands; each width doubles the size."""

    def __init__(self, coarse: int, widths: Sequence[int], bands: int) -> None:
        super().__init__()
        levels: list[nn.Module] = []
        for before, width in zip((coarse, *widths), widths):
            levels += [
                nn.Upsample(scale_factor=2, mode="bilinear"),
                conv_block(before, width, width, bias=True),
            ]
        self.levels = nn.Sequential(*levels)
        self.image = nn.Conv2d(widths[-1], bands, 1)

    def forward(self, coarse_BCHW: Tensor, fine_BCHW: Tensor) -> Tensor:
        image_BCHW: Tensor = self.image(self.levels(coarse_BCHW))
        return image_BCHW


class Distance(nn.Module):
    """A 3×3 head for signed distances to the nearest border (`engine.core.signed_distance`)."""

    def __init__(self, fine: int, maps: int) -> None:
        super().__init__()
        self.distance = nn.Conv2d(fine, maps, 3, padding=1)

    def forward(self, coarse_BCHW: Tensor, fine_BCHW: Tensor) -> Tensor:
        distance_BDHW: Tensor = self.distance(fine_BCHW)
        return distance_BDHW

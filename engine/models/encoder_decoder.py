"""What encoder–decoders share: they may learn a second map beside the classes, which only the losses see.

Reconstructing the image, or the distance to the nearest border, shapes the features; classifying runs
neither. Sources: "A multi-task deep learning framework coupling semantic segmentation and image
reconstruction for very high resolution imagery" (U-REC); "Large-scale semantic classification: outcome of the
first year of Inria aerial image labeling benchmark", section on the ONERA entry (signed distance). Legend: B
batch, C bands or channels, D maps, K classes, H height, W width.
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
    """A network in two halves. A subclass sets ``score`` (fine features to logits) and says what ``features``
    are.
    """

    score: nn.Module
    score_px: int = 0
    """How far ``score`` looks to each side."""

    def __init__(self) -> None:
        super().__init__()
        self.auxiliary: nn.Module | None = None
        """Kept apart by its name: what lies under it is not saved with a model."""

    @abstractmethod
    def features(self, image_BCHW: Tensor, trim: Sides = NONE) -> tuple[Tensor, Tensor]:
        """The encoder's last map, and the decoder's last map on the grid of the logits, less ``trim`` on its
        sides.
        """

    def add_auxiliary(
        self, auxiliary: str, bands: int, classes: int, coarse: int, fine: int, widths: Sequence[int]
    ) -> None:
        """Add the head for ``auxiliary``: from ``coarse`` channels up through ``widths``, or from ``fine``
        channels.
        """
        if auxiliary == "reconstruction":
            self.auxiliary = Reconstruction(coarse, widths, bands)
        elif auxiliary == "distance":
            self.auxiliary = Distance(fine, number_of_maps(classes))

    def forward(self, image_BCHW: Tensor) -> Tensor:
        logits_BKHW: Tensor = self.score(self.features(image_BCHW)[1])
        return logits_BKHW

    def trimmed(self, image_BCHW: Tensor, trim: Sides) -> Tensor:
        """The decoder computes only what the trimmed map needs: the context has served its purpose in the
        encoder.
        """
        spare = trim.each(lambda px: max(0, px - self.score_px))
        return crop(self.score(self.features(image_BCHW, spare)[1]), trim.plus(spare, -1))

    def forward_training(self, image_BCHW: Tensor) -> NetworkOutput:
        return self.output_of(*self.features(image_BCHW))

    def output_of(self, coarse_BCHW: Tensor, fine_BCHW: Tensor) -> NetworkOutput:
        """What the losses judge, from what ``features`` gave."""
        logits_BKHW = self.score(fine_BCHW)
        if self.auxiliary is None:
            return NetworkOutput(logits_BKHW)
        return NetworkOutput(
            logits_BKHW, centre_crop(self.auxiliary(coarse_BCHW, fine_BCHW), *logits_BKHW.shape[-2:])
        )


class Reconstruction(nn.Module):
    """A decoder without skips: doubles the coarse map once per entry of ``widths``, and ends in the image's
    own bands.
    """

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
    """A 3×3 head parallel to the one for the classes: signed distances to the nearest border,
    `distance.signed_distances`.
    """

    def __init__(self, fine: int, maps: int) -> None:
        super().__init__()
        self.distance = nn.Conv2d(fine, maps, 3, padding=1)

    def forward(self, coarse_BCHW: Tensor, fine_BCHW: Tensor) -> Tensor:
        distance_BDHW: Tensor = self.distance(fine_BCHW)
        return distance_BDHW

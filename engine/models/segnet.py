"""SegNet: VGG-16 and a mirrored decoder, which puts each value back where the pooling took it from.

Sources: Badrinarayanan, Kendall & Cipolla, "SegNet: A Deep Convolutional Encoder-Decoder Architecture
for Image Segmentation", TPAMI 2017; as trained in "Large-scale semantic classification: outcome of the
first year of Inria aerial image labeling benchmark", IGARSS 2018, section 3.3 (ONERA).
Legend: B batch, C channels, H height, W width.
"""

from __future__ import annotations

from torch import Tensor, nn

from ..core.windows import NONE, Sides
from .blocks import check_int_options, conv_block, crop, init_he
from .encoder_decoder import EncoderDecoder
from .vgg import VGG16, prefix_encoder

CHOICES = {
    "segnet": {
        "title": "SegNet (VGG-16)",
        "about": "VGG-16 and a mirrored decoder that remembers where each maximum was. Sharp borders.",
        "options": {"width": 64},
        "tiny": {"width": 4},
        "auxiliary": ("reconstruction", "distance"),
        "training": {"learning_rate": 1e-3},
        "weights": {
            "imagenet": {
                "url": "https://download.pytorch.org/models/vgg16_bn-6c64b313.pth",
                "sha256": "6c64b313",
                "about": "VGG-16 with batch norm trained on ImageNet, from torchvision: the encoder.",
            }
        },
    }
}

_DECODER = ((8, 8, 8, 8), (8, 8, 8, 4), (4, 4, 4, 2), (2, 2, 1), (1, 1))
"""Channels before and after each convolution of a block, in multiples of the width; blocks coarse to fine."""


def build(name: str, bands: int, classes: int, *, auxiliary: str, width: float) -> SegNet:
    """A `SegNet` whose encoder starts with ``width`` channels."""
    return SegNet(bands, classes, check_int_options(512, width=width)[0], auxiliary)


class SegNet(EncoderDecoder):
    """Five poolings, and five unpoolings that put values back at the places of the maxima.

    The convolutions of the encoder see 90 px on each side, those of the decoder 90 px more; up to 31 px are
    added by the position of a pixel in its coarsest cell.
    """

    multiple_px = 32
    score_px = 1
    receptive_px = 90 + 90 + 31

    def __init__(self, bands: int, classes: int, width: int, auxiliary: str = "none") -> None:
        super().__init__()
        self.encoder = VGG16(bands, width, norm=True)
        self.decoder = nn.ModuleList(
            conv_block(*(width * factor for factor in stage), bias=True) for stage in _DECODER
        )
        self.score = init_he(nn.Conv2d(width, classes, 3, padding=1))
        self.add_auxiliary(
            auxiliary, bands, classes, 8 * width, width, [8 * width, 4 * width, 2 * width, width, width]
        )

    def from_published(self, weights: dict[str, Tensor]) -> dict[str, Tensor]:
        """The weights of torchvision's ``vgg16_bn``, or of ``vgg16``, whose layers have other numbers."""
        if "features.2.weight" in weights:
            theirs = [n for n in range(31) if f"features.{n}.weight" in weights]
            ours = [n for n, layer in enumerate(self.encoder.features) if isinstance(layer, nn.Conv2d)]
            kinds = ("weight", "bias")
            weights = {
                f"features.{b}.{kind}": weights[f"features.{a}.{kind}"]
                for a, b in zip(theirs, ours)
                for kind in kinds
            }
        return prefix_encoder(weights)

    def features(self, image_BCHW: Tensor, trim: Sides = NONE) -> tuple[Tensor, Tensor]:
        pooled, places = self.encoder(image_BCHW)
        coarse = pooled[-1]
        cuts, dones = _cuts(trim)
        features_BCHW = crop(coarse, cuts[0])
        for block, places_BCHW, cut, done in zip(self.decoder, reversed(places), cuts, dones):
            features_BCHW = crop(block(unpool(features_BCHW, places_BCHW, cut)), done)
        return coarse, features_BCHW


def _cuts(trim: Sides) -> tuple[list[Sides], list[Sides]]:
    """Pixels to cut from the input and from the output of each block, coarse to fine, for a trimmed map.

    Each convolution of a block makes one more pixel beside a cut wrong, and only whole cells of the coarser
    map can be cut.
    """
    cuts, dones = [], []
    for _, *convolutions in reversed(_DECODER):
        spoilt = Sides.all(len(convolutions))
        coarser = trim.plus(spoilt, -1).each(lambda px: max(0, px) // 2)
        cuts.append(coarser)
        dones.append(trim.plus(coarser, -2))
        trim = coarser
    return cuts[::-1], dones[::-1]


def unpool(map_BCHW: Tensor, places_BCHW: Tensor, cut: Sides = NONE) -> Tensor:
    """``max_unpool2d`` by 2 in operations that ONNX has: values at their places, zeros elsewhere.

    ``places_BCHW`` are indices (row·W + column) in the large map; ``map_BCHW`` lacks ``cut`` on its sides.
    """
    batch, channels, height, width = map_BCHW.shape
    full_width = 2 * places_BCHW.shape[-1]
    if any(cut):
        places_BCHW = crop(places_BCHW, cut)
        rows_BCHW, columns_BCHW = (
            places_BCHW // full_width - 2 * cut.top,
            places_BCHW % full_width - 2 * cut.left,
        )
        places_BCHW = rows_BCHW * 2 * width + columns_BCHW
    empty = map_BCHW.new_zeros(batch, channels, 4 * height * width)
    return empty.scatter(2, places_BCHW.flatten(2), map_BCHW.flatten(2)).view(
        batch, channels, 2 * height, 2 * width
    )

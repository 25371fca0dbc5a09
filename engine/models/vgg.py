"""The thirteen convolutions of VGG-16 as an encoder.

Source: Simonyan & Zisserman, "Very Deep Convolutional Networks for Large-Scale Image Recognition",
ICLR 2015, table 1, column D. Legend: B batch, C channels, H height, W width.
"""

from __future__ import annotations

from collections.abc import Mapping

from torch import Tensor, nn

from .blocks import conv_block

_STAGES = ((2, 1), (2, 2), (3, 4), (3, 8), (3, 8))
"""Convolutions of each stage, and their channels in multiples of the width."""


class VGG16(nn.Module):
    """Five stages of 3×3 convolutions, each pooled to half the size; sides must be multiples of 32.

    The layers have the same order in ``features`` as in torchvision's ``vgg16`` or, with ``norm``,
    ``vgg16_bn``, so that the names of published weights fit.
    """

    def __init__(self, bands: int, width: int, norm: bool) -> None:
        super().__init__()
        layers: list[nn.Module] = []
        before = bands
        for convolutions, factor in _STAGES:
            layers += conv_block(before, *[factor * width] * convolutions, norm=norm, bias=True)
            layers.append(nn.MaxPool2d(2, return_indices=True))
            before = factor * width
        self.features = nn.Sequential(*layers)

    def forward(self, image_BCHW: Tensor) -> tuple[list[Tensor], list[Tensor]]:
        """The maps after each pooling, fine to coarse, and the indices (row·W + column) of their maxima."""
        pooled: list[Tensor] = []
        places: list[Tensor] = []
        features_BCHW = image_BCHW
        for layer in self.features:
            if isinstance(layer, nn.MaxPool2d):
                features_BCHW, places_BCHW = layer(features_BCHW)
                pooled.append(features_BCHW)
                places.append(places_BCHW)
            else:
                features_BCHW = layer(features_BCHW)
        return pooled, places


def prefix_encoder(weights: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Weights under torchvision's names, with ``encoder.`` in front of those of the convolutions."""
    return {
        f"encoder.{name}" if name.startswith("features.") else name: tensor
        for name, tensor in weights.items()
    }

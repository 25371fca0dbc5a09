"""The one contract that sampler, trainer, classifier and export know of a network."""

from torch import nn


class Network(nn.Module):
    """A module ``image_BCHW -> logits_BKHW`` (B batch, C bands, K classes), and what it declares of its geometry.

    The logits map is smaller than the image by ``margin_px`` on each side. Image height and width
    must be ``multiple_px`` times a whole number, plus twice the margin. Pixels farther than
    ``receptive_px`` from a logit's own pixel never change it, if windows start at multiples of
    ``multiple_px``.
    """

    margin_px: int = 0
    multiple_px: int = 1
    receptive_px: int = 0

"""How a network is trained, as data: what its file recommends, and what its paper published."""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass

_WORDS = {
    "auxiliary": ("none", "reconstruction", "distance"),
    "optimizer": ("adamw", "adam", "sgd", "fit"),
    "rate_schedule": ("cosine", "constant", "poly", "step"),
    "sampling": ("balanced", "uniform", "grid"),
    "augmentation": ("turns", "rotations", "flips", "none", "all"),
}

_SHARES = ("averaging", "dropout")
UNLIMITED = 100_000
"""Epochs: as many as the time allows."""


@dataclass(frozen=True)
class Recipe:
    """Settings of a training. The defaults are what we recommend; a network's file says what differs.

    `ValueError` for what is no setting: recipes come from model files too, and those from anywhere.
    """

    loss: str = "cross_entropy"
    auxiliary: str = "none"
    """`none`, or what the network learns beside the classes: `reconstruction`, `distance`."""
    optimizer: str = "adamw"
    """`adamw`, `adam`, `sgd`, or `fit`: no steps at all, the network fits itself to a sample of pixels."""
    learning_rate: float = 2e-3
    rate_schedule: str = "cosine"
    """`cosine` (after a warm-up), `constant`, `poly` (power 0.9), `step` (a tenth after 60 % of the
    training).
    """
    encoder_rate: float = 1.0
    """Learning rate of the parameters under ``encoder.``, as a share of the others'."""
    weight_decay: float = 0.01
    momentum: float = 0.9
    """Of `sgd`; of the others, the decay of the gradient's mean (beta 1)."""
    patch_px: int = 256
    """Side of a patch's labels; the image read for it is larger by the network's margin."""
    batch: int = 4
    epochs: int = 50
    epoch_patches: int = 0
    """Patches that make an epoch; 0 = as many as cover the labels once."""
    patience: int = 20
    """Epochs without a better validation after which training stops; 0 = never."""
    sampling: str = "balanced"
    """`balanced` (rare classes oftener), `uniform` (every labelled place alike), `grid` (in steps of
    ``grid_px``).
    """
    grid_px: int = 0
    """0 = ``patch_px``: patches side by side."""
    augmentation: str = "turns"
    """`turns` (the eight orientations of a square), `flips` (four of them), `none`, `rotations` (turned, half
    of the patches by any angle), or `all`: of other sizes, brightness, contrast and noise as well.
    """
    extra_shift: float = 0.0
    """By how many of their deviations the bands of `EXTRA` rasters are shifted at random, patch by patch:
    what counts is how they vary within a patch, and less where it lies.
    """
    dropout: float = 0.0
    """Share of the channels at the encoder's end that each step leaves out, of networks that have it."""
    averaging: float = 0.0
    """0, or how much of the averaged weights each step keeps (0.99: they are those of the last hundred steps,
    about).
    """

    def __post_init__(self) -> None:
        for field in dataclasses.fields(self):
            value, kind = getattr(self, field.name), type(field.default)
            if kind is str:
                good = isinstance(value, str) and value in _WORDS.get(field.name, (value,))
            else:
                good = type(value) in (int, kind) and math.isfinite(value) and value >= 0
                good = good and (field.name not in _SHARES or value < 1)
            if not good:
                raise ValueError(f"{field.name} of a recipe cannot be {value!r}")


@dataclass(frozen=True)
class Published:
    """What the paper that a network comes from says of its training and its accuracy."""

    source: str
    recipe: Recipe
    chosen: str
    """What the paper leaves open, and what we took."""
    bands: int
    classes: int
    """Of the paper's data; 1 where its network has one output, for "building" or not."""
    results: tuple[tuple[str, str, float], ...] = ()
    """(data, measure, value): "ISPRS Vaihingen, test tiles", "overall accuracy, %", 87.8."""


@dataclass(frozen=True)
class PublishedWeights:
    """Published weights that a network may start from."""

    url: str
    sha256: str
    """Of the file, or its first eight digits where no more is published."""
    about: str

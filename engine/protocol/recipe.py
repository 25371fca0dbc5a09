"""Training settings as data: those that a network's file recommends, and those of its paper."""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass

_VALUES = {
    "auxiliary": ("none", "reconstruction", "distance"),
    "optimizer": ("adamw", "adam", "sgd", "fit"),
    "rate_schedule": ("cosine", "constant", "poly", "step"),
    "sampling": ("balanced", "uniform", "grid"),
    "augmentation": ("turns", "rotations", "flips", "none", "all"),
}

_BELOW_ONE = ("averaging", "dropout")
UNLIMITED = 100_000
"""A number of epochs that means: as many as the time allows."""


@dataclass(frozen=True)
class Recipe:
    """Settings of a training. The defaults are recommended; a network's file says what differs.

    Raises `ValueError` for impossible values: recipes also come from model files, and those from anywhere.
    """

    loss: str = "cross_entropy"
    auxiliary: str = "none"
    """The auxiliary map that the network learns too: `none`, `reconstruction` or `distance`."""
    optimizer: str = "adamw"
    """`adamw`, `adam`, `sgd`; or `fit` for a network that fits itself to a sample of pixels."""
    learning_rate: float = 2e-3
    rate_schedule: str = "cosine"
    """`cosine` (after a warm-up), `constant`, `poly` (power 0.9) or `step` (a tenth after 60 %)."""
    encoder_rate: float = 1.0
    """Factor of the learning rate for the parameters under ``encoder.``."""
    weight_decay: float = 0.01
    momentum: float = 0.9
    """Momentum of `sgd`; beta 1 of the others."""
    patch_px: int = 256
    """Side of a patch's labels; the image read for it is larger by the network's margin."""
    batch: int = 4
    epochs: int = 50
    epoch_patches: int = 0
    """Patches in an epoch; 0 = as many as cover the labels once."""
    patience: int = 20
    """Epochs without a better validation after which training stops; 0 = never."""
    sampling: str = "balanced"
    """`balanced` (rare classes more often), `uniform` (all labelled places alike) or `grid` (``grid_px``)."""
    grid_px: int = 0
    """Step between the patches of a grid; 0 = ``patch_px``, patches side by side."""
    augmentation: str = "turns"
    """`turns` (the eight orientations of a square), `flips` (four of them), `none`, `rotations` (turned, half
    of the patches by any angle), or `all`: of other sizes, brightness, contrast and noise as well.
    """
    extra_shift: float = 0.0
    """Random shift of the bands of `EXTRA` rasters for each patch, in standard deviations.

    So the network learns from how these bands vary within a patch, and less from their level.
    """
    dropout: float = 0.0
    """Share of the encoder's last channels that each step drops, in networks that support it."""
    averaging: float = 0.0
    """Decay of the weights' exponential moving average; 0 = no average, 0.99 = over about 100 steps."""

    def __post_init__(self) -> None:
        for field in dataclasses.fields(self):
            value, kind = getattr(self, field.name), type(field.default)
            if kind is str:
                good = isinstance(value, str) and value in _VALUES.get(field.name, (value,))
            else:
                good = type(value) in (int, kind) and math.isfinite(value) and value >= 0
                good = good and (field.name not in _BELOW_ONE or value < 1)
            if not good:
                raise ValueError(f"{field.name} of a recipe cannot be {value!r}")


@dataclass(frozen=True)
class Published:
    """The training settings and the accuracy that a network's paper published."""

    source: str
    recipe: Recipe
    chosen: str
    """Sentences on what the paper leaves open, and what is used here."""
    bands: int
    classes: int
    """Classes of the paper's data; 1 where its network has a single output, "building" or not."""
    results: tuple[tuple[str, str, float], ...] = ()
    """(data, measure, value): "ISPRS Vaihingen, test tiles", "overall accuracy, %", 87.8."""


@dataclass(frozen=True)
class PublishedWeights:
    """Published weights that a network may start from."""

    url: str
    sha256: str
    """SHA-256 of the file, or its first eight digits where no more is published."""
    about: str

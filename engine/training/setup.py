"""The settings and data of a training run, and its result."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray
from torch import Tensor

from ..compute.device import Device
from ..compute.normalisation import Normalisation
from ..core.legend import LegendClass
from ..models import Network
from ..protocol import Emit, Epoch, Recipe
from .dataset import LabelledImages, Reader
from .examples import Example
from .learner import Learner
from .sampler import WindowSampler
from .splitting import Split


@dataclass(frozen=True)
class Settings:
    """Settings of a training; it ends with the recipe's epochs or after ``minutes``, whichever is first."""

    recipe: Recipe
    minutes: float = 0.0
    """0 = no limit."""
    seed: int = 0
    accumulation_steps: int = 1
    """Parts that each batch is computed in, one after the other; their gradients are added up."""
    examples: bool = False
    """Whether to return the validation windows that the best weights classify worst and best."""


@dataclass(frozen=True)
class TrainingSetup:
    """Everything that a training run needs."""

    network: Network
    images: LabelledImages
    split: Split
    normalisation: Normalisation
    classes: Sequence[LegendClass]
    settings: Settings
    device: Device
    emit: Emit

    def prefetcher(self) -> AbstractContextManager[Reader]:
        """Reads batches of the images in other threads; validation blocks are known as such."""
        windows = tuple((block.image, block.window) for block in self.split.validation)
        return self.images.with_validation(windows).prefetcher(self.device)

    def sampler(self) -> WindowSampler:
        """Draws training windows as the recipe says."""
        recipe = self.settings.recipe
        return WindowSampler(
            self.split,
            self.images.sizes,
            recipe.patch_px,
            margin_px=self.images.margin_px,
            sampling=recipe.sampling,
            grid_px=recipe.grid_px,
        )

    def learner(self) -> Learner:
        """The network with its loss and optimiser, before the first step."""
        return Learner(
            self.network,
            self.normalisation,
            self.settings.recipe,
            self.split.class_frequencies,
            device=self.device,
            seed=self.settings.seed,
            emit=self.emit,
            accumulation_steps=self.settings.accumulation_steps,
            extra_bands=self.images.sources[0].extra_bands,
        )


@dataclass(frozen=True)
class TrainingResult:
    """The weights of the best epoch, their validation confusion matrix, and the figures of each epoch."""

    weights: dict[str, Tensor]
    history: tuple[Epoch, ...]
    best_epoch: int
    confusion: NDArray[Any]
    worst: Sequence[Example] = ()
    """Validation windows that are classified worst."""
    best: Sequence[Example] = ()
    """Validation windows that are classified best."""

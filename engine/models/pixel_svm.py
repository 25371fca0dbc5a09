"""Pixel SVM: a support vector machine classifies each pixel by its own bands alone. It uses no context.

Source: "Fully Convolutional Neural Networks for Remote Sensing Image Classification", section 5: a
Gaussian-kernel support vector machine trained on 1000 randomly chosen pixels of each class.
Legend: B batch, C bands, H height, W width, K classes, N pixels, V support vectors.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from ..protocol import EngineError
from ..runtime.libraries import loading
from .blocks import check_int_options
from .network import FittedNetwork

CHOICES = {
    "pixel_svm": {
        "title": "Pixel SVM",
        "about": "Support vector machine on each pixel's own bands. Fast to fit; a baseline to compare.",
        "options": {"per_class": 1000, "penalty": 1.0, "gamma": 0.0},
        "tiny": {"per_class": 20},
        "training": {"optimizer": "fit", "augmentation": "none"},
    }
}
_CHUNK = 2**23
"""Kernel values computed at once: 32 MiB."""
_CHUNK_VECTORS = 128
"""Support vectors computed at once in an exported graph: 128 MiB of kernel values for a tile of 512 px."""


def build(name: str, bands: int, classes: int, *, per_class: float, penalty: float, gamma: float) -> PixelSVM:
    """A `PixelSVM` fitted to ``per_class`` pixels of each class, with the penalty C and the kernel's γ.

    A ``gamma`` of 0 means 1 / ``bands``. Raises `EngineError` for an option out of range.
    """
    if not (math.isfinite(penalty) and penalty > 0):
        raise EngineError(
            "bad_option", "The option penalty is {penalty:g}.", "Give a number above 0.", penalty=penalty
        )
    if not (math.isfinite(gamma) and gamma >= 0):
        raise EngineError(
            "bad_option",
            "The option gamma is {gamma:g}.",
            "Give a number above 0, or 0 to use 1 / (number of bands).",
            gamma=gamma,
        )
    (room,) = check_int_options(10_000, per_class=per_class)
    return PixelSVM(bands, classes, room, penalty, gamma or 1 / bands)


class PixelSVM(FittedNetwork):
    """One machine for each class against the rest, or one for two classes: d(x) = Σ α_v exp(−γ‖x − v‖²) + b.

    The machines share their support vectors. The buffers have room for the largest possible number of these,
    so that their shapes depend on the options alone. Unused rows are 0 and come last.
    """

    vectors_VC: Tensor
    coefficients_VK: Tensor
    offsets_K: Tensor

    def __init__(self, bands: int, classes: int, per_class: int, penalty: float, gamma: float) -> None:
        super().__init__()
        self.per_class, self.penalty, self.gamma = per_class, penalty, gamma
        self.register_buffer("vectors_VC", torch.zeros(per_class * classes, bands))
        self.register_buffer("coefficients_VK", torch.zeros(per_class * classes, classes))
        self.register_buffer("offsets_K", torch.zeros(classes))

    def fit(self, pixels_NC: NDArray[np.floating[Any]], ids_N: NDArray[np.integer[Any]], seed: int) -> None:
        """Fit to at most ``per_class`` random pixels of each class.

        The C bands are scaled to mean 0 and standard deviation 1.
        Raises `EngineError` if a class has no pixel.
        """
        with loading("scikit-learn"):
            from sklearn.svm import SVC  # noqa: PLC0415 (heavy, and classifying does without)

        classes = len(self.offsets_K)
        drawn_N = draw(ids_N, classes, self.per_class, np.random.default_rng(seed))
        vectors_VC, ids_V = pixels_NC[drawn_N].astype(np.float64), ids_N[drawn_N]
        coefficients_VK, offsets_K = np.zeros((len(ids_V), classes)), np.zeros(classes)
        for k in [1] if classes == 2 else range(classes):
            machine = SVC(C=self.penalty, kernel="rbf", gamma=self.gamma).fit(vectors_VC, ids_V == k)
            coefficients_VK[machine.support_, k], offsets_K[k] = machine.dual_coef_[0], machine.intercept_[0]
        if classes == 2:
            coefficients_VK[:, 0], offsets_K[0] = -coefficients_VK[:, 1], -offsets_K[1]
        supports_V = coefficients_VK.any(1)
        self._hold(self.vectors_VC, vectors_VC[supports_V])
        self._hold(self.coefficients_VK, coefficients_VK[supports_V])
        self._hold(self.offsets_K, offsets_K)

    @staticmethod
    def _hold(buffer: Tensor, values: NDArray[np.float64]) -> None:
        buffer.zero_()[: len(values)] = torch.from_numpy(values)

    def forward(self, image_BCHW: Tensor) -> Tensor:
        """Compute in 32-bit floats, also under autocast, and in chunks that limit the memory.

        Chunks hold some of the pixels or, in an exported graph (for images of any size), of the support
        vectors.
        """
        pixels_NC = image_BCHW.movedim(1, -1).flatten(0, 2)
        if torch.compiler.is_compiling():
            logits_NK = self.offsets_K
            all_held = (torch.split(each, _CHUNK_VECTORS) for each in (self.vectors_VC, self.coefficients_VK))
            for vectors_VC, coefficients_VK in zip(*all_held):
                logits_NK = _added(logits_NK, pixels_NC, vectors_VC, coefficients_VK, self.gamma)
        else:
            used = int(self.coefficients_VK.any(1).sum())
            held = self.vectors_VC[:used], self.coefficients_VK[:used]
            with torch.autocast(image_BCHW.device.type, enabled=False):
                chunks = torch.split(pixels_NC.float(), max(1, _CHUNK // max(1, used)))
                logits_NK = torch.cat(
                    [_added(self.offsets_K, chunk_NC, *held, self.gamma) for chunk_NC in chunks]
                )
        batch, _, height, width = image_BCHW.shape
        return logits_NK.reshape(batch, height, width, -1).movedim(-1, 1)


def _added(
    sums: Tensor, pixels_NC: Tensor, vectors_VC: Tensor, coefficients_VK: Tensor, gamma: float
) -> Tensor:
    """``sums`` plus, for each pixel, the sum of the kernel over these support vectors."""
    # ‖x − v‖² = ‖x‖² − 2x·v + ‖v‖²: one matrix product instead of a difference for every pair.
    squares_N1, squares_V = pixels_NC.square().sum(1, keepdim=True), vectors_VC.square().sum(1)
    distance_NV = torch.addmm(squares_V, pixels_NC, vectors_VC.T, alpha=-2).add_(squares_N1)
    return distance_NV.clamp_(min=0).mul_(-gamma).exp_() @ coefficients_VK + sums


def draw(ids_N: NDArray[Any], classes: int, per_class: int, rng: np.random.Generator) -> NDArray[np.intp]:
    """Ascending indices in ``ids_N`` of ``per_class`` random pixels of each class, or of all that it has."""
    places: list[NDArray[np.intp]] = []
    for k in range(classes):
        own = np.flatnonzero(ids_N == k)
        if not len(own):
            raise EngineError(
                "class_without_pixels",
                "Class {number} of {classes} has no labelled pixel to fit to.",
                "Label some of it in the training part, or take the class out of the reference.",
                number=k + 1,
                classes=classes,
            )
        places.append(rng.choice(own, min(per_class, len(own)), replace=False))
    return np.sort(np.concatenate(places))

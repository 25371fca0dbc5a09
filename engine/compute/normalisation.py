"""Per-band scaling: what a network sees is ``(value − mean) / std`` of its training windows.

The figures travel in the model file, so 8-bit, 16-bit and float images all work and nobody has to
know them. Legend: C bands, H height, W width, B batch.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from ..protocol import EngineError

Measured = tuple[NDArray[Any], NDArray[Any]]


@dataclass(frozen=True)
class Normalisation:
    """``mean`` and ``std`` of each band; a constant band has ``std`` 1."""

    mean: tuple[float, ...]
    std: tuple[float, ...]

    def apply(self, image_BCHW: Tensor, valid_BHW: Tensor) -> Tensor:
        """The scaled image in 32-bit floats; pixels without data become 0, the mean.

        Band by band, and at once in the layout that convolutions are fastest in: a fifth of what it takes for
        all bands.
        """
        scaled_BCHW = torch.empty(
            image_BCHW.shape, dtype=torch.float32, device=image_BCHW.device, memory_format=torch.channels_last
        )
        for band, (mean, std) in enumerate(zip(self.mean, self.std)):
            torch.sub(image_BCHW[:, band], mean, out=scaled_BCHW[:, band]).mul_(1 / std)
        if image_BCHW.device.type == "cpu" and valid_BHW.all():  # a GPU would have to be waited for
            return scaled_BCHW
        return scaled_BCHW.masked_fill_(~valid_BHW[:, None], 0.0)


def fit(
    windows: Iterable[Measured], tell_constant: Callable[[list[int]], None] = lambda bands: None
) -> Normalisation:
    """The scaling of ``(image_CHW, valid_HW)`` windows by the `mean_and_std` of their valid pixels.

    ``tell_constant`` hears which bands are constant, if any. Raises `EngineError` where nothing or no band
    varies.
    """
    if (found := mean_and_std(windows)) is None:
        raise EngineError(
            "no_data", "The training windows hold no valid pixel.", "Check the image's nodata value and mask."
        )
    mean, std = found
    constant = np.flatnonzero(std == 0).tolist()
    if len(constant) == len(std):
        message = f"Every band of the training windows has one value everywhere ({', '.join(f'{value:g}' for value in mean)})."
        raise EngineError("constant_image", message, "Check that it is the right raster, and whole.")
    if constant:
        tell_constant(constant)
    std[std == 0] = 1.0
    return Normalisation(tuple(map(float, mean)), tuple(map(float, std)))


def mean_and_std(windows: Iterable[Measured]) -> tuple[NDArray[np.float64], NDArray[np.float64]] | None:
    """Mean and standard deviation of each band over the valid pixels; None where there are none.

    Sums are kept relative to the first window's means, so large offsets cost no precision. A band that varies
    by no more than that leaves is constant: its deviation is 0.
    """
    count, origin, total, squares = 0, None, None, None
    for image_CHW, valid_HW in windows:
        pixels_CN = image_CHW[:, valid_HW].astype(np.float64)
        if pixels_CN.shape[1] == 0:
            continue
        if origin is None:
            origin = pixels_CN.mean(1)
            total, squares = np.zeros_like(origin), np.zeros_like(origin)
        pixels_CN -= origin[:, None]
        count += pixels_CN.shape[1]
        total += pixels_CN.sum(1)
        squares += np.einsum("cn,cn->c", pixels_CN, pixels_CN)
    if origin is None or total is None or squares is None:
        return None
    offset = total / count
    std = np.sqrt(np.maximum(squares / count - offset**2, 0.0))
    std[std <= 1e-12 * np.maximum(1.0, np.abs(origin))] = 0.0
    return origin + offset, std

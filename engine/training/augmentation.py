"""Augmentation of training samples: orientation, rotation, size, brightness, contrast and noise.

Aerial images have no natural orientation, so all orientations are equally likely.

Legend: B batch, C bands, D auxiliary maps, H height, W width.
"""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F
from torch import Tensor

from ..compute.orientation import ORIENTATIONS, orient
from ..core.legend import IGNORE

_ROTATED = 0.5
"""Share of the samples that are rotated by any angle and scaled.

Resampling blurs, and a network that has seen blurred samples alone fails on sharp images.
"""
_MOST_ANGLE = math.pi / 4
_MOST_ZOOM = 1.25
_MOST_TONE = 0.2
"""Most change of brightness, in standard deviations of the training images, and of contrast, as a factor.

Up to a third as much comes on top, another for each band.
"""
_MOST_NOISE = 0.1
"""Standard deviation of the strongest noise, in standard deviations of the training images."""
_ALL_VALID = 0.999
"""A resampled pixel is valid if at least this share of what it was interpolated from is."""


def augment(
    kind: str,
    generator: torch.Generator,
    image_BCHW: Tensor,
    valid_BHW: Tensor,
    ids_BHW: Tensor,
    *distances_BDHW: Tensor,
) -> list[Tensor]:
    """Each sample of a normalised batch augmented at random, image, valid pixels, labels and distances alike.

    ``kind`` is a `Recipe.augmentation`: ``none``, ``flips`` and ``turns`` draw one of 1, 4 or 8 orientations.
    ``rotations`` also rotates half of the samples by any angle, and ``all`` scales these and changes
    brightness, contrast and noise of all; with distances, which that would change, nothing is rotated or
    scaled. Beyond its edge an image is mirrored, and so are labels that reach as far as the image.
    """
    maps = [image_BCHW, valid_BHW, ids_BHW, *distances_BDHW]
    ways = torch.tensor(ORIENTATIONS[kind])[
        torch.randint(len(ORIENTATIONS[kind]), (len(image_BCHW),), generator=generator)
    ].tolist()
    maps = [torch.stack([orient(sample, way) for sample, way in zip(one, ways)]) for one in maps]
    if kind in ("rotations", "all") and not distances_BDHW:
        _rotate(generator, _MOST_ZOOM if kind == "all" else 1.0, *maps)
    if kind == "all":
        maps[0] = _with_other_tones(generator, maps[0]) * maps[1][:, None]
    return maps


def _uniform(generator: torch.Generator, like: Tensor, most: float, *shape: int) -> Tensor:
    """Random numbers from -``most`` to ``most``, drawn on the CPU: the same whatever the device."""
    return _on_device_of(like, (2 * torch.rand(shape, generator=generator) - 1) * most)


def _on_device_of(like: Tensor, tensor: Tensor) -> Tensor:
    """``tensor`` on the device of ``like``; a GPU is not waited for."""
    return tensor.to(like.device, non_blocking=like.is_cuda)


def _rotate(
    generator: torch.Generator, most_zoom: float, image_BCHW: Tensor, valid_BHW: Tensor, ids_BHW: Tensor
) -> None:
    """Rotate some of the samples about their middles, in place, and scale them by up to ``most_zoom``."""
    batch = len(image_BCHW)
    # As indices, found on the CPU: a GPU would have to be waited for.
    is_chosen_B = torch.rand(batch, generator=generator) < _ROTATED
    chosen = _on_device_of(image_BCHW, is_chosen_B.nonzero()[:, 0])
    angle_B = _uniform(generator, image_BCHW, _MOST_ANGLE, batch)[chosen]
    zoom_B = most_zoom ** _uniform(generator, image_BCHW, 1.0, batch)[chosen]
    if not len(chosen):
        return
    sine_B, cosine_B = zoom_B * angle_B.sin(), zoom_B * angle_B.cos()
    zero_B = torch.zeros_like(sine_B)
    rows = torch.stack([cosine_B, sine_B, zero_B], -1), torch.stack([-sine_B, cosine_B, zero_B], -1)
    affine_B23 = torch.stack(rows, 1)

    def resample(map_BCHW: Tensor, mode: str, beyond: str) -> Tensor:
        grid_BHW2 = F.affine_grid(affine_B23, list(map_BCHW.shape), align_corners=False)
        return F.grid_sample(map_BCHW, grid_BHW2, mode, beyond, align_corners=False)

    # All maps turn about the same middle, so labels without the margin still fit the larger image.
    beyond = "reflection" if ids_BHW.shape[1:] == valid_BHW.shape[1:] else "zeros"
    labels_BHW = resample(ids_BHW[chosen, None].float() - IGNORE, "nearest", beyond)[:, 0] + IGNORE
    resampled_valid_BHW = (
        resample(valid_BHW[chosen, None].float(), "bilinear", "reflection")[:, 0] > _ALL_VALID
    )
    image_BCHW[chosen] = resample(image_BCHW[chosen], "bilinear", "reflection") * resampled_valid_BHW[:, None]
    valid_BHW[chosen], ids_BHW[chosen] = resampled_valid_BHW, labels_BHW.round().to(ids_BHW.dtype)


def _with_other_tones(generator: torch.Generator, image_BCHW: Tensor) -> Tensor:
    batch, bands = image_BCHW.shape[:2]
    contrast_BCHW, brightness_BCHW = (
        _uniform(generator, image_BCHW, most, batch, 1, 1, 1)
        + _uniform(generator, image_BCHW, most / 3, batch, bands, 1, 1)
        for most in (_MOST_TONE, _MOST_TONE)
    )
    noise_B111 = _uniform(generator, image_BCHW, _MOST_NOISE, batch, 1, 1, 1)
    grain_BCHW = _on_device_of(image_BCHW, torch.randn(image_BCHW.shape, generator=generator))
    return image_BCHW * (1 + contrast_BCHW) + brightness_BCHW + noise_B111 * grain_BCHW


def shift_bands(
    generator: torch.Generator, image_BCHW: Tensor, valid_BHW: Tensor, bands: int, deviations: float
) -> None:
    """Add a random constant to each of the last ``bands`` of each sample, in place.

    The constants are normal, of so many standard ``deviations`` of the band. The network then knows other
    heights than those of the training images, and still learns from differences within a patch.
    """
    shift_BC11 = torch.randn(len(image_BCHW), bands, 1, 1, generator=generator) * deviations
    image_BCHW[:, -bands:] += _on_device_of(image_BCHW, shift_BC11) * valid_BHW[:, None]

"""Training samples seen from other sides, and in another light: what is on the ground has no up and no left.

Legend: B batch, C bands, D auxiliary maps, H height, W width.
"""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F
from torch import Tensor

from ..compute.orientation import WAYS, oriented
from ..core.legend import IGNORE

_ROTATED = 0.5
"""Share of the samples that are turned by any angle, or drawn in other sizes: what is drawn between pixels is
blurred, and a network that saw nothing else would be lost where images are sharp.
"""
_MOST_ANGLE = math.pi / 4
_MOST_ZOOM = 1.25
_MOST_TONE = 0.2
"""Of brightness and contrast, in deviations of the training images; a third of it differs from band to
band.
"""
_MOST_NOISE = 0.1
_ALL_SEEN = 0.999
"""Of what a pixel is drawn from: less than all, and there was something without data."""


def augment(
    kind: str,
    generator: torch.Generator,
    image_BCHW: Tensor,
    valid_BHW: Tensor,
    ids_BHW: Tensor,
    *distances_BDHW: Tensor,
) -> list[Tensor]:
    """Each sample of a batch changed in a way of its own, the same in all its maps; ``image_BCHW`` is scaled.

    ``rotations`` turns some by any angle, ``all`` draws them in other sizes as well: not where distances are
    learnt, which would change. Beyond its edge the image goes on as its mirror image, with its labels where
    these reach as far.
    """
    maps = [image_BCHW, valid_BHW, ids_BHW, *distances_BDHW]
    ways = torch.tensor(WAYS[kind])[
        torch.randint(len(WAYS[kind]), (len(image_BCHW),), generator=generator)
    ].tolist()
    maps = [torch.stack([oriented(sample, way) for sample, way in zip(one, ways)]) for one in maps]
    if kind in ("rotations", "all") and not distances_BDHW:
        _rotate(generator, _MOST_ZOOM if kind == "all" else 1.0, *maps)
    if kind == "all":
        maps[0] = _toned(generator, maps[0]) * maps[1][:, None]
    return maps


def _uniform(generator: torch.Generator, like: Tensor, most: float, *shape: int) -> Tensor:
    """Numbers from -``most`` to ``most``, drawn on the processor: the same whatever the device."""
    return _there((2 * torch.rand(shape, generator=generator) - 1) * most, like)


def _there(tensor: Tensor, like: Tensor) -> Tensor:
    """Where ``like`` is; a GPU is not waited for."""
    return tensor.to(like.device, non_blocking=like.is_cuda)


def _rotate(
    generator: torch.Generator, most_zoom: float, image_BCHW: Tensor, valid_BHW: Tensor, ids_BHW: Tensor
) -> None:
    """Turn some of the samples, in place, by any angle about their middles, and draw them up to so much
    larger or smaller.
    """
    batch = len(image_BCHW)
    # As places, found on the processor: a GPU would have to be waited for.
    chosen = _there((torch.rand(batch, generator=generator) < _ROTATED).nonzero()[:, 0], image_BCHW)
    angle_B = _uniform(generator, image_BCHW, _MOST_ANGLE, batch)[chosen]
    zoom_B = most_zoom ** _uniform(generator, image_BCHW, 1.0, batch)[chosen]
    if not len(chosen):
        return
    sine_B, cosine_B = zoom_B * angle_B.sin(), zoom_B * angle_B.cos()
    nothing_B = torch.zeros_like(sine_B)
    rows = torch.stack([cosine_B, sine_B, nothing_B], -1), torch.stack([-sine_B, cosine_B, nothing_B], -1)
    affine_B23 = torch.stack(rows, 1)

    def drawn(map_BCHW: Tensor, mode: str, beyond: str) -> Tensor:
        grid_BHW2 = F.affine_grid(affine_B23, list(map_BCHW.shape), align_corners=False)
        return F.grid_sample(map_BCHW, grid_BHW2, mode, beyond, align_corners=False)

    # What lies about the middle keeps its place, so a smaller map of labels goes with the larger image.
    beyond = "reflection" if ids_BHW.shape[1:] == valid_BHW.shape[1:] else "zeros"
    labels_BHW = drawn(ids_BHW[chosen, None].float() - IGNORE, "nearest", beyond)[:, 0] + IGNORE
    seen_BHW = drawn(valid_BHW[chosen, None].float(), "bilinear", "reflection")[:, 0] > _ALL_SEEN
    image_BCHW[chosen] = drawn(image_BCHW[chosen], "bilinear", "reflection") * seen_BHW[:, None]
    valid_BHW[chosen], ids_BHW[chosen] = seen_BHW, labels_BHW.round().to(ids_BHW.dtype)


def _toned(generator: torch.Generator, image_BCHW: Tensor) -> Tensor:
    batch, bands = image_BCHW.shape[:2]
    contrast_BCHW, brightness_BCHW = (
        _uniform(generator, image_BCHW, most, batch, 1, 1, 1)
        + _uniform(generator, image_BCHW, most / 3, batch, bands, 1, 1)
        for most in (_MOST_TONE, _MOST_TONE)
    )
    noise_B111 = _uniform(generator, image_BCHW, _MOST_NOISE, batch, 1, 1, 1)
    grain_BCHW = _there(torch.randn(image_BCHW.shape, generator=generator), image_BCHW)
    return image_BCHW * (1 + contrast_BCHW) + brightness_BCHW + noise_B111 * grain_BCHW


def shift_bands(
    generator: torch.Generator, image_BCHW: Tensor, valid_BHW: Tensor, bands: int, deviations: float
) -> Tensor:
    """The last ``bands`` of each sample shifted by random (normal) amounts of so many ``deviations``; in
    place.

    What lies at another height than all that was learnt from is thus nothing new, and ups and downs still
    tell.
    """
    shift_BC11 = _there(
        torch.randn(len(image_BCHW), bands, 1, 1, generator=generator) * deviations, image_BCHW
    )
    image_BCHW[:, -bands:] += shift_BC11 * valid_BHW[:, None]
    return image_BCHW

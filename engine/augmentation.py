"""Training samples seen from other sides, and in another light: what is on the ground has no up and no left.

Legend: B batch, C bands, D auxiliary maps, H height, W width.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor

from .legend import IGNORE
from .windows import Sides

WAYS = {"none": (0,), "flips": (0, 2, 4, 6), "turns": tuple(range(8)), "all": tuple(range(8))}
"""The orientations of a square that each kind draws from: ``way % 4`` quarter turns, then mirrored from 4 on."""
_MOST_ZOOM = 1.25
_MOST_TONE = 0.2
"""Of brightness and contrast, in deviations of the training images; a third of it differs from band to band."""
_MOST_NOISE = 0.1


def augmented(
    kind: str, generator: torch.Generator, image_BCHW: Tensor, valid_BHW: Tensor, ids_BHW: Tensor, *distances_BDHW: Tensor
) -> list[Tensor]:
    """Each sample of a batch changed in a way of its own, the same in all its maps; ``image_BCHW`` is scaled.

    ``all`` zooms as well, where no distances are learnt, which would change; what comes from beyond the image has no label.
    """
    maps = [image_BCHW, valid_BHW, ids_BHW, *distances_BDHW]
    ways = torch.tensor(WAYS[kind])[torch.randint(len(WAYS[kind]), (len(image_BCHW),), generator=generator)].tolist()
    maps = [torch.stack([oriented(sample, way) for sample, way in zip(one, ways)]) for one in maps]
    if kind == "all":
        if not distances_BDHW:
            maps = list(_zoomed(generator, *maps))
        maps[0] = _toned(generator, maps[0]) * maps[1][:, None]
    return maps


def _uniform(generator: torch.Generator, like: Tensor, most: float, *shape: int) -> Tensor:
    """Numbers from -``most`` to ``most``, drawn on the processor: the same whatever the device."""
    return ((2 * torch.rand(shape, generator=generator) - 1) * most).to(like.device)


def _zoomed(generator: torch.Generator, image_BCHW: Tensor, valid_BHW: Tensor, ids_BHW: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Samples drawn up to a quarter larger or smaller, about their middles."""
    zoom_B = _MOST_ZOOM ** _uniform(generator, image_BCHW, 1.0, len(image_BCHW))
    affine_B23 = torch.zeros(len(image_BCHW), 2, 3, device=image_BCHW.device)
    affine_B23[:, 0, 0] = affine_B23[:, 1, 1] = zoom_B

    def drawn(map_BCHW: Tensor, mode: str) -> Tensor:
        grid_BHW2 = F.affine_grid(affine_B23, list(map_BCHW.shape), align_corners=False)
        return F.grid_sample(map_BCHW, grid_BHW2, mode, "zeros", align_corners=False)

    # What lies about the middle keeps its place, so the smaller map of labels goes with the larger image.
    seen_BHW = drawn(valid_BHW[:, None].float(), "bilinear")[:, 0] > 0.999
    labels_BHW = drawn(ids_BHW[:, None].float() - IGNORE, "nearest")[:, 0] + IGNORE
    return drawn(image_BCHW, "bilinear") * seen_BHW[:, None], seen_BHW, labels_BHW.to(ids_BHW.dtype)


def _toned(generator: torch.Generator, image_BCHW: Tensor) -> Tensor:
    batch, bands = image_BCHW.shape[:2]
    contrast_BCHW, brightness_BCHW = (
        _uniform(generator, image_BCHW, most, batch, 1, 1, 1) + _uniform(generator, image_BCHW, most / 3, batch, bands, 1, 1)
        for most in (_MOST_TONE, _MOST_TONE)
    )
    noise_B111 = _uniform(generator, image_BCHW, _MOST_NOISE, batch, 1, 1, 1)
    grain_BCHW = torch.randn(image_BCHW.shape, generator=generator).to(image_BCHW.device)
    return image_BCHW * (1 + contrast_BCHW) + brightness_BCHW + noise_B111 * grain_BCHW


def oriented(image: Tensor, way: int) -> Tensor:
    """An image (H and W last, of any lengths) in one of the eight orientations of `WAYS`."""
    turned = torch.rot90(image, way % 4, (-2, -1))
    return turned.flip(-1) if way >= 4 else turned


def oriented_sides(sides: Sides, way: int) -> Sides:
    """What ``sides`` of an image are called after `oriented`."""
    for _ in range(way % 4):
        sides = Sides(sides.top, sides.right, sides.bottom, sides.left)
    return Sides(sides.right, sides.top, sides.left, sides.bottom) if way >= 4 else sides


def restored(turned: Tensor, way: int) -> Tensor:
    """What `oriented` made ``turned`` from."""
    return torch.rot90(turned.flip(-1) if way >= 4 else turned, -(way % 4), (-2, -1))

"""The eight orientations of a square image: quarter turns, and each of them mirrored."""

from __future__ import annotations

import torch
from torch import Tensor

from ..core.windows import Sides

_EIGHT = tuple(range(8))


WAYS = {"none": (0,), "flips": (0, 2, 4, 6), "turns": _EIGHT, "rotations": _EIGHT, "all": _EIGHT}
"""The orientations of a square that each kind draws from: ``way % 4`` quarter turns, then mirrored from 4
on.
"""


def oriented(image: Tensor, way: int) -> Tensor:
    """An image (H and W last, of any lengths) in one of the eight orientations of `WAYS`."""
    turned = torch.rot90(image, way % 4, (-2, -1))
    return turned.flip(-1) if way >= 4 else turned


def oriented_sides(sides: Sides, way: int) -> Sides:
    """The ``sides`` of an image after it was turned by `oriented`."""
    for _ in range(way % 4):
        sides = Sides(sides.top, sides.right, sides.bottom, sides.left)
    return Sides(sides.right, sides.top, sides.left, sides.bottom) if way >= 4 else sides


def restored(turned: Tensor, way: int) -> Tensor:
    """The image before `oriented` turned it: the inverse of `oriented`."""
    return torch.rot90(turned.flip(-1) if way >= 4 else turned, -(way % 4), (-2, -1))

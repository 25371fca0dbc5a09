"""The eight orientations of a square image: quarter turns, and the mirror image of each."""

from __future__ import annotations

import torch
from torch import Tensor

from ..core.windows import Sides

_EIGHT = tuple(range(8))
ORIENTATIONS = {"none": (0,), "flips": (0, 2, 4, 6), "turns": _EIGHT, "rotations": _EIGHT, "all": _EIGHT}
"""The orientations that each kind of augmentation draws from.

An orientation is a number: ``orientation % 4`` quarter turns, and mirrored from 4 on.
"""


def orient(image: Tensor, orientation: int) -> Tensor:
    """``image`` (height and width last, of any lengths) turned to one of the `ORIENTATIONS`."""
    turned = torch.rot90(image, orientation % 4, (-2, -1))
    return turned.flip(-1) if orientation >= 4 else turned


def orient_sides(sides: Sides, orientation: int) -> Sides:
    """The ``sides`` of an image after `orient` has turned it."""
    for _ in range(orientation % 4):
        sides = Sides(sides.top, sides.right, sides.bottom, sides.left)
    return Sides(sides.right, sides.top, sides.left, sides.bottom) if orientation >= 4 else sides


def orient_back(turned: Tensor, orientation: int) -> Tensor:
    """The image that `orient` has turned: its inverse."""
    return torch.rot90(turned.flip(-1) if orientation >= 4 else turned, -(orientation % 4), (-2, -1))

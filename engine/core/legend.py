"""The legend of a class map: value, name and colour of each class."""

from __future__ import annotations

import colorsys
from collections.abc import Sequence
from dataclasses import dataclass

IGNORE = 255
"""Class id of pixels that are unlabelled or without data."""
MOST_CLASSES = 254
"""Ids have 8 bits, here and in model files; one is `IGNORE`, and one stands for an unknown class."""
HIGHEST_VALUE = 65_534
"""The highest value of a class: maps have 16 bits, and one value means no data."""


@dataclass(frozen=True)
class LegendClass:
    """One class. ``value`` is what the class map holds (the user's own code where there was one)."""

    value: int
    name: str
    color: tuple[int, int, int]

    @property
    def hex_color(self) -> str:
        """The colour as ``#rrggbb``."""
        return hex_color(self.color)


def hex_color(color: tuple[int, int, int]) -> str:
    """Red, green and blue as ``#rrggbb``."""
    return "#{:02x}{:02x}{:02x}".format(*color)


# Okabe & Ito's colour-blind-safe palette (Color Universal Design, 2008), background grey first.
_PALETTE = (
    (213, 94, 0), (0, 114, 178), (0, 158, 115), (240, 228, 66), (204, 121, 167), (86, 180, 233),
    (230, 159, 0), (0, 0, 0),
)  # fmt: skip
BACKGROUND_COLOR = (225, 225, 225)


def default_color(index: int) -> tuple[int, int, int]:
    """A colour for the ``index``-th class: eight safe for colour-blind readers, then evenly spread hues."""
    if index < len(_PALETTE):
        return _PALETTE[index]
    red, green, blue = colorsys.hsv_to_rgb(index * 0.618034 % 1.0, 0.65, 0.85)
    return round(red * 255), round(green * 255), round(blue * 255)


def map_nodata(classes: Sequence[LegendClass]) -> int:
    """Nodata value of a map of these classes: 255, or 65535 where a value needs 16 bits."""
    return 255 if all(c.value < 255 for c in classes) else 65535

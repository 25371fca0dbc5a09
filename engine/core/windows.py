"""Windows of a raster, and how to cover a raster with them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple


class Sides(NamedTuple):
    """A number of pixels for each side of a rectangle, counted inwards."""

    left: int
    top: int
    right: int
    bottom: int

    @classmethod
    def all(cls, px: int) -> Sides:
        return cls(px, px, px, px)

    def each(self, change: Callable[[int], int]) -> Sides:
        """The result of ``change`` for the pixels of each side."""
        return Sides(*map(change, self))

    def plus(self, other: Sides, times: int = 1) -> Sides:
        """The sum of these pixels and ``times`` the ``other`` ones."""
        return Sides(*(mine + times * theirs for mine, theirs in zip(self, other)))


NONE = Sides.all(0)


@dataclass(frozen=True)
class Window:
    """A rectangle of whole pixels; ``x`` runs right and ``y`` down, and both may lie outside the raster."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        return self.x + self.width

    @property
    def bottom(self) -> int:
        return self.y + self.height

    @property
    def pixels(self) -> int:
        return self.width * self.height

    def grow(self, px: int) -> Window:
        """The window with ``px`` more pixels on each side."""
        return Window(self.x - px, self.y - px, self.width + 2 * px, self.height + 2 * px)

    def intersect(self, other: Window) -> Window:
        """The window that both share; its width or height is 0 if they share nothing."""
        x, y = max(self.x, other.x), max(self.y, other.y)
        return Window(
            x, y, max(0, min(self.right, other.right) - x), max(0, min(self.bottom, other.bottom) - y)
        )

    def overlaps(self, other: Window) -> bool:
        return self.intersect(other).pixels > 0

    def inside(self, outer: Window) -> Sides:
        """Pixels from each side of ``outer`` to this window; negative where the window reaches beyond."""
        return Sides(self.x - outer.x, self.y - outer.y, outer.right - self.right, outer.bottom - self.bottom)

    def within(self, outer: Window) -> tuple[slice, slice]:
        """Rows and columns of this window in an array that covers ``outer``."""
        x, y = self.x - outer.x, self.y - outer.y
        assert self.intersect(outer) == self  # nosec B101 (windows are cut from larger ones)
        return slice(y, y + self.height), slice(x, x + self.width)


def cover(width: int, height: int, tile_px: int) -> Iterator[Window]:
    """Windows of at most ``tile_px`` a side, row by row, that contain every pixel exactly once."""
    for y in range(0, height, tile_px):
        for x in range(0, width, tile_px):
            yield Window(x, y, min(tile_px, width - x), min(tile_px, height - y))


def round_up(px: int, multiple_px: int) -> int:
    """The smallest multiple of ``multiple_px`` that is not below ``px``."""
    return -(-px // multiple_px) * multiple_px


def even(start: int, stop: int, most: int) -> list[tuple[int, int]]:
    """Cut ``start`` to ``stop`` into as few pieces of about ``most`` as possible, of about equal length."""
    pieces = max(1, -(-(stop - start) // max(1, most)))
    cuts = [start + (stop - start) * piece // pieces for piece in range(pieces + 1)]
    return list(zip(cuts, cuts[1:]))

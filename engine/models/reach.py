"""The receptive field of the elements of a map, followed from layer to layer."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Reach:
    """The pixels that element i of a map sees along one axis: ``step·i + first`` to ``step·i + last``."""

    step: int = 1
    first: int = 0
    last: int = 0

    def through(self, kernel: int, stride: int = 1, before: int | None = None) -> Reach:
        """The reach after a convolution of ``kernel`` elements, ``before`` of which lie before its own.

        The default of ``before`` is the value for maps with even sides.
        """
        before = (kernel - stride) // 2 if before is None else before
        return Reach(
            self.step * stride, self.first - self.step * before, self.last + self.step * (kernel - 1 - before)
        )

    def enlarged(self, factor: int) -> Reach:
        """The reach after `bilinear_upsampling` by ``factor``, for the new element that sees farthest."""
        step = self.step // factor
        return Reach(step, self.first - step * (3 * factor // 2 - 1), self.last + step * (factor // 2))

    def __or__(self, other: Reach) -> Reach:
        # A network joins maps of one size.
        assert self.step == other.step, "only maps of one size are joined"  # nosec B101
        return Reach(self.step, min(self.first, other.first), max(self.last, other.last))

"""Inference of U-shaped networks in less memory and time: the finest levels are computed in strips.

Pixels that a trim removes are not computed. Except for rounding, the results are those of the whole network.
Legend: B batch, C channels, K classes, H height, W width.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import torch
from torch import Tensor, nn

from ..core.windows import Sides, even
from .blocks import centre_crop, crop

_LEVELS_IN_STRIPS = 2
_STRIP_PX = 2**19
"""The largest number of pixels in a strip; the overlap of such strips costs a hundredth at most."""
_LEAST_STRIPS, _LEAST_STRIP_ROWS = 4, 64
"""A pixel of a small window should cost about as much memory as one of a large window."""


class UShaped(Protocol):
    """A contracting path (``down``, ``pool``) and an expanding one (``grow``, ``up``), joined by skips."""

    down: nn.ModuleList
    pool: nn.MaxPool2d
    grow: nn.ModuleList
    up: nn.ModuleList
    score: nn.Module
    margin_px: int
    block_px: int
    """Pixels beside a cut that are wrong after a block, because of its padding."""
    grow_px: int
    """Pixels beside a cut that are wrong after growing, counted in the coarser map."""


def logits_in_strips(network: UShaped, image_BCHW: Tensor, trim: Sides) -> Tensor:
    """``logits_BKHW`` without ``trim`` pixels on its sides, computed in strips that overlap by a few pixels.

    Only the finest levels are computed in strips, because their maps take most of the memory.
    """
    coarse, skips = encode(network, image_BCHW, _LEVELS_IN_STRIPS)
    levels = len(network.up)
    fine = range(max(0, levels - _LEVELS_IN_STRIPS), levels)
    lacks, _ = _cuts(network, trim, len(fine))
    medium = decode(network, coarse, range(fine.start), skips, lacks)
    height = image_BCHW.shape[-2] - 2 * network.margin_px
    strips = [
        network.score(
            decode(network, medium, fine, skips, Sides(trim.left, top, trim.right, height - bottom), lacks)
        )
        for top, bottom in even(trim.top, height - trim.bottom, _strip_rows(image_BCHW))
    ]
    return torch.cat(strips, dim=-2) if len(strips) > 1 else strips[0]


def encode(network: UShaped, image_BCHW: Tensor, levels_in_strips: int = 0) -> tuple[Tensor, list[Tensor]]:
    """The contracting path: returns the coarsest map, and the maps of all other levels, coarse to fine."""
    maps: list[Tensor] = []
    for level, block in enumerate(network.down):
        features = network.pool(maps[0]) if level else image_BCHW
        maps.insert(
            0, _in_strips(block, features, network.block_px) if level < levels_in_strips else block(features)
        )
    return maps[0], maps[1:]


def decode(
    network: UShaped,
    features: Tensor,
    levels: range,
    skips: Sequence[Tensor],
    trim: Sides,
    lacks: Sides | None = None,
) -> Tensor:
    """The expanding path through ``levels``: returns a map without ``trim`` pixels on its sides.

    ``features`` is the map below these levels; ``lacks`` pixels on its sides have been cut off already.
    """
    bottom, cuts = _cuts(network, trim, len(levels))
    features = crop(features, bottom if lacks is None else bottom.plus(lacks, -1))
    for level, (coarser, grown_cut, done) in zip(levels, cuts):
        larger = network.grow[level](features)
        # Without padding, maps shrink evenly; what was cut so far need not be even.
        height = larger.shape[-2] + 2 * (coarser.top + coarser.bottom)
        width = larger.shape[-1] + 2 * (coarser.left + coarser.right)
        skip = crop(centre_crop(skips[level], height, width), grown_cut.plus(coarser, 2))
        joined = torch.cat([skip, crop(larger, grown_cut)], dim=1)
        del features, larger
        features = crop(network.up[level](joined), done)
    return features


def _strip_rows(map_BCHW: Tensor) -> int:
    batch, _, height, width = map_BCHW.shape
    return min(max(height // _LEAST_STRIPS, _LEAST_STRIP_ROWS), _STRIP_PX // (batch * width))


def _in_strips(block: nn.Module, map_BCHW: Tensor, block_px: int) -> Tensor:
    """The output of ``block``, computed in strips with the rows around them that the block needs."""
    height, lost_px = map_BCHW.shape[-2], 4 - 2 * block_px
    made_BCHW: Tensor | None = None
    for top, bottom in even(0, height - lost_px, _strip_rows(map_BCHW)):
        first = max(0, top - block_px)
        rows, made = slice(first, bottom + lost_px + block_px), slice(top - first, bottom - first)
        strip_BCHW = block(map_BCHW[..., rows, :])[..., made, :]
        if made_BCHW is None:  # all at once: joined in the end, they would take twice the memory
            shape = (*strip_BCHW.shape[:2], height - lost_px, strip_BCHW.shape[-1])
            kind = {
                "dtype": strip_BCHW.dtype,
                "device": strip_BCHW.device,
                "memory_format": torch.channels_last,
            }
            made_BCHW = torch.empty(shape, **kind)
        made_BCHW[..., top:bottom, :] = strip_BCHW
    assert made_BCHW is not None  # nosec B101 (a map has at least one strip)
    return made_BCHW


def _cuts(network: UShaped, trim: Sides, levels: int) -> tuple[Sides, list[tuple[Sides, Sides, Sides]]]:
    """The cuts that `_cuts_along` finds for one side, for all four sides."""
    sides = [_cuts_along(px, levels, network.block_px, network.grow_px) for px in trim]
    bottom = Sides(*(bottom_px for bottom_px, _ in sides))
    cuts = [
        (
            Sides(*(cut[level][0] for _, cut in sides)),
            Sides(*(cut[level][1] for _, cut in sides)),
            Sides(*(cut[level][2] for _, cut in sides)),
        )
        for level in range(levels)
    ]
    return bottom, cuts


def _cuts_along(
    trim_px: int, levels: int, block_px: int, grow_px: int
) -> tuple[int, list[tuple[int, int, int]]]:
    """Pixels to cut on one side: from the map below ``levels``, and three numbers for each level.

    The three numbers are the pixels that the coarser map lacks, those to cut from the map grown from it, and
    those to cut from the output of the level's block. A map that will be trimmed needs a few more pixels at
    each level of the expanding path, because the block's padding and the interpolation make pixels beside a
    cut wrong. Only whole cells of the coarser level are cut, so that maps stay aligned.
    """
    cuts = []
    for _ in range(levels):
        grown_px = max(0, trim_px - block_px) // 2 * 2
        coarser_px = max(0, grown_px // 2 - grow_px)
        cuts.append((coarser_px, grown_px - 2 * coarser_px, trim_px - grown_px))
        trim_px = coarser_px
    return trim_px, cuts[::-1]

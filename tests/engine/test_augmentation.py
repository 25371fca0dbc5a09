"""Orientations: image and labels turn together, and each kind draws from its own."""

import pytest
import torch

from engine.augmentation import WAYS, augmented


@pytest.mark.parametrize(("kind", "orientations"), [("none", 1), ("flips", 4), ("turns", 8)])
def test_each_kind_draws_all_of_its_orientations(kind, orientations):
    image = torch.arange(16.0).view(1, 1, 4, 4).expand(200, 2, 4, 4)
    turned, ids = augmented(kind, torch.Generator().manual_seed(0), image, image[:, 0].long())
    assert torch.equal(turned[:, 0].long(), ids)
    assert len({tuple(one.flatten().tolist()) for one in ids}) == orientations == len(WAYS[kind])
    assert all(sorted(one.flatten().tolist()) == list(range(16)) for one in ids)
    if kind == "flips":
        assert all(set(row.tolist()) in ({0, 1, 2, 3}, {12, 13, 14, 15}) for row in ids[:, 0])

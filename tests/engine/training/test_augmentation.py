"""Orientations: image and labels turn together, and each kind draws from its own."""

import pytest
import torch

from engine.compute.orientation import ORIENTATIONS
from engine.core.legend import IGNORE
from engine.training.augmentation import augment, shift_bands


@pytest.mark.parametrize(("kind", "orientations"), [("none", 1), ("flips", 4), ("turns", 8)])
def test_each_kind_draws_all_of_its_orientations(kind, orientations):
    image = torch.arange(16.0).view(1, 1, 4, 4).expand(200, 2, 4, 4)
    turned, valid, ids = augment(
        kind, torch.Generator().manual_seed(0), image, image[:, 0] > 3, image[:, 0].long()
    )
    assert torch.equal(turned[:, 0].long(), ids) and torch.equal(valid, ids > 3)
    assert len({tuple(one.flatten().tolist()) for one in ids}) == orientations == len(ORIENTATIONS[kind])
    assert all(sorted(one.flatten().tolist()) == list(range(16)) for one in ids)
    if kind == "flips":
        assert all(set(row.tolist()) in ({0, 1, 2, 3}, {12, 13, 14, 15}) for row in ids[:, 0])


def scene(batch=64, side=32, margin=6):
    """A bright square on the dark with its labels, and one column without data; the image is larger by a
    margin.
    """
    ids = torch.zeros(batch, side, side, dtype=torch.uint8)
    ids[:, 8:24, 8:24] = 1
    image = torch.zeros(batch, 2, side + 2 * margin, side + 2 * margin)
    image[:, :, margin : margin + side, margin : margin + side] = 2.0 * ids[:, None] - 1
    valid = torch.ones(batch, *image.shape[2:], dtype=torch.bool)
    valid[:, :, 3] = False
    return image * valid[:, None], valid, ids


def test_all_kinds_of_change_keep_labels_on_what_they_name_and_leave_no_data_blank():
    image, valid, ids = augment("all", torch.Generator().manual_seed(0), *scene())
    inner = image[:, :, 6:-6, 6:-6].mean(1)
    known = (ids != IGNORE) & valid[:, 6:-6, 6:-6]
    assert ((inner > 0) == (ids == 1))[known].float().mean() > 0.97
    assert (image[~valid[:, None].expand_as(image)] == 0).all()
    areas = (ids == 1).sum((1, 2)).float().sqrt()
    assert areas.min() < 14 and areas.max() > 18  # of a square of 16 px


def test_half_of_the_samples_stay_as_sharp_as_they_were():
    image, _, _ = augment("rotations", torch.Generator().manual_seed(0), *scene(batch=200, margin=0))
    sharp = [set(one.unique().tolist()) <= {-1.0, 0.0, 1.0} for one in image]
    assert 70 < sum(sharp) < 130


def test_rotations_keep_sizes_and_turn_by_any_angle():
    _, _, ids = augment("rotations", torch.Generator().manual_seed(0), *scene())
    areas = (ids == 1).sum((1, 2)).float()
    assert areas.min() > 0.93 * 256 and areas.max() < 1.07 * 256
    assert len({tuple(one.flatten().tolist()) for one in ids}) > 20


@pytest.mark.parametrize("seed", range(6))
def test_a_batch_of_one_may_stay_as_it_is(seed):
    image, _, ids = augment("all", torch.Generator().manual_seed(seed), *scene(batch=1))
    assert image.shape == (1, 2, 44, 44) and ids.shape == (1, 32, 32)


def test_beyond_its_edge_an_image_goes_on_as_its_mirror_image_with_its_labels():
    """Without a margin, labels reach as far as the image; with one, what lies beyond them is not known."""
    image, valid, ids = scene(margin=0)
    ids[:] = torch.arange(32)[None, None, :] // 4 % 2
    image[:] = 2.0 * ids[:, None] - 1
    turned, _, found = augment("rotations", torch.Generator().manual_seed(0), image, valid | True, ids)
    assert (found != IGNORE).all() and ((turned[:, 0] > 0) == (found == 1)).float().mean() > 0.95
    _, _, found = augment("rotations", torch.Generator().manual_seed(0), *scene(margin=6))
    beyond = (found == IGNORE).flatten(1).any(1)
    assert beyond.any() and not beyond.all()


def test_distances_are_not_moved_and_the_same_seed_changes_alike():
    image, valid, ids = scene(margin=0)
    once, again = (
        augment("all", torch.Generator().manual_seed(3), image, valid, ids, ids[:, None].float())
        for _ in range(2)
    )
    assert all(torch.equal(a, b) for a, b in zip(once, again))
    assert torch.equal(once[3][:, 0], once[2].float()) and not torch.equal(once[0], image)


def test_bands_of_extras_are_shifted_each_sample_by_itself_where_there_are_data():
    image, valid, _ = scene()
    shifted_image = image.clone()
    shift_bands(torch.Generator().manual_seed(0), shifted_image, valid, 1, 2.0)
    assert torch.equal(shifted_image[:, 0], image[:, 0])
    shift = (shifted_image - image)[:, 1]
    assert not shift[~valid].any()
    assert all(one[seen].std() < 1e-6 for one, seen in zip(shift, valid))
    assert 1.5 < shift[:, 0, 0].std() < 2.5

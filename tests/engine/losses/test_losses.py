"""The losses' contract, run over every loss there is, and each loss once by hand."""

import math
from pathlib import Path

import pytest
import torch

from engine.core.legend import IGNORE
from engine.losses import build_auxiliary_loss, build_loss
from engine.protocol import EngineError, choice, choices

LOSSES = list(choices("losses"))
PLACED = [name for name in LOSSES if name != "presence"]
"""Losses that care where a class is."""
AUXILIARY = list(choices("losses", role="auxiliary"))
PATCHES = torch.arange(3)[:, None, None].expand(3, 8, 8)
"""Three patches of one class each: what is right pixel by pixel is right patch by patch too."""
PIXELS = torch.randint(3, (2, 8, 8), generator=torch.Generator().manual_seed(0))


def confident(ids_BHW, classes, strength):
    """Logits of ±``strength``: plus for the true class, minus for the others."""
    return (2.0 * torch.nn.functional.one_hot(ids_BHW, classes).movedim(-1, 1) - 1) * strength


@pytest.mark.parametrize(("name", "ids"), [(n, PATCHES) for n in LOSSES] + [(n, PIXELS) for n in PLACED])
def test_right_costs_nothing_and_wrong_costs_more(name, ids):
    loss = build_loss(name)
    right, nearly, unsure, doubtful, wrong = (
        loss(confident(ids, 3, s), ids).item() for s in (50, 0.5, 0, -0.5, -50)
    )
    assert right == pytest.approx(0, abs=1e-3)
    assert right < nearly < unsure < doubtful < wrong


@pytest.mark.parametrize("name", LOSSES)
def test_unlabelled_pixels_change_nothing_and_get_no_gradient(name):
    ids = torch.randint(2, (2, 8, 8))
    ids[0, 4:], ids[1] = IGNORE, IGNORE
    logits = torch.randn(2, 2, 8, 8, requires_grad=True)
    other = logits.detach().clone()
    other[0, :, 4:], other[1] = 9.0, -9.0
    loss = build_loss(name)
    loss(logits, ids).backward()
    assert loss(other, ids).item() == pytest.approx(loss(logits, ids).item(), rel=1e-6)
    assert loss(logits[:1], ids[:1]).item() == pytest.approx(loss(logits, ids).item(), rel=1e-6)
    unlabelled = (ids == IGNORE)[:, None].expand_as(logits)
    assert logits.grad[unlabelled].abs().max() == 0 < logits.grad[~unlabelled].abs().min()


@pytest.mark.parametrize("name", LOSSES)
def test_a_batch_without_any_label_costs_nothing(name):
    logits = torch.randn(1, 2, 4, 4, requires_grad=True)
    loss = build_loss(name, (0.9, 0.1))(logits, torch.full((1, 4, 4), IGNORE))
    loss.backward()
    assert loss.item() == 0 and logits.grad.abs().max() == 0


@pytest.mark.parametrize("name", LOSSES)
@pytest.mark.parametrize("strength", [100.0, -100.0])
@pytest.mark.parametrize("classes", [2, 40])
def test_extreme_logits_stay_finite(name, strength, classes):
    ids = torch.randint(classes, (2, 8, 8))
    logits = confident(ids, classes, strength).requires_grad_()
    loss = build_loss(name, [1 / classes] * classes)(logits, ids)
    loss.backward()
    assert loss.dtype == torch.float32 and loss.isfinite() and logits.grad.isfinite().all()


@pytest.mark.slow
@pytest.mark.parametrize("name", LOSSES)
def test_gradient_is_that_of_the_loss(name):
    ids = torch.tensor([[[0, 1], [2, IGNORE]], [[1, 1], [0, 0]]])
    logits = torch.randn(
        2, 3, 2, 2, dtype=torch.float64, generator=torch.Generator().manual_seed(0), requires_grad=True
    )
    assert torch.autograd.gradcheck(lambda one: build_loss(name, (0.5, 0.3, 0.2))(one, ids), [logits])


@pytest.mark.parametrize("name", LOSSES)
def test_classes_are_alike_without_shares(name):
    logits = torch.randn(2, 3, 8, 8)
    renamed = torch.tensor([2, 0, 1])
    before, after = (
        build_loss(name)(logits, PIXELS),
        build_loss(name)(logits[:, renamed.argsort()], renamed[PIXELS]),
    )
    assert after.item() == pytest.approx(before.item(), rel=1e-5)


# By hand: two classes, four pixels, the first three of class 0, the logits log 3 and 0 at each of them.
HAND_IDS = torch.tensor([[[0, 0], [0, 1]]])
HAND_LOGITS = torch.tensor([math.log(3), 0.0]).view(1, 2, 1, 1).expand(1, 2, 2, 2)
CROSS_ENTROPY = (-3 * math.log(3 / 4) - math.log(1 / 4)) / 4
# Sigmoids are 3/4 (class 0, right three times in four) and 1/2 (class 1).
BINARY = (CROSS_ENTROPY + math.log(2)) / 2


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("cross_entropy", CROSS_ENTROPY),
        ("cross_entropy_weighted", CROSS_ENTROPY),
        ("binary_cross_entropy", BINARY),
        # Σpy, Σp and Σy of class 0 are 9/4, 3 and 3; of class 1: 1/4, 1 and 1 by softmax, 1/2, 2 and 1 by
        # sigmoid.
        ("cross_entropy_jaccard", CROSS_ENTROPY - math.log((3.25 / 4.75 + 1.25 / 2.75) / 2)),
        ("binary_cross_entropy_jaccard", BINARY - math.log((3.25 / 4.75 + 1.5 / 3.5) / 2)),
        ("dice", 1 - (5.5 / 7 + 1.5 / 3) / 2),
        ("focal", (-3 * (1 / 4) ** 2 * math.log(3 / 4) - (3 / 4) ** 2 * math.log(1 / 4)) / 4),
        # Both classes are there: sigmoids of the mean logits, log 3 and 0.
        ("presence", -math.log(3 / 4) + math.log(2)),
    ],
)
def test_by_hand(name, expected):
    assert build_loss(name)(HAND_LOGITS, HAND_IDS).item() == pytest.approx(expected, rel=1e-6)


def test_every_loss_is_worked_by_hand():
    """In the list above, or in a test file of its own."""
    (marks,) = (mark for mark in test_by_hand.pytestmark if mark.name == "parametrize")
    listed = {name for name, _ in marks.args[1]}
    own = {
        name
        for name in LOSSES
        if Path(__file__).with_name(f"test_{choice('losses', name).module}.py").exists()
    }
    assert listed | own == {*LOSSES}


@pytest.mark.parametrize(
    ("shares", "weights"),
    [
        ((0.6, 0.2, 0.2), (1 / 3, 1, 1)),
        ((0.75, 0.25), (2 / 3, 2)),
        ((0.9999, 0.0001), (1 / 2, 10)),
        ((0.8, 0.2, 0.0), (5 / 8, 5 / 2, 10)),
        ((0.97, 0.01, 0.01, 0.01), (0.1, 1, 1, 1)),
    ],
)
def test_rare_classes_weigh_more_within_bounds(shares, weights):
    """One pixel of each class, right by chance: with a logit of its own per class, weights show in the
    gradient.
    """
    ids = torch.arange(len(shares)).view(1, 1, -1)
    logits = torch.zeros(1, len(shares), 1, len(shares), requires_grad=True)
    build_loss("cross_entropy_weighted", shares)(logits, ids).backward()
    pulls = logits.grad[0].diagonal(dim1=0, dim2=2).squeeze()
    assert (pulls / pulls.sum()).tolist() == pytest.approx([w / sum(weights) for w in weights], rel=1e-3)


def test_the_weighted_mean_is_a_mean():
    """However classes weigh, what costs the same at every pixel costs just that."""
    loss = build_loss("cross_entropy_weighted", (0.9, 0.06, 0.04))
    assert loss(torch.zeros(2, 3, 8, 8), PIXELS).item() == pytest.approx(math.log(3))


def test_overlap_counts_over_the_whole_batch():
    """A class missed in one patch and found in another is half found, as IoU over a whole map has it."""
    ids = torch.zeros(2, 1, 4, dtype=torch.long)
    logits = torch.cat([confident(ids[:1], 2, 50.0), confident(ids[1:], 2, -50.0)])
    assert build_loss("dice")(logits, ids).item() == pytest.approx(1 - (2 * 4 + 1) / (4 + 8 + 1))


def test_presence_averages_patches_and_ignores_where():
    ids = torch.tensor([[[0, 0, 1, IGNORE]], [[1, 1, 1, 1]], [[IGNORE] * 4]])
    logits = torch.randn(3, 2, 1, 4)
    loss = build_loss("presence")
    first, second = loss(logits[:1], ids[:1]).item(), loss(logits[1:2], ids[1:2]).item()
    assert loss(logits, ids).item() == pytest.approx((first + second) / 2)
    shuffled = logits[:1, :, :, [2, 0, 1, 3]]
    assert loss(shuffled, ids[:1]).item() == pytest.approx(first)


@pytest.mark.parametrize(
    ("name", "expected"), [("reconstruction", 0.9 * 2 + 0.1 * 3.5), ("distance", 2 + 3.5)]
)
def test_auxiliary_by_hand(name, expected):
    """Two maps of two pixels, one of them counted: errors 3 and 4."""
    predicted = torch.tensor([1.0, 50.0, -2.0, 50.0]).view(1, 2, 1, 2)
    target = torch.tensor([4.0, 0.0, 2.0, 0.0]).view(1, 2, 1, 2)
    counted = torch.tensor([[[True, False]]])
    assert build_auxiliary_loss(name)(torch.tensor(2.0), predicted, target, counted).item() == pytest.approx(
        expected
    )


@pytest.mark.parametrize("name", AUXILIARY)
def test_what_is_not_counted_does_not_matter_whatever_it_holds(name):
    predicted, target = torch.randn(2, 3, 4, 4, requires_grad=True), torch.randn(2, 3, 4, 4)
    target[:, :, 2:] = math.nan
    counted = torch.zeros(2, 4, 4, dtype=torch.bool)
    counted[0, :2] = True
    build_auxiliary_loss(name)(torch.tensor(1.0), predicted, target, counted).backward()
    assert predicted.grad[0, :, :2].abs().min() > 0
    assert predicted.grad[0, :, 2:].abs().max() == predicted.grad[1].abs().max() == 0


@pytest.mark.parametrize("name", AUXILIARY)
def test_an_auxiliary_map_without_counted_pixels_leaves_the_loss_of_the_classes(name):
    loss = torch.tensor(1.0, requires_grad=True)
    counted = torch.zeros(1, 4, 4, dtype=torch.bool)
    total = build_auxiliary_loss(name)(loss, torch.randn(1, 2, 4, 4), torch.randn(1, 2, 4, 4), counted)
    total.backward()
    assert total.item() == pytest.approx(loss.grad.item()) and loss.grad > 0


def test_roles_are_kept_apart():
    assert set(AUXILIARY) == {"reconstruction", "distance"} and not set(AUXILIARY) & set(LOSSES)
    with pytest.raises(EngineError, match="'distance'"):
        build_loss("distance")
    with pytest.raises(EngineError, match="'dice'"):
        build_auxiliary_loss("dice")

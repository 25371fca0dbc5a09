"""The losses' contract, run over every loss there is."""

import math

import pytest
import torch

from engine.legend import IGNORE
from engine.losses import build_loss
from engine.protocol import choices

LOSSES = list(choices("losses"))


def confident(ids_BHW: torch.Tensor, classes: int, strength: float) -> torch.Tensor:
    return torch.nn.functional.one_hot(ids_BHW, classes).movedim(-1, 1).float() * strength


@pytest.mark.parametrize("name", LOSSES)
def test_right_costs_nothing_and_wrong_costs_more(name):
    ids = torch.randint(3, (2, 8, 8))
    loss = build_loss(name)
    right, unsure, wrong = (loss(confident(ids, 3, s), ids).item() for s in (50.0, 0.0, -50.0))
    assert right == pytest.approx(0, abs=1e-3)
    assert right < unsure < wrong


@pytest.mark.parametrize("name", LOSSES)
def test_unlabelled_pixels_change_nothing_and_get_no_gradient(name):
    ids = torch.randint(2, (1, 8, 8))
    ids[:, 4:] = IGNORE
    logits = torch.randn(1, 2, 8, 8, requires_grad=True)
    other = logits.detach().clone()
    other[:, :, 4:] = 9.0
    loss = build_loss(name)
    loss(logits, ids).backward()
    assert loss(other, ids).item() == pytest.approx(loss(logits, ids).item(), rel=1e-6)
    assert logits.grad[:, :, 4:].abs().max() == 0 < logits.grad[:, :, :4].abs().max()


@pytest.mark.parametrize("name", LOSSES)
def test_a_batch_without_any_label_costs_nothing(name):
    logits = torch.randn(1, 2, 4, 4, requires_grad=True)
    loss = build_loss(name)(logits, torch.full((1, 4, 4), IGNORE))
    loss.backward()
    assert loss.item() == 0 and logits.grad.abs().max() == 0


def test_jaccard_by_hand():
    """Probabilities 0.75 and 0.25 everywhere, truth all class 0, four pixels."""
    logits = torch.tensor([math.log(3.0), 0.0]).view(1, 2, 1, 1).expand(1, 2, 2, 2)
    jaccard = (4 * 0.75 + 1) / (4 * 0.75 + 4 - 4 * 0.75 + 1)
    expected = -math.log(0.75) - math.log(jaccard)
    assert build_loss("cross_entropy_jaccard")(logits, torch.zeros(1, 2, 2, dtype=torch.long)).item() == pytest.approx(expected)

"""Losses: one file each, listed by its ``CHOICES``. Add a file, and the loss is offered everywhere."""

from collections.abc import Sequence
from importlib import import_module

from torch import nn

from ..protocol import choice


def build_loss(name: str, frequencies_K: Sequence[float] = ()) -> nn.Module:
    """The loss ``name``: ``(logits_BKHW, ids_BHW) -> scalar``, blind to pixels of id `legend.IGNORE`.

    ``frequencies_K``: each class's share of the training labels, for losses that weigh by it; without, classes
    weigh alike.
    """
    loss: nn.Module = import_module(f".{choice('losses', name).module}", __name__).build(
        name, tuple(frequencies_K)
    )
    return loss


def build_auxiliary_loss(name: str) -> nn.Module:
    """What the auxiliary ``name`` makes of the loss of the classes.

    ``(loss, predicted_BDHW, target_BDHW, counted_BHW) -> scalar``; pixels that are not ``counted`` do not
    matter.
    """
    loss: nn.Module = import_module(f".{choice('losses', name, role='auxiliary').module}", __name__).build(
        name
    )
    return loss

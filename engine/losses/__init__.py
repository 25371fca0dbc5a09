"""Losses, one file each. A file lists its losses in ``CHOICES``; a new file is offered everywhere."""

from collections.abc import Sequence
from importlib import import_module

from torch import nn

from ..protocol import choice


def build_loss(name: str, frequencies_K: Sequence[float] = ()) -> nn.Module:
    """Build the loss ``name``: ``(logits_BKHW, ids_BHW) -> scalar``, without pixels of id `legend.IGNORE`.

    ``frequencies_K`` is each class's share of the training labels, for losses with class weights; without it,
    all classes have the same weight.
    """
    loss: nn.Module = import_module(f".{choice('losses', name).module}", __name__).build(
        name, tuple(frequencies_K)
    )
    return loss


def build_auxiliary_loss(name: str) -> nn.Module:
    """Build the loss that adds the auxiliary map ``name`` to the loss of the classes.

    ``(loss, predicted_BDHW, target_BDHW, counted_BHW) -> scalar``; only pixels that are ``counted`` matter.
    """
    loss: nn.Module = import_module(f".{choice('losses', name, role='auxiliary').module}", __name__).build(
        name
    )
    return loss

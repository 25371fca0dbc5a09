"""Losses: one file each, listed by its ``CHOICES``. Add a file, and the loss is offered everywhere."""

from importlib import import_module

from torch import nn

from ..protocol import choice


def build_loss(name: str) -> nn.Module:
    """The loss ``name``: ``(logits_BKHW, ids_BHW) -> scalar``, blind to pixels of id `legend.IGNORE`."""
    loss: nn.Module = import_module(f".{choice('losses', name, {}).module}", __name__).build(name)
    return loss

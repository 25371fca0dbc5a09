"""Networks: one file per family, listed by its ``CHOICES``. A new file is offered everywhere."""

from importlib import import_module

from ..protocol import EngineError, choice
from .meta_device import on_meta_device
from .network import FittedNetwork, Network, NetworkOutput

__all__ = ["FittedNetwork", "Network", "NetworkOutput", "build_model", "on_meta_device"]


def build_model(
    name: str, bands: int = 3, classes: int = 6, auxiliary: str = "auto", **options: float
) -> Network:
    """Build the network ``name`` for images of ``bands`` bands, with one logit per class.

    ``auxiliary`` names a second map that it learns beside the classes; ``auto`` takes the one that the
    network's file recommends. ``options`` are those that the file lists, such as ``width``.
    Raises `EngineError` for unknown names, options or auxiliaries.
    """
    entry = choice("models", name, options)
    auxiliary = entry.training.auxiliary if auxiliary == "auto" else auxiliary
    if auxiliary not in ("none", *entry.auxiliary):
        raise EngineError(
            "bad_auxiliary",
            "{network} cannot learn {auxiliary!r} as a second task.",
            "Set AUXILIARY to one of: {known}.",
            network=name,
            auxiliary=auxiliary,
            known=", ".join(("none", *entry.auxiliary)),
        )
    carried = {"auxiliary": auxiliary} if entry.auxiliary else {}
    network: Network = import_module(f".{entry.module}", __name__).build(
        name, bands, classes, **carried, **entry.options
    )
    return network

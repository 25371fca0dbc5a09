"""Networks: one file per family, listed by its ``CHOICES``. Add a file, and the network is offered everywhere."""

from importlib import import_module

from ..protocol import choice
from .network import Network


def build_model(name: str, bands: int = 3, classes: int = 6, **options: float) -> Network:
    """The network ``name`` for images of ``bands`` bands, one logit per class. `EngineError` for unknown names or options."""
    entry = choice("models", name, options)
    network: Network = import_module(f".{entry.module}", __name__).build(name, bands, classes, **entry.options)
    return network

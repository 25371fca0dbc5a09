"""Auxiliary loss: the mean absolute error of signed distances to borders (`engine.core.signed_distance`).

Source: "Large-scale semantic classification: outcome of the first year of Inria aerial image labeling
benchmark", section 3.3, equation 2; its weight λ is not given there, and is 1 here.
"""

from torch import nn

from .absolute_error import WithAbsoluteError

CHOICES = {
    "distance": {
        "title": "Distance to borders",
        "about": "Also learns the distance to the class's border. Smoother, better connected outlines.",
        "role": "auxiliary",
    }
}


def build(name: str) -> nn.Module:
    """Build the loss ``distance``: the loss of the classes plus the mean absolute error of the distances."""
    return WithAbsoluteError(1.0, 1.0)

"""The networks' contract, run over every network there is."""

import pytest
import torch

from engine import classifier
from engine.models import build_model
from engine.protocol import EngineError, choices

NETWORKS = list(choices("models"))
SMALL = {"unet": {"width": 4, "depth": 3}}


def small(name: str, bands: int = 3, classes: int = 4):
    torch.manual_seed(0)
    return build_model(name, bands, classes, **SMALL.get(name, {})).eval()


def side_px(network, wished: int = 64) -> int:
    return max(1, wished // network.multiple_px) * network.multiple_px + 2 * network.margin_px


@pytest.mark.parametrize("name", NETWORKS)
@pytest.mark.parametrize(("bands", "classes"), [(1, 2), (3, 6), (13, 40)])
def test_shape_follows_from_the_declared_margin(name, bands, classes):
    network = small(name, bands, classes)
    side = side_px(network)
    logits = network(torch.randn(2, bands, side, side + network.multiple_px))
    inner = side - 2 * network.margin_px
    assert logits.shape == (2, classes, inner, inner + network.multiple_px)


@pytest.mark.parametrize("name", NETWORKS)
def test_gradient_reaches_every_parameter(name):
    network = small(name).train()
    side = side_px(network)
    network(torch.randn(2, 3, side, side)).square().mean().backward()
    for label, parameter in network.named_parameters():
        assert parameter.grad is not None and parameter.grad.abs().sum() > 0, label


@pytest.mark.parametrize("name", NETWORKS)
def test_nothing_beyond_the_receptive_field_changes_a_logit(name):
    network = small(name)
    context = classifier.context_px(network)
    side = side_px(network, 2 * context + 2 * network.multiple_px)
    image = torch.randn(1, 3, side, side)
    centre = side // 2
    changed = image.clone()
    far = centre + network.receptive_px + 1
    changed[..., far:, :] += 100
    changed[..., far:] += 100
    at = centre - network.margin_px
    with torch.inference_mode():
        before, after = network(image)[..., at, at], network(changed)[..., at, at]
        near = image.clone()
        near[..., centre, centre] += 100
        assert torch.equal(before, after)
        assert not torch.equal(before, network(near)[..., at, at])


@pytest.mark.parametrize("name", NETWORKS)
def test_saved_weights_give_the_same_network(name):
    network, other = small(name), build_model(name, 3, 4, **SMALL.get(name, {})).eval()
    other.load_state_dict(network.state_dict())
    image = torch.randn(1, 3, side_px(network), side_px(network))
    with torch.inference_mode():
        assert torch.equal(network(image), other(image))


def test_unet_has_the_declared_width_and_depth():
    wide, deep = build_model("unet", 3, 2, width=32, depth=4), build_model("unet", 3, 2, width=16, depth=2)
    assert (wide.multiple_px, deep.multiple_px) == (16, 4)
    # The published valid-convolution U-Net of this width has 7,766,018 with batch norm and 2,944 convolution biases.
    assert sum(p.numel() for p in wide.parameters()) == 7_766_018 - 2_944


@pytest.mark.parametrize("options", [{"width": 0}, {"width": 2.5}, {"depth": 99}])
def test_an_impossible_option_is_named(options):
    with pytest.raises(EngineError, match=next(iter(options))):
        build_model("unet", 3, 2, **options)

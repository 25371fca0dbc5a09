"""The Massachusetts networks: sizes and parameters as published; windows of any size give the same logits."""

import pytest
import torch
from networks import small
from reach import reach_px

from engine.models import build_model


def maps_of(network, side):
    """Sides of the maps after each convolution for an image of ``side``, and of the logits."""
    seen = []
    hooks = [
        layer.register_forward_hook(lambda _, __, out: seen.append(out.shape[-1]))
        for layer in network.modules()
        if isinstance(layer, torch.nn.Conv2d)
    ]
    logits = network(torch.randn(1, 3, side, side))
    for hook in hooks:
        hook.remove()
    return [*seen, logits.shape[-1]]


@pytest.mark.parametrize(("name", "count"), [("patch_cnn", 1_882_368), ("fcn", 229_777)])
def test_parameters_are_those_of_the_published_network(name, count):
    assert sum(parameter.numel() for parameter in build_model(name, 3, 1).parameters()) == count


def test_both_share_their_first_three_layers():
    shapes = [
        {name: p.shape for name, p in build_model(name, 3, 1).features.named_parameters()}
        for name in ("patch_cnn", "fcn")
    ]
    assert shapes[0] == shapes[1] and len(shapes[0]) == 6


@pytest.mark.parametrize(
    ("name", "side", "sides"),
    [
        ("patch_cnn", 64, [14, 11, 9, 1, 16]),
        ("fcn", 80, [18, 15, 13, 5, 16]),
        ("fcn", 68, [15, 12, 10, 2, 4]),
    ],
)
def test_maps_have_the_published_sizes(name, side, sides):
    assert maps_of(build_model(name, 3, 2), side) == sides


@pytest.mark.parametrize(("name", "step_px"), [("patch_cnn", 16), ("fcn", 4)])
def test_a_large_window_gives_what_small_windows_give(name, step_px):
    network, side = small(name, classes=2), 16
    generator = torch.Generator().manual_seed(3)
    image = torch.randn(1, 3, 96 + 2 * network.margin_px, 80 + 2 * network.margin_px, generator=generator)
    whole_px = 2 * network.margin_px + side
    with torch.inference_mode():
        large = network(image)
        for y, x in [(0, 0), (step_px, 3 * step_px), (80, 64), (16, 48)]:
            alone = network(image[..., y : y + whole_px, x : x + whole_px])
            assert torch.allclose(alone, large[..., y : y + side, x : x + side], atol=1e-4, rtol=1e-4)
        off = step_px // 2
        shifted = network(image[..., off : off + whole_px, off : off + whole_px])
    assert not torch.allclose(shifted, large[..., off : off + side, off : off + side], atol=1e-2)


@pytest.mark.parametrize("name", ["patch_cnn", "fcn"])
def test_nothing_is_padded_and_the_receptive_field_is_what_the_layers_see(name):
    network = build_model(name, 1, 1)
    assert network.halo_px == network.margin_px
    assert reach_px(network) == network.receptive_px


def test_a_ramp_stays_where_it_is():
    """With every convolution an average, a logit of the FCN is the image at its own pixel: no half-pixel
    shifts.
    """
    network = build_model("fcn", 1, 1)
    for parameter in [*network.features.parameters(), *network.score.parameters()]:
        torch.nn.init.constant_(parameter, 1 / parameter[0].numel() if parameter.ndim > 1 else 0)
    ramp = torch.arange(100.0).expand(1, 1, 80, 100)
    with torch.inference_mode():
        logits = network(ramp)
    assert torch.allclose(logits, ramp[..., 32:-32, 32:-32], atol=1e-3)

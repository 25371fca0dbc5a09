"""NASNet-A and the fully convolutional network on it: counts and sizes as published, and other people's
results.
"""

from __future__ import annotations

import importlib

import pytest
import torch
from torch import nn
from torch.nn import functional as F

from engine.models import build_model
from engine.models.blocks import bilinear_upsampling
from engine.models.nasnet import NASNet, pad_to_halve, pool_to_half
from engine.protocol import EngineError

MOBILE = {"filters": 44, "cells": 4, "stem": 32, "passes": False}
LARGE = {"filters": 168, "cells": 6, "stem": 96, "passes": True}
SIZES_224 = {
    "cell_stem_0": (44, 56),
    "cell_stem_1": (88, 28),
    **{f"cell_{number}": (264, 28) for number in range(4)},
    "reduction_cell_0": (352, 14),
    **{f"cell_{number}": (528, 14) for number in range(6, 10)},
    "reduction_cell_1": (704, 7),
    **{f"cell_{number}": (1056, 7) for number in range(12, 16)},
}
"""Channels and side of the mobile network's maps for an image of 224 px."""


class Classifier(NASNet):
    """NASNet as it is published: the mean of the last map, and one dense layer to ``classes``."""

    def __init__(self, classes, **sizes):
        super().__init__(3, **sizes)
        *_, last = self.cells.values()
        self.last_linear = nn.Linear(last.channels, classes)

    def forward(self, image_BCHW):
        *_, (_, last_BCHW) = super().forward(image_BCHW)
        return self.last_linear(F.relu(last_BCHW).mean((2, 3)))


def count(module):
    return sum(parameter.numel() for parameter in module.parameters())


@pytest.mark.parametrize(
    ("sizes", "with_head", "without", "tensors"),
    [(MOBILE, 5_289_978, 4_232_978, 1318), (LARGE, 88_753_150, 84_720_150, 1810)],
    ids=["mobile", "large"],
)
def test_backbones_have_the_published_numbers_of_parameters(sizes, with_head, without, tensors):
    with torch.device("meta"):
        classifier = Classifier(1000, **sizes)
    assert (count(classifier), count(classifier) - count(classifier.last_linear)) == (with_head, without)
    assert len(classifier.state_dict()) == tensors


@pytest.mark.parametrize(
    ("name", "summed", "parameters"),
    [
        ("nasnet_mobile_fcn", 1, 4_254_452),
        ("nasnet_mobile_fcn", 0, 4_252_340),
        ("nasnet_large_fcn", 1, 84_772_872),
    ],
)
def test_networks_have_the_backbone_scores_and_upsamplings_alone(name, summed, parameters):
    with torch.device("meta"):
        assert count(build_model(name, 3, 6, summed=summed)) == parameters


@pytest.mark.slow
def test_maps_have_the_published_sizes():
    with torch.device("meta"):
        backbone, image = NASNet(3, **MOBILE), torch.zeros(1, 3, 224, 224)
        assert backbone.conv0(image).shape == (1, 32, 111, 111)
        assert {name: (of.shape[1], *of.shape[2:]) for name, of in backbone(image)} == {
            name: (channels, side, side) for name, (channels, side) in SIZES_224.items()
        }


@pytest.mark.parametrize(("side", "highest"), [(8, [2, 4, 6, 7]), (7, [1, 3, 5, 6])])
def test_windows_of_stride_2_begin_inside_even_sides_and_before_odd_ones(side, highest):
    ramp = torch.arange(float(side)).expand(1, 1, side, side)
    assert (
        pool_to_half("max", ramp)[0, 0, 0].tolist()
        == pool_to_half("max", ramp.mT)[0, 0, :, 0].tolist()
        == highest
    )
    padded = F.max_pool2d(pad_to_halve(ramp, 3), 3, 2)
    assert padded[0, 0, 1].tolist() == highest


@pytest.mark.parametrize("side", [7, 8])
def test_padding_is_no_part_of_a_mean(side):
    assert torch.equal(pool_to_half("average", torch.ones(1, 1, side, side)), torch.ones(1, 1, 4, 4))


@pytest.mark.parametrize("factor", [2, 8])
def test_upsampling_starts_as_bilinear_interpolation(factor):
    image = torch.randn(2, 3, 6, 7, generator=torch.Generator().manual_seed(0))
    enlarged, expected = (
        bilinear_upsampling(3, factor)(image),
        F.interpolate(image, scale_factor=factor, mode="bilinear"),
    )
    assert enlarged.shape == expected.shape
    inside = (..., slice(factor, -factor), slice(factor, -factor))
    assert torch.allclose(enlarged[inside], expected[inside], atol=1e-5)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["nasnet_mobile_fcn", "nasnet_large_fcn"])
@pytest.mark.parametrize("summed", [0, 1])
@pytest.mark.parametrize("cells", [1, 2])
def test_the_receptive_field_is_exact(name, summed, cells):
    """With positive weights every pixel that can be seen has a gradient: the farthest lies where it is
    declared.
    """
    network = build_model(name, 3, 2, filters=4, cells=cells, stem=4, summed=summed).double().eval()
    for parameter in network.parameters():
        nn.init.constant_(parameter, 0.1)
    middle = network.valid_size(network.receptive_px + 32)
    image = torch.rand(1, 3, 32, 2 * middle, dtype=torch.double, requires_grad=True)
    logits, farthest = network(image), 0
    for phase in range(network.multiple_px):
        (gradient,) = torch.autograd.grad(logits[..., middle + phase].sum(), image, retain_graph=True)
        seen = gradient.sum((0, 1, 2)).nonzero()
        farthest = max(farthest, middle + phase - int(seen.min()), int(seen.max()) - middle - phase)
    assert farthest == network.receptive_px


def test_published_weights_fill_every_cell():
    sizes = {"filters": 8, "cells": 1, "stem": 32}
    published = Classifier(10, **sizes, passes=False).state_dict()
    network = build_model("nasnet_mobile_fcn", 3, 6, **sizes)
    loaded = network.load_state_dict(network.from_published(published), strict=False)
    assert loaded.unexpected_keys == ["last_linear.weight", "last_linear.bias"]
    assert {key.split(".")[0].rpartition("_")[0] for key in loaded.missing_keys} == {"score", "enlarge"}
    assert all(torch.equal(tensor, published[name]) for name, tensor in network.encoder.state_dict().items())


@pytest.mark.parametrize(
    "options", [{"filters": 6}, {"filters": 0}, {"cells": 0}, {"stem": 0.5}, {"summed": 2}]
)
def test_an_impossible_option_is_named(options):
    with pytest.raises(EngineError, match=next(iter(options))):
        build_model("nasnet_mobile_fcn", 3, 2, **options)


def other(module, name):
    """``name`` of somebody else's ``module``; the test is skipped where that is not installed, or does not
    load.
    """
    try:
        return getattr(importlib.import_module(module), name)
    except (ImportError, RuntimeError) as error:
        pytest.skip(f"{module} is not at hand: {error}")


def lively(module, side):
    """``module`` with random weights, and batch norms that have seen noise: each has statistics of its
    own.
    """
    generator = torch.Generator().manual_seed(0)
    for layer in module.modules():
        if isinstance(layer, nn.Conv2d):
            nn.init.kaiming_normal_(layer.weight, generator=generator)
        if isinstance(layer, nn.BatchNorm2d):
            nn.init.uniform_(layer.weight, 0.5, 1.5, generator=generator)
            nn.init.normal_(layer.bias, 0, 0.2, generator=generator)
            layer.momentum = 1.0
    with torch.inference_mode():
        module.train()(torch.randn(2, 3, side, side, generator=generator))
    return module.eval()


def difference(theirs, ours, side):
    """The largest between the two networks' outputs for noise, given the same weights."""
    ours.load_state_dict(lively(theirs, side).state_dict())
    image = torch.randn(1, 3, side, side, generator=torch.Generator().manual_seed(1))
    with torch.inference_mode():
        expected, found = theirs(image), ours.eval()(image)
    assert expected.std() > 0.1
    return (expected - found).abs().max()


def test_agrees_with_the_mobile_network_of_pretrained_models():
    theirs = other("pretrainedmodels.models.nasnet_mobile", "NASNetAMobile")(num_classes=1000)
    assert difference(theirs, Classifier(1000, **MOBILE), 224) < 1e-4


def test_agrees_with_the_large_network_of_pretrained_models():
    sizes = {**LARGE, "filters": 16, "stem": 24}
    theirs = other("pretrainedmodels.models.nasnet", "NASNetALarge")(
        100, sizes["stem"], 24 * sizes["filters"]
    )
    assert difference(theirs, Classifier(100, **sizes), 331) < 1e-4


@pytest.mark.parametrize("side", [224, 256, 331])
def test_agrees_with_the_large_network_of_timm(side):
    """timm counts the padding in means of stride 2: divided by such a mean of ones, they are those of the
    image alone.
    """
    sizes = {**LARGE, "filters": 16, "stem": 24}
    theirs = other("timm.models.nasnet", "NASNetALarge")(
        100, stem_size=sizes["stem"], num_features=24 * sizes["filters"]
    )
    for layer in theirs.modules():
        if type(layer).__name__ == "AvgPool2dSame":
            layer.register_forward_hook(
                lambda layer, given, mean: mean / layer.forward(torch.ones_like(given[0]))
            )
    assert difference(theirs, Classifier(100, **sizes), side) < 1e-4

"""Training with fewer multiplications: gradients as autograd has them, and where it is used."""

import copy

import pytest
import torch
import torch.nn.functional as F
from torch import nn

from engine.compute import winograd
from engine.compute.device import Device, choose
from engine.compute.kernels import convolution_as
from engine.compute.normalisation import Normalisation
from engine.models import build_model
from engine.models.blocks import conv_block
from engine.protocol import Recipe
from engine.training import winograd as winograd_training
from engine.training.learner import Learner
from engine.training.winograd import Convolution, WinogradConv2d, use_winograd

CPU = choose("cpu")
SHAPES = ((2, 3, 9, 10), (1, 2, 4, 4), (3, 3, 5, 17))
"""Sides that are multiples of a tile's, and such that are not."""


@pytest.fixture
def everywhere(monkeypatch):
    """Maps of few channels are transformed, too, and a few tiles at a time."""
    monkeypatch.setattr(winograd_training, "LEAST_CHANNELS", 1)
    monkeypatch.setattr(winograd_training, "_LEAST_CHANNELS_OF_WEIGHTS", 1)
    monkeypatch.setattr(winograd_training, "_CHUNK_VALUES", 1)


@pytest.fixture
def avx2(monkeypatch):
    monkeypatch.setattr(torch.backends.cpu, "get_cpu_capability", lambda: "AVX2")
    monkeypatch.setattr(Device, "halves", ())


def made(shape, dtype=torch.float64):
    torch.manual_seed(0)
    tensors = torch.randn(shape), torch.randn(4, shape[1], 3, 3), torch.randn(4)
    return [tensor.to(dtype).requires_grad_() for tensor in tensors]


@pytest.mark.slow
@pytest.mark.parametrize("least_tiles", [2, 64])
@pytest.mark.parametrize("padding_px", [0, 1])
@pytest.mark.parametrize("shape", SHAPES)
def test_maps_and_gradients_are_those_of_a_convolution(
    everywhere, monkeypatch, shape, padding_px, least_tiles
):
    monkeypatch.setattr(winograd, "_LEAST_TILES", least_tiles)
    tensors = made(shape)
    made_BOHW = Convolution.apply(*tensors, padding_px)
    expected_BOHW = F.conv2d(*tensors, padding=padding_px)
    assert torch.allclose(made_BOHW, expected_BOHW, atol=1e-12)
    weights_BOHW = torch.randn_like(expected_BOHW)
    found, expected = (
        torch.autograd.grad(maps, tensors, weights_BOHW) for maps in (made_BOHW, expected_BOHW)
    )
    assert all(torch.allclose(one, other, atol=1e-12) for one, other in zip(found, expected))
    assert torch.autograd.gradcheck(lambda *given: Convolution.apply(*given, padding_px), tensors)


@pytest.mark.slow
@pytest.mark.parametrize("shape", SHAPES)
def test_few_channels_leave_maps_to_the_library_and_gradients_are_the_same(shape):
    tensors = made(shape)
    assert torch.autograd.gradcheck(lambda *given: Convolution.apply(*given, 1), tensors)


def test_a_layer_may_change_the_map_in_place_and_keeps_the_layout(everywhere):
    maps_BCHW = made((2, 8, 22, 26), dtype=torch.float32)[0].detach().to(memory_format=torch.channels_last)
    block = nn.Sequential(nn.Conv2d(8, 8, 3, padding=1), nn.ReLU(inplace=True))
    other = copy.deepcopy(block)
    block[0] = convolution_as(WinogradConv2d, block[0])
    assert block(maps_BCHW).is_contiguous(memory_format=torch.channels_last)
    for each in (block, other):
        each(maps_BCHW).square().sum().backward()
    for one, expected in zip(block.parameters(), other.parameters()):
        assert (one.grad - expected.grad).abs().max() < 1e-4 * expected.grad.abs().max()


def winograd_layers(network):
    return [name for name, layer in network.named_modules() if isinstance(layer, WinogradConv2d)]


def test_layers_of_many_channels_use_it_on_processors_that_gain(avx2):
    block = conv_block(8, 16, 32)
    use_winograd(block, CPU)
    assert winograd_layers(block) == ["3"], "the other one has too few channels"
    strange = nn.ModuleList(
        nn.Conv2d(64, 64, kernel_px, **options)
        for kernel_px, options in (
            (5, {}),
            (3, {"stride": 2}),
            (3, {"dilation": 2}),
            (3, {"groups": 64}),
            (3, {"padding": 3}),
        )
    )
    use_winograd(strange, CPU)
    assert winograd_layers(strange) == []


@pytest.mark.parametrize(
    ("capability", "halves"), [("AVX512", ()), ("AVX2", (torch.bfloat16,)), ("DEFAULT", ())]
)
def test_other_processors_compute_as_ever(monkeypatch, capability, halves):
    monkeypatch.setattr(torch.backends.cpu, "get_cpu_capability", lambda: capability)
    monkeypatch.setattr(Device, "halves", halves)
    block = conv_block(64, 64)
    use_winograd(block, CPU)
    assert winograd_layers(block) == []


def losses_after(steps, recipe):
    torch.manual_seed(0)
    network = build_model("unet", 3, 2, "none", width=16, depth=2)
    normalisation = Normalisation((0.0,) * 3, (1.0,) * 3)
    learner = Learner(network, normalisation, recipe, (0.5, 0.5), device=CPU, seed=0)
    learner._network.train()
    generator = torch.Generator().manual_seed(1)
    losses = []
    for _ in range(steps):
        image_BCHW = torch.randn(2, 3, 64, 64, generator=generator)
        ids_BHW = (image_BCHW.mean(1) > 0).to(torch.uint8)
        losses.append(
            learner._accumulate_gradients(
                [image_BCHW, torch.ones(2, 64, 64, dtype=torch.bool), ids_BHW]
            ).item()
        )
        learner._optimizer.step()
    return losses, winograd_layers(learner._network)


@pytest.mark.slow
def test_training_is_alike_but_for_rounding(avx2, monkeypatch):
    recipe = Recipe(averaging=0.9)
    found, layers = losses_after(8, recipe)
    monkeypatch.setattr(torch.backends.cpu, "get_cpu_capability", lambda: "AVX512")
    expected, none = losses_after(8, recipe)
    assert len(layers) == 9 and none == []
    assert found == pytest.approx(expected, rel=1e-3) and found[-1] < 0.9 * found[0]
    assert found != expected, "nothing was computed in another way"

"""Winograd's convolutions: what PyTorch computes, up to rounding."""

import pytest
import torch
from networks import side_px, small
from torch import nn

from engine.classification import backends
from engine.classification.backends.winograd import WinogradConv2d
from engine.compute import device, winograd
from engine.core.windows import Sides
from engine.models import build_model

CPU = device.choose("cpu")


@pytest.fixture
def without_half(monkeypatch):
    """A CPU that computes in 32 bits only, as most have."""
    monkeypatch.setattr(device.Device, "halves", ())


SIZES = [(8, 8), (3, 3), (4, 5), (17, 30), (66, 7)]


@pytest.mark.parametrize(
    ("height", "width", "padding"), [*((*size, p) for size in SIZES for p in (0, 1)), (1, 1, 1)]
)
@pytest.mark.parametrize("bias", [False, True])
def test_it_is_the_convolution(height, width, padding, bias):
    torch.manual_seed(height + width)
    layer = nn.Conv2d(64, 96, 3, padding=padding, bias=bias)
    image = torch.randn(2, 64, height, width)
    with torch.inference_mode():
        expected, found = layer(image), WinogradConv2d(layer)(image)
    assert found.shape == expected.shape and torch.allclose(found, expected, atol=2e-4)


def test_any_memory_layout_and_any_chunk_give_the_same(monkeypatch):
    torch.manual_seed(0)
    layer, image = nn.Conv2d(64, 64, 3, padding=1), torch.randn(1, 64, 40, 24)
    with torch.inference_mode():
        expected = WinogradConv2d(layer)(image)
        apart = WinogradConv2d(layer)(image.contiguous(memory_format=torch.channels_last))
        cut = WinogradConv2d(layer)(torch.cat([image, image], dim=-1)[..., :24])
        monkeypatch.setattr(winograd, "_LEAST_TILES", 1)
        convolution = WinogradConv2d(layer)
        small_chunks = winograd.convolve(image, convolution.weight, 1, convolution.bias, chunk_values=1)
    assert all(torch.allclose(found, expected, atol=1e-5) for found in (apart, cut, small_chunks))


@pytest.mark.parametrize(
    ("layer", "gains"),
    [
        (nn.Conv2d(64, 64, 3, padding=1), True),
        (nn.Conv2d(64, 128, 3), True),
        (nn.Conv2d(32, 64, 3, padding=1), False),
        (nn.Conv2d(64, 64, 5, padding=2), False),
        (nn.Conv2d(64, 64, 3, padding=1, stride=2), False),
        (nn.Conv2d(64, 64, 3, padding=2, dilation=2), False),
        (nn.Conv2d(64, 64, 3, padding=1, groups=64), False),
        (nn.Conv2d(64, 64, 3, padding=1, padding_mode="reflect"), False),
        (nn.Conv2d(64, 64, 3, padding=2), False),
        (nn.ConvTranspose2d(64, 64, 3), False),
    ],
)
def test_only_convolutions_that_gain_are_computed_so(layer, gains):
    assert winograd.supports_winograd(layer) is gains


@pytest.mark.parametrize("name", ["unet", "unet_valid", "fcn8s"])
def test_a_network_keeps_its_labels_and_its_own_layers(name, without_half):
    torch.manual_seed(0)
    network = build_model(
        name, bands=3, classes=4, **({"width": 32} if "unet" in name else {"width": 32, "hidden": 64})
    ).eval()
    prepared = backends.PreparedNetwork(network, 3)
    assert prepared.backend_names(CPU)[:2] == ["fp32", "winograd"]
    side = side_px(network, 64)
    image, trim = torch.randn(1, 3, side, side), Sides(16, 0, 16, 8)
    exact, found = (prepared.backend(name, CPU)(image, trim) for name in ("fp32", "winograd"))
    assert (found.argmax(1) == exact.argmax(1)).float().mean() > 0.999
    assert torch.allclose(found, exact, atol=1e-3 * exact.abs().max())
    assert not any(
        isinstance(module, WinogradConv2d) for module in prepared.backend("fp32", CPU).network.modules()
    )
    assert any(
        isinstance(module, WinogradConv2d) for module in prepared.backend("winograd", CPU).network.modules()
    )


def test_it_is_offered_only_where_it_may_gain(without_half, monkeypatch):
    monkeypatch.setattr("engine.classification.backends.prepared.release", lambda package: None)
    narrow, wide = small("unet"), build_model("unet", bands=3, classes=2, width=32)
    assert (
        backends.PreparedNetwork(narrow, 3).backend_names(CPU),
        backends.PreparedNetwork(wide, 3).backend_names(CPU),
    ) == (
        ["fp32"],
        ["fp32", "winograd"],
    )
    monkeypatch.setattr(device.Device, "halves", (torch.bfloat16,))
    assert backends.PreparedNetwork(wide, 3).backend_names(CPU) == ["fp32", "bf16"]

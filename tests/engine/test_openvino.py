"""OpenVINO, where it is installed: the network's scores for every shape of window, in flat memory; never needed."""

import pytest
import torch
from networks import NETWORKS, side_px, small

from engine import device, versions, ways
from engine.models.blocks import inner
from engine.ways.openvino import OpenVinoWay
from engine.windows import Sides

CPU = device.choose("cpu")
needs_openvino = pytest.mark.skipif(versions.openvino_version() is None, reason="OpenVINO is not installed; it is optional")


def images(network):
    """Two shapes, the second one not square."""
    first, second = (side_px(network, px) for px in (96, 160))
    generator = torch.Generator().manual_seed(0)
    return [torch.randn(1, 3, first, first, generator=generator), torch.randn(1, 3, first, second, generator=generator)]


@needs_openvino
def test_a_u_net_is_the_same_for_every_shape_and_trim():
    network = small("unet")
    way = OpenVinoWay("openvino", network, torch.float32)
    for image in images(network):
        for trim in (Sides.all(0), Sides(16, 0, 32, 5)):
            with torch.inference_mode():
                expected = inner(network(image), trim)
            assert torch.allclose(way(image, trim), expected, atol=1e-3 * expected.abs().max())
    assert len(way._compiled) == 3, "of the four shapes and trims, the last ones"


@needs_openvino
@pytest.mark.parametrize("name", NETWORKS)
def test_the_trial_takes_it_only_where_it_does_what_the_network_does(name):
    network, told = small(name), []
    weights, side = ways.Weights(network, 3), side_px(network, 160)
    sample = torch.randn(1, 3, side, side, generator=torch.Generator().manual_seed(1))
    way = ways.fastest(weights, CPU, ways.rate(weights, CPU), 1e15, lambda: sample, told.append)
    assert "openvino " in told[0].text
    exact = weights.way("fp32", CPU)
    for image in images(network):
        assert (way(image).argmax(1) == exact(image).argmax(1)).float().mean() > 0.95


def test_short_runs_do_without(monkeypatch):
    network, told = small("unet"), []
    weights = ways.Weights(network, 3)
    sample = torch.randn(1, 3, side_px(network, 96), side_px(network, 96))
    monkeypatch.setattr("engine.ways.weights.openvino_version", lambda: "2026.4")
    ways.fastest(weights, CPU, 1e6, 1e6, lambda: sample, told.append)
    assert "openvino" not in "".join(event.text for event in told)


@pytest.mark.parametrize(("words", "told_as"), [("no such operation\nand much more", "no such operation"), ("", "RuntimeError")])
def test_a_network_that_it_cannot_compute_is_told(words, told_as, monkeypatch):
    network, told = small("unet"), []
    weights = ways.Weights(network, 3)
    sample = torch.randn(1, 3, side_px(network, 96), side_px(network, 96))

    def fails(way, image, trim=None):
        raise RuntimeError(words)

    monkeypatch.setattr("engine.ways.weights.openvino_version", lambda: "2026.4")
    monkeypatch.setattr(OpenVinoWay, "__call__", fails)
    way = ways.fastest(weights, CPU, 1e6, 1e9, lambda: sample, told.append)
    assert way.name != "openvino" and f"openvino failed ({told_as})" in told[0].text

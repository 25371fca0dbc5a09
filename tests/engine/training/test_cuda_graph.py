"""Capturing CUDA graphs, with a stand-in for PyTorch's capture: what is put back, and what a failure does.

`tests/gpu` shows what real graphs compute.
"""

from types import SimpleNamespace

import pytest
import torch

from engine.compute import precision
from engine.compute.device import Device
from engine.models import build_model
from engine.training.cuda_graph import CudaGraph

SHAPE = 2, 3, 32, 32
STEP_BYTES = 1000


class Gpu(Device):
    """The CPU, taken for a device that computes asynchronously."""

    is_async = True


def call_three_times(passes, images, allow_unused_input):
    for _ in range(3):
        passes(*images)
    return passes


@pytest.fixture
def gpu(monkeypatch):
    stood_in = {
        "get_rng_state": lambda device: torch.get_rng_state(),
        "set_rng_state": lambda state, device: torch.set_rng_state(state),
        "memory_allocated": lambda device: 0,
        "max_memory_allocated": lambda device: STEP_BYTES,
        "reset_peak_memory_stats": lambda device: None,
        "mem_get_info": lambda device: (10 * STEP_BYTES, 20 * STEP_BYTES),
        "make_graphed_callables": call_three_times,
    }
    for name, function in stood_in.items():
        monkeypatch.setattr(torch.cuda, name, function)
    return Gpu(torch.device("cpu"), "a GPU", "for the test")


@pytest.fixture
def network():
    torch.manual_seed(0)
    network = build_model("unet", 3, 2, "distance", width=4, depth=2)
    network.encoder_dropout = 0.5
    return network


def captured(network, device, events=None):
    made = CudaGraph(network, device, (events if events is not None else []).append)
    before, random = (
        {name: tensor.clone() for name, tensor in network.state_dict().items()},
        torch.get_rng_state(),
    )
    made.capture(SHAPE)
    assert all(torch.equal(tensor, before[name]) for name, tensor in network.state_dict().items())
    assert torch.equal(torch.get_rng_state(), random) and all(p.grad is None for p in network.parameters())
    return made


def test_capturing_leaves_no_trace_and_gives_all_maps(gpu, network):
    made, image_BCHW = captured(network, gpu), torch.randn(SHAPE)
    assert made._replayed is not None
    torch.manual_seed(1)
    maps = made.forward(image_BCHW)
    torch.manual_seed(1)
    expected = precision.forward_training(network, image_BCHW, gpu)
    assert torch.equal(maps.logits_BKHW, expected.logits_BKHW) and torch.equal(
        maps.auxiliary_BDHW, expected.auxiliary_BDHW
    )


def test_other_shapes_are_computed_without_the_graph(gpu, network):
    assert captured(network, gpu).forward(torch.randn(1, 3, 16, 16)).logits_BKHW.shape == (1, 2, 16, 16)


def test_nothing_is_captured_without_room_or_gain(gpu, network, monkeypatch):
    cpu = Device(torch.device("cpu"), "CPU", "for the test")
    assert captured(network, cpu)._replayed is None
    monkeypatch.setattr(torch.cuda, "mem_get_info", lambda device: (2 * STEP_BYTES, 20 * STEP_BYTES))
    assert captured(network, gpu)._replayed is None


@pytest.mark.parametrize(
    ("words", "warns"), [("capture was invalidated", True), ("CUDA out of memory", False)]
)
def test_where_capturing_fails_steps_go_on(gpu, network, monkeypatch, words, warns):
    def fail(*_, **__):
        raise RuntimeError(words)

    renewed, events = [], []
    generator = SimpleNamespace(clone_state=lambda: "another", graphsafe_set_state=renewed.append)
    monkeypatch.setattr(torch.cuda, "default_generators", [generator])
    monkeypatch.setattr(torch.cuda, "make_graphed_callables", fail)
    made = captured(network, gpu, events)
    assert made.forward(torch.randn(SHAPE)).logits_BKHW.shape == (2, 2, 32, 32)
    assert [event.warning for event in events] == [True] * warns and renewed == ["another"] * warns
    assert all(words in event.text for event in events)

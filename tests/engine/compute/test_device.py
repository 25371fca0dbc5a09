"""The device: what it computes in 16 bits is, up to rounding, what it computes in 32."""

import copy
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from networks import NETWORKS, side_px, small
from torch import nn
from torch.nn import functional as F

from engine.compute import device
from engine.compute.kernels import prepare_network
from engine.compute.precision import forward, forward_training
from engine.compute.transfer import pin
from engine.core.out_of_memory import is_out_of_memory
from engine.models import build_model
from engine.protocol import EngineError

CPU = device.choose("cpu")
LEARNING = [name for name in NETWORKS if list(small(name).parameters())]
needs_half = pytest.mark.skipif(CPU.half is None, reason="this CPU only emulates 16-bit types")


def gradients(network, image, half):
    network.zero_grad()
    logits = forward_training(network, image, CPU).logits_BKHW if half else network(image)
    F.cross_entropy(logits, torch.ones(len(logits), *logits.shape[2:], dtype=torch.long)).backward()
    return torch.cat([parameter.grad.flatten() for parameter in network.parameters()])


@pytest.mark.slow
@needs_half
@pytest.mark.parametrize("classes", [4, 8])
@pytest.mark.parametrize("name", LEARNING)
def test_gradients_in_16_bits_point_where_they_do_in_32(name, classes):
    network = small(name, bands=8, classes=classes, auxiliary="none")
    side = side_px(network, 96)
    image = torch.randn(2, 8, side, side, generator=torch.Generator().manual_seed(0))
    exact = gradients(network, image, half=False)
    prepare_network(network, CPU)
    assert F.cosine_similarity(exact, gradients(network, image, half=True), dim=0) > 0.9


@needs_half
@pytest.mark.parametrize("name", ["fcn", "patch_cnn", "fcn8s"])
def test_logits_in_16_bits_are_those_of_32_for_many_bands(name):
    network = small(name, bands=16, classes=8)
    side = side_px(network, 96)
    image = torch.randn(1, 16, side, side, generator=torch.Generator().manual_seed(0))
    with torch.inference_mode():
        exact = network(image)
        prepare_network(network, CPU)
        found = forward(network, image, CPU, half=True)
    assert (found - exact).abs().mean() < 0.02 * exact.abs().mean()


def test_preparing_a_network_twice_or_copying_it_changes_nothing():
    network = small("fcn8s")
    image = torch.randn(1, 3, 64, 64)
    with torch.inference_mode():
        exact = network(image)
        prepare_network(network, CPU)
        prepare_network(network, CPU)
        copied = copy.deepcopy(network)
        network.up_8.weight.zero_()
        assert torch.allclose(copied(image), exact, atol=1e-4)
    assert set(copied.state_dict()) == set(build_model("fcn8s", 3, 4, width=4, hidden=16).state_dict())


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (MemoryError(), True),
        (torch.OutOfMemoryError(), True),
        (
            RuntimeError(
                "[enforce fail at alloc_cpu.cpp:117] DefaultCPUAllocator: can't allocate memory: 9 TB"
            ),
            True,
        ),
        (
            RuntimeError("DefaultCPUAllocator: not enough memory: you tried to allocate 17179869184 bytes."),
            True,
        ),
        (RuntimeError("MPS backend out of memory (MPS allocated: 9.0 GB)"), True),
        (RuntimeError("CUDA error: out of memory"), True),
        (RuntimeError("cuDNN error: CUDNN_STATUS_ALLOC_FAILED"), True),
        (RuntimeError("mat1 and mat2 shapes cannot be multiplied"), False),
        (OSError("out of memory of the good old days"), False),
    ],
)
def test_memory_that_runs_out_is_known_by_every_allocators_words(error, expected):
    assert is_out_of_memory(error) == expected


@pytest.mark.parametrize("dtype", ["float64", "uint16", "uint32", "uint8", "float32"])
def test_apple_gpus_get_no_numbers_that_they_lack(dtype):
    apple = device.Device(torch.device("mps"), "Apple GPU", "a test")
    pinned = pin(np.arange(5, dtype=dtype), apple)
    assert pinned.dtype == {"uint8": torch.uint8}.get(dtype, torch.float32)
    assert pinned.tolist() == [0, 1, 2, 3, 4]


@pytest.mark.parametrize(
    ("channels", "classes", "is_exact"),
    [(4096, 2, True), (2080, 15, True), (512, 2, False), (4096, 16, False)],
)
def test_layers_whose_gradients_end_a_process_with_amx_are_computed_in_32_bits(
    channels, classes, is_exact, monkeypatch
):
    monkeypatch.setattr(device.Device, "halves", (torch.bfloat16,))
    layer = nn.Sequential(nn.Conv2d(channels, classes, 1))
    prepare_network(layer, device.choose("cpu"))
    with torch.autocast("cpu", torch.bfloat16):
        made = layer(torch.randn(1, channels, 4, 4))
    assert made.dtype == (torch.float32 if is_exact else torch.bfloat16)
    if is_exact:
        made.square().sum().backward()
        assert torch.isfinite(layer[0].weight.grad).all()


def test_a_gpu_that_pytorch_has_no_code_for_is_reported_and_the_cpu_computes(monkeypatch):
    def fail():
        raise RuntimeError(
            "CUDA error: no kernel image is available for execution on the device\nCUDA kernel errors ..."
        )

    old = SimpleNamespace(name="GeForce GTX 750", major=5, minor=0, total_memory=2**31)
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "get_device_properties", lambda number: old)
    monkeypatch.setattr(torch.cuda, "get_arch_list", lambda: ["sm_75", "sm_90"])
    monkeypatch.setattr(device, "_first_kernel", fail)
    device._why_cuda_fails.cache_clear()
    why = "GeForce GTX 750 (compute capability 5.0) with PyTorch"
    found = device.choose("auto")
    assert (
        found.backend.type == "cpu"
        and why in found.reason
        and "built for sm_75, sm_90): CUDA error: no kernel image" in found.reason
    )
    with pytest.raises(EngineError, match="does not work") as failure:
        device.choose("cuda")
    assert why in failure.value.message and "set the device to auto or cpu" in failure.value.remedy
    monkeypatch.setattr(device, "_first_kernel", lambda: None)
    device._why_cuda_fails.cache_clear()
    assert device.choose("auto").backend.type == "cuda"
    device._why_cuda_fails.cache_clear()

"""ONNX Runtime and OpenVINO, where they are installed: the network's scores for every shape of window; never
needed.
"""

import pytest
import torch
from networks import NETWORKS, side_px, small

from engine.classification import backends
from engine.classification.backends.onnx_runtime import OnnxRuntimeBackend
from engine.classification.backends.openvino import OpenVinoBackend
from engine.compute import device
from engine.core.windows import Sides
from engine.models.blocks import crop
from engine.runtime import libraries

CPU = device.choose("cpu")
CLASSES = {"onnxruntime": OnnxRuntimeBackend, "openvino": OpenVinoBackend}


def needs(name):
    missing = not libraries.release(name)
    return pytest.param(
        name, marks=pytest.mark.skipif(missing, reason=f"{name} is not installed; it is optional")
    )


LIBRARIES = [needs(name) for name in CLASSES]


def images(network):
    """Two shapes, the second one not square."""
    first, second = (side_px(network, px) for px in (96, 160))
    generator = torch.Generator().manual_seed(0)
    return [
        torch.randn(1, 3, first, first, generator=generator),
        torch.randn(1, 3, first, second, generator=generator),
    ]


@pytest.fixture
def without_half(monkeypatch):
    """A CPU that computes in 32 bits only, as most have."""
    monkeypatch.setattr(device.Device, "halves", ())


@pytest.mark.slow
@pytest.mark.parametrize("name", LIBRARIES)
def test_a_u_net_is_the_same_for_every_shape_and_trim(name):
    network = small("unet")
    backend = CLASSES[name](name, network, torch.float32)
    for image in images(network):
        for trim in (Sides.all(0), Sides(16, 0, 32, 5)):
            with torch.inference_mode():
                expected = crop(network(image), trim)
            assert torch.allclose(backend(image, trim), expected, atol=1e-3 * expected.abs().max())


@pytest.mark.slow
@pytest.mark.parametrize("name", LIBRARIES)
def test_what_was_made_for_a_window_is_kept_for_the_next_and_not_for_ever(name, monkeypatch):
    network, made = small("unet"), []
    backend = CLASSES[name](name, network, torch.float32)
    make = "_session" if name == "onnxruntime" else "_compile_network"
    original = getattr(CLASSES[name], make)
    monkeypatch.setattr(CLASSES[name], make, lambda self, *what: made.append(what) or original(self, *what))
    image = images(network)[0]
    for top in (0, 16, 0, 32, 48, 64, 16, 0):
        backend(image, Sides(0, top, 0, 0))
    kept = backend._sessions if name == "onnxruntime" else backend._compiled
    assert (len(made), len(kept)) == ((5, 5) if name == "onnxruntime" else (7, 3))


@pytest.mark.slow
@pytest.mark.parametrize("network_name", NETWORKS)
@pytest.mark.parametrize("name", LIBRARIES)
def test_autotuning_takes_it_only_where_it_does_what_the_network_does(
    name, network_name, without_half, monkeypatch
):
    network, logged = small(network_name), []
    prepared, side = backends.PreparedNetwork(network, 3), side_px(network, 160)
    sample = torch.randn(1, 3, side, side, generator=torch.Generator().manual_seed(1))
    monkeypatch.setattr(
        "engine.classification.backends.prepared.release", lambda package: "1.0" if package == name else None
    )
    backend = backends.autotune(
        prepared, CPU, backends.rate(prepared, CPU), 1e15, lambda: sample, logged.append
    )
    assert f"{name} " in logged[0].text
    exact = prepared.backend("fp32", CPU)
    for image in images(network):
        assert (backend(image).argmax(1) == exact(image).argmax(1)).float().mean() > 0.95


@pytest.mark.parametrize("name", CLASSES)
def test_short_runs_do_without(name, without_half, monkeypatch):
    network, logged = small("unet"), []
    prepared = backends.PreparedNetwork(network, 3)
    sample = torch.randn(1, 3, side_px(network, 96), side_px(network, 96))
    monkeypatch.setattr("engine.classification.backends.prepared.release", lambda package: "1.0")
    monkeypatch.setattr(CLASSES[name], "__call__", lambda *_: pytest.fail("it was tried"))
    backends.autotune(prepared, CPU, 1e6, 1e6, lambda: sample, logged.append)
    assert name not in "".join(event.text for event in logged)


@pytest.mark.parametrize("name", CLASSES)
@pytest.mark.parametrize(
    ("words", "logged_as"), [("no such operation\nand much more", "no such operation"), ("", "RuntimeError")]
)
def test_a_network_that_it_cannot_compute_is_logged(name, words, logged_as, without_half, monkeypatch):
    network, logged = small("unet"), []
    prepared = backends.PreparedNetwork(network, 3)
    sample = torch.randn(1, 3, side_px(network, 96), side_px(network, 96))

    def fails(backend, image, trim=None):
        raise RuntimeError(words)

    monkeypatch.setattr(
        "engine.classification.backends.prepared.release", lambda package: "1.0" if package == name else None
    )
    monkeypatch.setattr(CLASSES[name], "__call__", fails)
    backend = backends.autotune(prepared, CPU, 1e6, 1e9, lambda: sample, logged.append)
    assert backend.name != name and f"{name} failed ({logged_as})" in logged[0].text


def test_onnx_runtime_is_not_tried_where_the_cpu_has_16_bits(monkeypatch):
    monkeypatch.setattr(device.Device, "halves", (torch.bfloat16,))
    monkeypatch.setattr("engine.classification.backends.prepared.release", lambda package: "1.0")
    assert backends.PreparedNetwork(small("unet"), 3).backend_names(CPU) == ["fp32", "bf16", "openvino"]


@pytest.mark.parametrize("name", CLASSES)
def test_memory_is_that_of_the_whole_network_at_once(name):
    from engine.compute.memory import TensorMemoryTracker

    network = small("unet")
    image = images(network)[0]
    backend = CLASSES[name](name, network, torch.float32)
    with torch.inference_mode(), TensorMemoryTracker(image) as watched:
        found = backend.torch_forward(image)
    with torch.inference_mode(), TensorMemoryTracker(image) as whole:
        expected = network(image)
    assert torch.equal(found, expected) and watched.most_bytes == whole.most_bytes


class OfTheLibrary(Exception):
    """ONNX Runtime's exceptions are none of Python's kinds."""


@pytest.mark.parametrize("name", CLASSES)
def test_want_of_memory_in_a_library_is_reported_as_such(name, monkeypatch):
    def fails(backend, image, trim):
        raise OfTheLibrary(
            "Non-zero status code returned while running Conv node. Status Message: std::bad_alloc"
        )

    monkeypatch.setattr(CLASSES[name], "_compute", fails)
    network = small("unet")
    with pytest.raises(MemoryError, match="bad_alloc"):
        CLASSES[name](name, network, torch.float32)(images(network)[0])

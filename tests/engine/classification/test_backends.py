"""Backends: the same labels, no slower than 32 bits, and logged."""

import copy

import pytest
import torch
from networks import NETWORKS, side_px, small
from torch import nn

from engine.classification import backends
from engine.classification.backends import Backend, benchmark
from engine.classification.backends.subpixel import SubpixelUpsampling, is_upsampling, use_subpixel
from engine.compute import device
from engine.compute.fold_batch_norm import fold_batch_norm, remove_batch_norms
from engine.core.windows import NONE, Sides
from engine.models import Network
from engine.protocol import EngineError, Log

CPU = device.choose("cpu")
NORMED = [name for name in NETWORKS if any(isinstance(m, nn.BatchNorm2d) for m in small(name).modules())]


def image_for(network, wished_px=64, bands=3):
    side = side_px(network, wished_px)
    return torch.randn(1, bands, side, side, generator=torch.Generator().manual_seed(0))


def with_history(network):
    """The network after it has seen a few images: its batch norms then do something."""
    network.train()
    with torch.no_grad():
        for seed in range(3):
            torch.manual_seed(seed)
            network(2 * torch.randn(2, *image_for(network).shape[1:]) + 1)
    return network.eval()


@pytest.mark.slow
@pytest.mark.parametrize("name", NETWORKS)
def test_a_folded_network_gives_the_same_logits_and_leaves_the_original_alone(name):
    network = with_history(small(name))
    before, image = copy.deepcopy(network.state_dict()), image_for(network)
    ours = fold_batch_norm(network, 3)
    with torch.inference_mode():
        expected, found = network(image), ours(image)
    assert torch.allclose(found, expected, atol=1e-4 * expected.abs().max().item())
    assert all(torch.equal(tensor, before[key]) for key, tensor in network.state_dict().items())


@pytest.mark.parametrize("name", NORMED)
def test_no_batch_norm_is_left_behind_a_convolution(name):
    network = small(name, auxiliary="none")
    left = [m for m in fold_batch_norm(network, 3).modules() if isinstance(m, nn.BatchNorm2d)]
    # A reduction's two halves are concatenated before their batch norm, so no one convolution feeds it.
    concatenated = sum(key.endswith("final_path_bn.weight") for key in network.state_dict())
    assert len(left) == concatenated


@pytest.mark.slow
@pytest.mark.parametrize("name", NORMED)
def test_without_norms_a_network_gives_the_same_logits(name):
    network = with_history(small(name))
    image, ours = image_for(network), remove_batch_norms(network, 3)
    assert not any(isinstance(module, nn.BatchNorm2d) for module in ours.modules())
    with torch.inference_mode():
        expected, found = network(image), ours(image)
    assert torch.allclose(found, expected, atol=1e-4 * expected.abs().max().item())


@pytest.mark.slow
@pytest.mark.parametrize("precision", ["fp32", "bf16"])
@pytest.mark.parametrize("name", NETWORKS)
def test_every_network_computes_in_every_precision_of_the_device(name, precision):
    if precision == "bf16" and torch.bfloat16 not in CPU.halves:
        pytest.skip("this CPU only emulates bfloat16")
    network = small(name)
    image, trim = image_for(network, 128), Sides.all(network.multiple_px)
    backend = backends.PreparedNetwork(network, 3).backend(precision, CPU)
    with torch.inference_mode():
        expected, found = network.trimmed(image, trim), backend(image, trim)
    assert backend.name == precision and found.is_floating_point() and found.shape == expected.shape
    tolerance = 1e-4 if precision == "fp32" else 0.05
    assert (found - expected).abs().mean() <= tolerance * expected.abs().max()


def test_a_precision_that_the_device_has_not_is_refused():
    network = small("unet")
    with pytest.raises(EngineError, match=r"fp16\. Set PRECISION to auto or fp32"):
        backends.PreparedNetwork(network, 3).backend("fp16", CPU)


class Known(Network):
    """Labels by the sign of the first band. A million pixels take it a known time, less in 16 bits, where it
    errs on a share.
    """

    def __init__(self, clock, full_s, half_s, wrong):
        super().__init__()
        self.clock, self.full_s, self.half_s, self.wrong = clock, full_s, half_s, wrong

    def __deepcopy__(self, memo):
        return self

    def forward(self, image):
        logits = torch.cat([image[:, :1], -image[:, :1]], dim=1)
        half = torch.is_autocast_enabled("cpu")
        self.clock.now += (self.half_s if half else self.full_s) * image[0, 0].numel() / 1e6
        if half:
            logits[..., : round(self.wrong * image.shape[-2]), :] *= -1
        return logits


class Clock:
    def __init__(self):
        self.now = 0.0

    def perf_counter(self):
        return self.now


@pytest.fixture
def tuned(monkeypatch):
    """Autotuning on a device that has bfloat16, by a clock that only the network moves."""

    def run(full_s, half_s, wrong):
        clock, logged = Clock(), []
        monkeypatch.setattr(benchmark, "time", clock)
        monkeypatch.setattr(device.Device, "halves", (torch.bfloat16,))
        image = torch.randn(1, 3, 2000, 2000, generator=torch.Generator().manual_seed(0))
        prepared = backends.PreparedNetwork(Known(clock, full_s, half_s, wrong), 3)
        backend = backends.autotune(
            prepared, CPU, backends.rate(prepared, CPU), 0, lambda: image, logged.append
        )
        return backend.name, logged, clock.now

    return run


@pytest.mark.parametrize(
    ("half_s", "wrong", "taken"),
    [(0.2, 0.0, "bf16"), (0.2, 0.0008, "bf16"), (0.2, 0.002, "fp32"), (0.2, 1.0, "fp32"), (1.1, 0.0, "fp32")],
)
def test_the_fastest_that_agrees_is_taken_and_logged(tuned, half_s, wrong, taken):
    name, logged, seconds = tuned(0.1, half_s / 10, wrong)
    assert name == taken and seconds < 1.0
    (log,) = logged
    assert (
        isinstance(log, Log)
        and log.text.startswith(f"Computes in {taken}")
        and f"{1 / (half_s / 10):.3g} Mpx/s" in log.text
    )


@pytest.mark.slow
def test_autotuning_a_real_network_keeps_its_labels():
    network = small("unet")
    image = image_for(network, 512)
    prepared = backends.PreparedNetwork(network, 3)
    backend = backends.autotune(
        prepared, CPU, backends.rate(prepared, CPU), 0, lambda: image, lambda event: None
    )
    with torch.inference_mode():
        assert (backend(image).argmax(1) == network(image).argmax(1)).float().mean() > 0.995


@pytest.mark.parametrize("name", NETWORKS)
def test_subpixel_upsampling_gives_the_same_and_leaves_the_original_alone(name):
    network = fold_batch_norm(small(name), 3)
    before, image = [type(module) for module in network.modules()], image_for(network)
    ours = use_subpixel(network)
    with torch.inference_mode():
        expected, found = network(image), ours(image)
    assert torch.allclose(found, expected, atol=1e-5 * expected.abs().max().item())
    assert [type(module) for module in network.modules()] == before
    theirs = {weight.data_ptr() for weight in network.parameters()}
    shared = sum(weight.data_ptr() in theirs for weight in ours.parameters())
    upsampled = sum(isinstance(module, SubpixelUpsampling) for module in ours.modules())
    assert shared >= len(theirs) - 2 * upsampled


@pytest.mark.parametrize("bias", [False, True])
@pytest.mark.parametrize("factor", [2, 4, 8])
def test_upsampling_cell_by_cell_is_the_transposed_convolution(factor, bias):
    torch.manual_seed(factor)
    layer = nn.ConvTranspose2d(3, 5, 2 * factor, stride=factor, padding=factor // 2, bias=bias)
    assert is_upsampling(layer) and not is_upsampling(nn.ConvTranspose2d(3, 5, factor, stride=factor))
    image = torch.randn(2, 3, 7, 9)
    with torch.inference_mode():
        expected, found = layer(image), SubpixelUpsampling(layer)(image)
    assert found.shape == expected.shape and torch.allclose(found, expected, atol=1e-5)


def test_the_fcns_are_upsampled_so():
    for name in ("fcn", "fcn8s", "nasnet_mobile_fcn"):
        network = backends.PreparedNetwork(small(name), 3).backend("fp32", CPU).network
        assert any(isinstance(module, SubpixelUpsampling) for module in network.modules()), name


@pytest.mark.parametrize("kind", ["rate", "autotune"])
def test_autotuning_takes_less_of_the_image_where_memory_runs_out(kind, monkeypatch):
    network, seen, logged = small("unet"), [], []
    monkeypatch.setattr(benchmark, "_FIRST_PX", 256)
    call = Backend.__call__

    def little(backend, image, trim=NONE):
        seen.append(max(image.shape[-2:]))
        if seen[-1] > 150:
            raise torch.OutOfMemoryError
        return call(backend, image, trim)

    monkeypatch.setattr(Backend, "__call__", little)
    prepared = backends.PreparedNetwork(network, 3)
    if kind == "rate":
        assert backends.rate(prepared, CPU) > 0
    else:
        if len(prepared.backend_names(CPU)) == 1:
            pytest.skip("this CPU has one backend only")
        assert (
            backends.autotune(prepared, CPU, 1e6, 0, lambda: torch.randn(1, 3, 512, 512), logged.append)
            and len(logged) == 1
        )
    assert seen[0] > 150 >= seen[-1]

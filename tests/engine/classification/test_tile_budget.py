"""Windows' size: what is measured is what is used, and every limit limits."""

import math

import pytest
import torch
from networks import NETWORKS, small

from engine.classification import tile_budget
from engine.classification.backends import Backend
from engine.compute import device
from engine.compute import memory as machine
from engine.compute.device import Device
from engine.models import Network, build_model
from engine.runtime import system

CPU = device.choose("cpu")


class Wide(Network):
    """Holds the image and ten channels, then ten more until the first are gone."""

    def forward(self, image):
        ten = image[:, :1].repeat(1, 10, 1, 1) + 1
        other = ten + 1
        del ten
        return other.relu_()[:, :2]


def plain(network):
    return Backend("fp32", network, torch.float32)


def test_the_worst_moment_is_what_counts():
    network = Wide()
    found = tile_budget.measure_cost(plain(network), CPU, bands=3)
    # The image in two layouts, ten channels, and ten more before the first are gone; beside them three maps
    # of two classes.
    assert found.bytes == pytest.approx(tile_budget._SAFETY * 4 * (3 + 3 + 10 + 10) + 3 * 4 * 2)
    assert found.elements == pytest.approx(10, rel=0.01) and found.seconds > 0


def test_a_wider_network_costs_more_and_16_bits_cost_less():
    narrow, wide = (Backend("fp32", small_unet(width), torch.float32) for width in (4, 16))
    half = Backend("bf16", wide.network, torch.bfloat16)
    at = {backend: tile_budget.measure_cost(backend, CPU, 3).bytes for backend in (narrow, wide, half)}
    assert 4 * at[narrow] > at[wide] > 2 * at[narrow] and 0.5 * at[wide] <= at[half] < 0.75 * at[wide]


def small_unet(width):
    return build_model("unet", 3, 2, width=width, depth=3).eval()


@pytest.mark.parametrize("name", NETWORKS)
def test_every_network_has_a_budget(name):
    network = small(name)
    assert (
        tile_budget.max_tile_px(
            [tile_budget.measure_cost(plain(network), CPU, 3)], CPU, 3, 1, network.halo_px, math.inf
        )
        > 256**2
    )


def test_memory_limits_and_what_is_read_ahead_counts(monkeypatch):
    backend = plain(small_unet(4))
    monkeypatch.setattr(tile_budget, "_LONGEST_S", 1e9)
    monkeypatch.setattr(tile_budget, "available_bytes", lambda device: 2**26)
    cost = tile_budget.measure_cost(backend, CPU, 3)
    one_byte, four_bytes = (
        tile_budget.max_tile_px([cost], CPU, 3, itemsize, 500, math.inf) for itemsize in (1, 4)
    )
    assert one_byte * cost.bytes <= 2**26
    assert 2**26 / four_bytes - 2**26 / one_byte == pytest.approx(4 * 3 * 3, rel=0.01)


def test_a_slow_network_gets_windows_of_a_few_seconds(monkeypatch):
    monkeypatch.setattr(tile_budget, "_LONGEST_S", 1e-3)
    cost = tile_budget.measure_cost(plain(small_unet(16)), CPU, 3)
    one, three = (tile_budget.max_tile_px(number * [cost], CPU, 3, 1, 100, math.inf) for number in (1, 3))
    assert three < one < 256**2


def test_a_model_of_smaller_pixels_makes_windows_smaller_and_one_of_larger_ones_larger(monkeypatch):
    monkeypatch.setattr(tile_budget, "_LONGEST_S", 1e9)
    monkeypatch.setattr(tile_budget, "available_bytes", lambda device: 2**26)
    cost = tile_budget.measure_cost(plain(small_unet(16)), CPU, 3)
    finer, same, coarser = (
        tile_budget.max_tile_px([cost.resampled(pixels, 5)], CPU, 3, 1, 100, math.inf)
        for pixels in (16, 1, 1 / 16)
    )
    assert 15 * finer < same < coarser < 16 * same
    assert coarser * 12 * 5 < 2**26


def test_windows_grow_with_the_halo_but_no_farther_than_is_worth_it(monkeypatch):
    monkeypatch.setattr(tile_budget, "_LONGEST_S", 1e9)
    monkeypatch.setattr(tile_budget, "available_bytes", lambda device: 1e15)
    cost = tile_budget.measure_cost(plain(Wide()), CPU, 3)
    budgets = [tile_budget.max_tile_px([cost], CPU, 3, 1, halo_px, math.inf) for halo_px in (0, 100, 112)]
    assert budgets == sorted(set(budgets))
    for halo_px, budget in zip((100, 112), budgets[1:]):
        assert budget / (budget**0.5 - 2 * halo_px) ** 2 == pytest.approx(
            1 + tile_budget._HALO_SHARE, rel=0.01
        )


def test_a_raster_is_several_windows_however_small_unless_they_are_too_small(monkeypatch):
    monkeypatch.setattr(tile_budget, "_LONGEST_S", 1e9)
    monkeypatch.setattr(tile_budget, "available_bytes", lambda device: 1e15)
    cost = tile_budget.measure_cost(plain(Wide()), CPU, 3)
    budgets = [tile_budget.max_tile_px([cost], CPU, 3, 1, 112, pixels) for pixels in (1, 3e7, 4e7, 1e9)]
    assert budgets == [
        tile_budget._LEAST_PX,
        3e7 / 8,
        4e7 / 8,
        tile_budget.max_tile_px([cost], CPU, 3, 1, 112, math.inf),
    ]


class Gpu(Device):
    """As a GPU is driven, on any machine."""

    is_async, readers = True, 8


def test_windows_for_a_gpu_keep_all_its_readers_busy_and_fit_the_computers_memory(monkeypatch):
    gpu = Gpu(torch.device("cpu"), "GPU", "a test")
    monkeypatch.setattr(tile_budget, "available_bytes", lambda device: 1e12)
    cost = tile_budget.Cost(100, 10, 1e-9)

    def budget(bands, halo_px, pixels):
        return tile_budget.max_tile_px([cost], gpu, bands, 1, halo_px, pixels)

    monkeypatch.setattr(machine, "free_bytes", lambda: 1e12)
    several, largest = (budget(3, 112, pixels) for pixels in (4e8, 1e12))
    assert several == 4e8 / 64 and largest / (largest**0.5 - 224) ** 2 == pytest.approx(
        1 + tile_budget._HALO_SHARE_OF_GPU, rel=0.01
    )
    assert budget(3, 32, 1) == 2048**2  # or it would not be full
    assert budget(3, 500, 1) > 4 * 2048**2  # else the halo would be most of it
    monkeypatch.setattr(machine, "free_bytes", lambda: 2**30)
    assert budget(60, 32, math.inf) * 61 * (8 + tile_budget._WINDOWS_WAITING) <= 2**30 * machine._SHARE


def test_small_windows_are_computed_together_by_a_gpu_alone_and_as_it_has_memory(monkeypatch):
    gpu, cost = Gpu(torch.device("cpu"), "GPU", "a test"), tile_budget.Cost(1000, 10, 1e-9)
    monkeypatch.setattr(tile_budget, "available_bytes", lambda device: 1e9)
    assert tile_budget.max_batch_px(cost, CPU) == 0 and tile_budget.max_batch_px(cost, gpu) == 1e6
    monkeypatch.setattr(tile_budget, "available_bytes", lambda device: 1e15)
    assert tile_budget.max_batch_px(cost, gpu) == tile_budget._MAX_BATCH_PX


@pytest.mark.parametrize(
    ("files", "free"),
    [
        ({}, float("inf")),
        ({"proc/meminfo": "MemTotal: 9000 kB\nMemAvailable:    4096 kB\n"}, 4096 * 1024),
        ({"proc/meminfo": "MemAvailable: 4096 kB\n", "sys/fs/cgroup/memory.max": "max\n"}, 4096 * 1024),
        (
            {
                "proc/meminfo": "MemAvailable: 4096 kB\n",
                "sys/fs/cgroup/memory.max": "3000000\n",
                "sys/fs/cgroup/memory.current": "1000000\n",
            },
            2_000_000,
        ),
        (
            {
                "sys/fs/cgroup/memory.max": "3000000\n",
                "sys/fs/cgroup/memory.current": "2900000\n",
                "sys/fs/cgroup/memory.stat": "anon 400000\ninactive_file 2500000\nactive_file 0\n",
            },
            2_600_000,
        ),
    ],
)
def test_free_memory_is_what_system_and_container_leave(tmp_path, files, free):
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    assert system.free_bytes(tmp_path, "linux") == free

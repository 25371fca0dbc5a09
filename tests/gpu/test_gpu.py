"""On CUDA: every network draws the same map as on the CPU, in every precision, and learns. Arrays only: no
GDAL, no QGIS.
"""

import functools
import math

import numpy as np
import pytest
import torch
from networks import NETWORKS, small

from engine.classification import backends, tile_budget
from engine.classification.classifier import Classifier
from engine.classification.predictor import Ensemble, Predictor
from engine.classification.tiling import plan_tiles
from engine.compute import device
from engine.compute.normalisation import Normalisation
from engine.core.windows import Window
from engine.models import Network
from engine.protocol import Log, Recipe
from engine.raster import ArraySource
from engine.raster.preview import frame_of
from engine.training.dataset import Batch
from engine.training.learner import Learner

pytestmark = [
    pytest.mark.gpu,
    pytest.mark.skipif(not torch.cuda.is_available(), reason="no CUDA device was found"),
]
BANDS = Normalisation((110.0,) * 3, (60.0,) * 3)
AREA = Window(0, 0, 700, 300)
ALIKE = {"fp32": 0.9995, "fp16": 0.99, "bf16": 0.96}
"""Share of equal labels of untrained networks, which are sure of none; `autotune` checks trained ones."""
SWITCHED = 0.8
"""Where rounding makes two values equal, SegNet's pooling notes another place, and its decoder draws
elsewhere.
"""
NOTHING, NODATA = 200, 255
LITTLE_BYTES = 96 * 2**20
STEPPED = [name for name in NETWORKS if list(small(name).parameters())]


@pytest.fixture(scope="module")
def cuda():
    return device.choose("cuda")


@functools.cache
def raster():
    """Shades and grain over the area and all that any network looks at around it, as bytes."""
    generator = torch.Generator().manual_seed(0)
    shades_1CHW = torch.nn.functional.interpolate(
        torch.rand(1, 3, 160, 200, generator=generator), scale_factor=16, mode="bicubic"
    )
    grain_1CHW = torch.randn(1, 3, 2560, 3200, generator=generator)
    return (200 * shades_1CHW + 30 * grain_1CHW + 25).clamp(0, 255).to(torch.uint8)


@functools.cache
def on_the_cpu(name):
    network = small(name)
    return classified(network, network.trimmed, torch.device("cpu"))


def classified(network: Network, backend, where: torch.device, tile_px=0):
    """Scores of the area: the predictor's, tile by tile, from an image in the file's own numbers on the
    device.
    """
    predictor, image_1CHW = Predictor(network, BANDS, backend, max_batch_px=2**22), raster().to(where)
    whole = Window(-1024, -1024, image_1CHW.shape[-1], image_1CHW.shape[-2])
    scores_KHW = torch.zeros(4, AREA.height, AREA.width)
    for tile in plan_tiles(AREA, network.halo_px, network.multiple_px, 10**9, tile_px):
        window = predictor.window(tile)
        part_1CHW = image_1CHW[(..., *window.within(whole))]
        valid_1HW = torch.ones(1, window.height, window.width, dtype=torch.bool, device=where)
        scores_KHW[(..., *tile.within(AREA))] = predictor.probabilities(
            part_1CHW, valid_1HW, window, tile
        ).cpu()
    return scores_KHW


@pytest.mark.parametrize("precision", ["fp32", "bf16", "fp16"])
@pytest.mark.parametrize("name", NETWORKS)
def test_every_network_draws_the_cpus_map_in_every_precision(cuda, name, precision):
    dtype = {"fp32": torch.float32, "bf16": torch.bfloat16, "fp16": torch.float16}[precision]
    if precision != "fp32" and dtype not in cuda.halves:
        pytest.skip(f"{cuda.name} has no convolutions in {precision}")
    network, expected = small(name), on_the_cpu(name)
    backend = backends.PreparedNetwork(network, 3).backend(precision, cuda)
    found = classified(network, backend, cuda.backend, tile_px=256)
    assert backend.name == precision
    least = SWITCHED if name == "segnet" and precision != "fp32" else ALIKE[precision]
    assert (found.argmax(0) == expected.argmax(0)).float().mean() >= least


@pytest.mark.parametrize("name", NETWORKS)
def test_autotuning_takes_a_backend_that_keeps_the_labels(cuda, name):
    network = small(name)
    side_px = network.valid_size(512) + 2 * network.margin_px
    sample_BCHW = torch.randn(1, 3, side_px, side_px, device=cuda.backend)
    logged = []
    prepared = backends.PreparedNetwork(network, 3)
    backend = backends.autotune(
        prepared, cuda, backends.rate(prepared, cuda), 0, lambda: sample_BCHW, logged.append
    )
    exact = prepared.backend("fp32", cuda)
    assert len(logged) == 1 and backend.name in logged[0].text
    assert (backend(sample_BCHW).argmax(1) == exact(sample_BCHW).argmax(1)).float().mean() > 0.99


@pytest.mark.parametrize("name", NETWORKS)
def test_a_window_of_the_budget_fits(cuda, name, monkeypatch):
    """As much memory as a window was allowed is what it takes at most."""
    allowed = 2 * 2**30
    monkeypatch.setattr(tile_budget, "bytes_at_hand", lambda device: allowed)
    network = small(name)
    backend = backends.PreparedNetwork(network, 3).backend("fp32", cuda)
    budget = tile_budget.max_tile_px(
        [tile_budget.measure_cost(backend, cuda, 3)], cuda, 3, 1, network.halo_px, math.inf
    )
    side_px = network.largest_valid_size(int(budget**0.5) - 2 * network.margin_px) + 2 * network.margin_px
    torch.cuda.empty_cache()
    torch.cuda.reset_peak_memory_stats()
    before = torch.cuda.memory_allocated()
    backend(torch.zeros(1, 3, side_px, side_px, device=cuda.backend))
    assert torch.cuda.max_memory_allocated() - before <= allowed


class Canvas:
    """A sink that keeps all that it gets in memory, and refuses to be written twice."""

    wants_confidence = wants_percent = True

    def __init__(self, height, width):
        self.ids_HW = np.full((height, width), NOTHING, np.uint8)
        self.confidence_HW, self.percent_KHW = self.ids_HW.copy(), np.stack([self.ids_HW] * 4)

    def write(self, part):
        place = (..., slice(part.window.y, part.window.bottom), slice(part.window.x, part.window.right))
        assert (self.ids_HW[place] == NOTHING).all()
        self.ids_HW[place] = np.where(part.valid_HW, part.ids_HW, NODATA)
        self.confidence_HW[place], self.percent_KHW[place] = part.confidence_HW, part.percent_KHW


def mapped(where: device.Device, tile_px: int, emit=lambda event: None) -> Canvas:
    """What the whole pipeline makes of a raster with a hole, windows without data included."""
    network = small("unet")
    valid_HW = np.ones((900, 1400), bool)
    valid_HW[100:700, 300:1000] = False
    source = ArraySource(raster()[0, :, :900, :1400].numpy(), valid_HW)
    ensemble = Ensemble(
        [
            Predictor(
                network,
                BANDS,
                backends.PreparedNetwork(network, 3).backend("fp32", where),
                raster=source.grid.window,
            )
        ]
    )
    canvas, frame = Canvas(900, 1400), frame_of(0, source.grid)
    planned = plan_tiles(source.grid.window, ensemble.halo_px, network.multiple_px, 10**9, tile_px)
    inside = lambda window: np.ones((window.height, window.width), bool)  # noqa: E731
    done = Classifier(ensemble, source, inside, [canvas], 4, frame, where, emit).run(
        planned, network.multiple_px
    )
    assert done == valid_HW.sum()
    return canvas


def assert_alike(found: Canvas, expected: Canvas):
    assert (found.ids_HW == expected.ids_HW).mean() > 0.9995
    for ours, theirs in (
        (found.confidence_HW, expected.confidence_HW),
        (found.percent_KHW, expected.percent_KHW),
    ):
        assert np.abs(ours.astype(int) - theirs).max() <= 1


@pytest.mark.parametrize("tile_px", [64, 256, 2048])
def test_the_pipeline_draws_the_cpus_map(cuda, tile_px):
    """Copies in both directions go on beside the computing: nothing may be read before it is there, or
    overwritten.
    """
    assert_alike(mapped(cuda, tile_px), mapped(device.choose("cpu"), 512))


def test_too_little_memory_on_the_gpu_makes_windows_smaller_and_is_logged_once(cuda):
    logged: list[str] = []
    torch.cuda.empty_cache()
    torch.cuda.set_per_process_memory_fraction(
        LITTLE_BYTES / torch.cuda.get_device_properties(0).total_memory
    )
    try:
        found = mapped(
            cuda, 2048, lambda event: logged.append(event.text) if isinstance(event, Log) else None
        )
    finally:
        torch.cuda.set_per_process_memory_fraction(1.0)
    assert logged == ["Memory ran out: going on with smaller windows."]
    assert_alike(found, mapped(device.choose("cpu"), 512))


@pytest.mark.parametrize("name", STEPPED)
def test_every_network_learns_on_cuda(cuda, name):
    network = small(name, auxiliary="none")
    before = {key: tensor.clone() for key, tensor in network.state_dict().items()}
    recipe = Recipe(loss="cross_entropy")
    learner = Learner(network, BANDS, recipe, (0.25,) * 4, device=cuda, seed=0)
    side_px = network.valid_size(96)
    rng = np.random.default_rng(0)
    image_BCHW = rng.integers(0, 255, (2, 3, *(2 * [side_px + 2 * network.margin_px])), np.uint8)
    ids_BHW = torch.ones(2, side_px, side_px, dtype=torch.uint8)
    valid_BHW = torch.ones(2, *image_BCHW.shape[2:], dtype=torch.bool)
    batch = Batch(torch.from_numpy(image_BCHW), valid_BHW, ids_BHW)
    losses = []
    for _ in range(10):
        losses.append(learner.backward(batch).item())
        learner.step(5e-4)
    assert all(np.isfinite(losses)) and losses[-1] < losses[0]
    moved = [
        key for key, tensor in network.state_dict().items() if not torch.equal(tensor.cpu(), before[key])
    ]
    assert len(moved) > len(before) // 2

"""Classification by windows: no seams, whatever the window; holes stay holes; memory stays flat."""

import base64
import random
import time
import zlib
from functools import partial

import numpy as np
import pytest
import torch
from networks import NETWORKS, small
from scenes import discs

from engine.classification import classifier
from engine.classification.backends import Backend
from engine.classification.classifier import Classifier
from engine.classification.predictor import Ensemble, Predictor
from engine.classification.tiling import plan_tiles
from engine.compute import device
from engine.compute.normalisation import Normalisation
from engine.models import Network
from engine.protocol import Cancelled, Log, Outlines, Progress, Tile
from engine.raster import ArraySource
from engine.raster.preview import frame_of

VALUES = np.array([3, 40, 77], np.uint8)
NODATA = 255
BANDS = Normalisation((110.0,) * 3, (25.0,) * 3)


class Canvas:
    """A sink that keeps the map in memory and refuses to be written twice."""

    wants_confidence = wants_percent = False

    def __init__(self, width, height, **wants):
        self.values_HW = np.full((height, width), 200, np.uint8)
        self.parts = []
        self.__dict__.update(wants)

    def write(self, part):
        rows, columns = slice(part.window.y, part.window.bottom), slice(part.window.x, part.window.right)
        assert (self.values_HW[rows, columns] == 200).all()
        self.values_HW[rows, columns] = np.where(part.valid_HW, VALUES[part.ids_HW], NODATA)
        self.parts.append(part)


def classify(
    source, tile_px, name="unet", emit=lambda event: None, network=None, sink=None, inside=None, **settings
):
    network = network or small(name, classes=3, seed=1)
    if name == "pixel_svm":
        pixels = np.random.default_rng(0).normal(size=(90, 3)).astype(np.float32)
        network.fit(pixels, (pixels[:, 0] > 0).astype(np.uint8) + (pixels[:, 0] > 1), 0)
    here = device.choose("cpu")
    settings = {"raster": source.grid.window, **settings}
    ensemble = Ensemble([Predictor(network, BANDS, Backend("fp32", network, torch.float32), **settings)])
    sink = sink or Canvas(source.grid.width, source.grid.height)
    inside = inside or (lambda window: np.ones((window.height, window.width), bool))
    planned = plan_tiles(source.grid.window, ensemble.halo_px, network.multiple_px, 2**20, tile_px)
    done = Classifier(ensemble, source, inside, [sink], 3, frame_of(0, source.grid), here, emit).run(
        planned, network.multiple_px
    )
    return sink.values_HW, done


@pytest.mark.slow
@pytest.mark.parametrize("name", NETWORKS)
def test_the_map_does_not_depend_on_the_windows(name):
    source = ArraySource(discs(301, 203)[0])
    whole, _ = classify(source, 1024, name)
    for tile_px in (64, 100):
        tiled, _ = classify(source, tile_px, name)
        assert (tiled == whole).mean() > 0.9999
    assert len(np.unique(whole)) > 1


@pytest.mark.parametrize(("width", "height"), [(1, 1), (5, 300), (300, 5), (64, 64), (65, 63)])
def test_any_size_gives_a_map_of_that_size(width, height):
    image = np.random.default_rng(0).integers(0, 255, (3, height, width), dtype=np.uint8)
    values, done = classify(ArraySource(image), 64)
    assert values.shape == (height, width) and np.isin(values, VALUES).all() and done == width * height


def test_the_edge_is_seen_as_a_mirror():
    """A scene mirrored about its last column must not change at what is now no edge, where nothing says what
    is one.
    """
    image, _ = discs(96, 96)
    doubled = np.concatenate([image, image[:, :, -2::-1]], axis=2)
    alone, _ = classify(ArraySource(image), 512, raster=None)
    inside, _ = classify(ArraySource(doubled), 512, raster=None)
    assert (alone == inside[:, :96]).mean() > 0.9999


@pytest.mark.parametrize("name", ["unet", "unet_valid", "segnet", "fcn8s"])
def test_little_is_computed_beyond_the_edge_by_networks_that_pad(name, monkeypatch):
    """16 px more on each side, and what completes the network's cells; one that takes its context gets it
    all.
    """
    sizes, network = [], small(name, classes=3)
    monkeypatch.setattr(
        Backend,
        "__call__",
        lambda backend, image, trim: sizes.append(image.shape[-2:]) or network.trimmed(image, trim),
    )
    classify(ArraySource(discs(300, 200)[0]), 1024, network=network)
    ((height, width),) = sizes
    beyond_px = (
        2 * 16 + 2 * network.multiple_px
        if network.uses_padding
        else 2 * network.halo_px + network.multiple_px
    )
    assert 200 + 32 <= height <= 200 + beyond_px and 300 + 32 <= width <= 300 + beyond_px


def test_pixels_without_data_stay_without_and_are_not_counted():
    image, _ = discs(150, 130)
    valid = np.ones((130, 150), bool)
    valid[20:40, 30:90] = valid[:, :2] = False
    values, done = classify(ArraySource(image, valid), 64)
    assert ((values == NODATA) == ~valid).all() and done == valid.sum()


def test_windows_without_any_data_cost_no_computing():
    image, _ = discs(256, 256)
    values, done = classify(ArraySource(image, np.zeros((256, 256), bool)), 64)
    assert (values == NODATA).all() and done == 0


class Slow(ArraySource):
    """A disk that takes now a moment, now a long one."""

    mean_and_std = random.Random(3)

    def read(self, window):
        time.sleep(self.mean_and_std.choice([0, 0, 0.001, 0.02]))
        return super().read(window)

    def reopen(self):
        return Slow(self._image_CHW, self._valid_HW)


class SlowCanvas(Canvas):
    mean_and_std = random.Random(4)

    def write(self, part):
        time.sleep(self.mean_and_std.choice([0, 0, 0.001, 0.02]))
        super().write(part)


@pytest.mark.slow
@pytest.mark.parametrize("readers", [1, 3])
def test_how_long_disks_take_changes_nothing(readers, monkeypatch):
    """Neither with one reader, as on a CPU, nor with several, as for a GPU."""
    opened = lambda self, stack: [partial(self._try, self._source.reopen()) for _ in range(readers)]  # noqa: E731
    monkeypatch.setattr(Classifier, "_readers", opened)
    image, valid = discs(260, 200)[0], np.ones((200, 260), bool)
    valid[50:90, 100:180] = False
    whole, done = classify(ArraySource(image, valid), 32)
    for _ in range(2):
        slow = classify(Slow(image, valid), 32, sink=SlowCanvas(260, 200))
        assert (slow[0] == whole).all() and slow[1] == done == valid.sum()


def test_events_tell_where_and_how_far():
    events = []
    values, _ = classify(ArraySource(discs(130, 70)[0]), 64, emit=events.append)
    tiles, progress = ([e for e in events if isinstance(e, kind)] for kind in (Tile, Progress))
    assert len(tiles) == 3 * 2 and progress[-1].done == progress[-1].total == 130 * 70
    assert (tiles[1].frame, tiles[1].x, tiles[1].y, tiles[1].width, tiles[1].height) == (0, 64, 0, 64, 64)
    ids_HW = np.frombuffer(zlib.decompress(base64.b64decode(tiles[1].preview)), np.uint8).reshape(64, 64)
    assert (VALUES[ids_HW] == values[:64, 64:128]).all()


def test_a_window_is_told_before_it_is_computed_and_is_the_next_that_is_finished():
    events = []
    valid_HW = np.ones((70, 130), bool)
    valid_HW[:, 64:] = False
    classify(ArraySource(discs(130, 70)[0], valid_HW), 64, emit=events.append)
    shown = [e for e in events if isinstance(e, (Outlines, Tile))]
    work = [
        [0, tile.x, tile.y, tile.width, tile.height]
        for tile in shown
        if isinstance(tile, Tile) and tile.x == 0
    ]
    assert [list(map(list, e.windows)) for e in shown if isinstance(e, Outlines)] == [
        [window] for window in work
    ]
    assert [type(e) for e in shown[:2]] == [Outlines, Tile] and {
        e.kind for e in shown if isinstance(e, Outlines)
    } == {"work"}
    assert len(shown) == 2 + 6, "windows without data are not worked on"


def test_cancel_is_heeded_at_the_next_window():
    seen = []

    def emit(event):
        seen.append(event)
        raise Cancelled

    with pytest.raises(Cancelled):
        classify(ArraySource(discs(300, 300)[0]), 64, emit=emit)
    assert len(seen) == 1


def test_a_failing_sink_fails_the_run():
    class Broken(Canvas):
        def write(self, part):
            raise OSError("gone")

    with pytest.raises(OSError, match="gone"):
        classify(ArraySource(discs(200, 200)[0]), 64, sink=Broken(200, 200))


def test_what_is_not_asked_for_is_nodata_and_context_all_the_same():
    image, _ = discs(200, 160)
    whole, _ = classify(ArraySource(image), 64)
    part, done = classify(
        ArraySource(image),
        64,
        inside=lambda window: np.arange(window.x, window.right) % 128 + np.zeros((window.height, 1)) < 70,
    )
    asked = np.arange(200) % 128 < 70
    assert (part[:, ~asked] == NODATA).all() and (part[:, asked] == whole[:, asked]).mean() > 0.9999
    assert done == asked.sum() * 160


def test_sinks_get_what_they_want_in_per_cent():
    image, _ = discs(100, 80)
    valid = np.ones((80, 100), bool)
    valid[:10] = False
    sink = Canvas(100, 80, wants_confidence=True, wants_percent=True)
    classify(ArraySource(image, valid), 64, sink=sink)
    for part in sink.parts:
        assert (part.percent_KHW[:, ~part.valid_HW] == 255).all() and (
            part.confidence_HW[~part.valid_HW] == 255
        ).all()
        percent_KN = part.percent_KHW[:, part.valid_HW].astype(int)
        assert np.abs(percent_KN.sum(0) - 100).max() <= 2
        best_2N = np.sort(percent_KN, axis=0)[-2:]
        assert np.abs(best_2N[1] - best_2N[0] - part.confidence_HW[part.valid_HW]).max() <= 1
        assert (percent_KN.argmax(0) == part.ids_HW[part.valid_HW]).mean() > 0.95


def test_too_little_memory_makes_windows_smaller_and_is_told_once():
    image, _ = discs(300, 300)
    whole, _ = classify(ArraySource(image), 1024)
    network, told = small("unet", classes=3, seed=1), []

    def forward(image_BCHW, forward=network.forward):
        if image_BCHW.shape[-1] * image_BCHW.shape[-2] > 280**2:
            raise RuntimeError("DefaultCPUAllocator: can't allocate memory")
        return forward(image_BCHW)

    network.trimmed = lambda image, trim: Network.trimmed(network, image, trim)
    network.forward = forward
    halved, _ = classify(ArraySource(image), 1024, network=network, emit=told.append)
    assert (halved == whole).mean() > 0.9999
    assert [event.text for event in told if isinstance(event, Log)] == [
        "Memory ran out: going on with smaller windows."
    ]


class Scarce(ArraySource):
    """Has no memory for windows of more than ``most_px`` pixels."""

    most_px = 280**2

    def read(self, window):
        if window.pixels > self.most_px:
            raise MemoryError("Unable to allocate 4.19 GiB for an array")
        return super().read(window)


@pytest.mark.slow
@pytest.mark.parametrize("tile_px", [1024, 256])
def test_too_little_memory_to_read_makes_windows_smaller_and_is_told_once(tile_px):
    image, told = discs(500, 300)[0], []
    whole, _ = classify(ArraySource(image), 1024)
    halved, done = classify(Scarce(image), tile_px, emit=told.append)
    assert (halved == whole).mean() > 0.9999 and done == 500 * 300
    assert [event.text for event in told if isinstance(event, Log)] == [
        "Memory ran out: going on with smaller windows."
    ]
    assert sum(isinstance(event, Tile) for event in told) > 2


def test_too_little_memory_to_read_the_smallest_window_is_an_error():
    source = Scarce(discs(300, 300)[0])
    source.most_px = 100
    with pytest.raises(MemoryError, match="Unable to allocate"):
        classify(source, 1024)


def test_too_little_memory_for_the_smallest_window_is_an_error():
    network = small("unet", classes=3, seed=1)

    def forward(image_BCHW):
        raise torch.OutOfMemoryError("no more")

    network.trimmed = lambda image, trim: forward(image)
    with pytest.raises(torch.OutOfMemoryError):
        classify(ArraySource(discs(64, 64)[0]), 64, network=network)


def test_an_asynchronous_device_has_the_next_tile_before_the_last_is_copied_back(monkeypatch):
    """As a GPU is driven; here the processor stands in for one. Several threads read, and windows come in
    their order.
    """
    source, steps = ArraySource(discs(300, 200)[0]), []
    expected, _ = classify(source, 64)

    def to_host_async(tensor, device):
        number = steps.count("begun")
        steps.append("begun")
        return lambda: steps.append(number) or tensor.numpy()

    monkeypatch.setattr(device.Device, "is_async", True)
    monkeypatch.setattr(classifier, "pin", lambda array, device: torch.from_numpy(array))
    monkeypatch.setattr(classifier, "to_device", lambda pinned, device: pinned)
    monkeypatch.setattr(classifier, "to_host_async", to_host_async)
    found, _ = classify(source, 64)
    assert (found == expected).all()
    windows = steps.count("begun")
    assert steps == [
        "begun",
        *(step for number in range(windows - 1) for step in ("begun", number)),
        windows - 1,
    ]

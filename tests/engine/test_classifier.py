"""Classification by windows: no seams, whatever the window; holes stay holes; memory stays flat."""

import base64

import numpy as np
import pytest
from networks import NETWORKS, small
from scenes import discs

from engine import classifier, device
from engine.models import build_model
from engine.protocol import Cancelled, Progress, Tile
from engine.raster import ArraySource
from engine.scaling import Scaling

VALUES = np.array([3, 40, 77], np.uint8)
NODATA = 255
BANDS = Scaling((110.0,) * 3, (25.0,) * 3)


class Canvas:
    """A writer that keeps the map in memory and refuses to be written twice."""

    def __init__(self, width, height):
        self.values_HW = np.full((height, width), 200, np.uint8)

    def write_codes(self, window, values_HW):
        part = self.values_HW[window.y : window.bottom, window.x : window.right]
        assert (part == 200).all() and values_HW.shape == part.shape
        part[:] = values_HW


def classify(source, tile_px, name="unet", emit=lambda event: None):
    network = small(name, classes=3, seed=1)
    if name == "pixel_svm":
        pixels = np.random.default_rng(0).normal(size=(90, 3)).astype(np.float32)
        network.fit(pixels, (pixels[:, 0] > 0).astype(np.uint8) + (pixels[:, 0] > 1), 0)
    canvas = Canvas(source.grid.width, source.grid.height)
    done = classifier.classify(network, BANDS, VALUES, NODATA, source, canvas, device.choose("cpu"), tile_px, emit)
    return canvas.values_HW, done


@pytest.mark.parametrize("name", NETWORKS)
def test_the_map_does_not_depend_on_the_windows(name):
    network = small(name)
    if classifier.context_px(network) < network.halo_px:
        pytest.skip(f"{name} sees {network.receptive_px} px: its windows overlap by less")
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
    """A scene mirrored about its last column must not change at what is now no edge any more."""
    image, _ = discs(96, 96)
    doubled = np.concatenate([image, image[:, :, -2::-1]], axis=2)
    alone, _ = classify(ArraySource(image), 512)
    inside, _ = classify(ArraySource(doubled), 512)
    assert (alone == inside[:, :96]).mean() > 0.9999


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


def test_events_tell_where_and_how_far():
    events = []
    values, _ = classify(ArraySource(discs(130, 70)[0]), 64, emit=events.append)
    tiles, progress = ([e for e in events if isinstance(e, kind)] for kind in (Tile, Progress))
    assert len(tiles) == 3 * 2 and progress[-1].done == progress[-1].total == 130 * 70
    assert tiles[1].bounds == (64.0, -64.0, 128.0, 0.0) or tiles[1].bounds == (64.0, 0.0, 128.0, 64.0)
    preview = np.frombuffer(base64.b64decode(tiles[1].preview), "<u2").reshape(tiles[1].height, tiles[1].width)
    assert (preview == values[:64, 64:128]).all()


def test_cancel_is_heeded_at_the_next_window():
    seen = []

    def emit(event):
        seen.append(event)
        raise Cancelled

    with pytest.raises(Cancelled):
        classify(ArraySource(discs(300, 300)[0]), 64, emit=emit)
    assert len(seen) == 1


def test_a_failing_writer_fails_the_run():
    class Broken(Canvas):
        def write_codes(self, window, values_HW):
            raise OSError("gone")

    source = ArraySource(discs(200, 200)[0])
    network = build_model("unet", 3, 3, width=4, depth=2)
    with pytest.raises(OSError, match="gone"):
        classifier.classify(
            network, BANDS, VALUES, NODATA, source, Broken(200, 200), device.choose("cpu"), 64, lambda event: None
        )

"""What is shown of a run: every n-th pixel of the frame, wherever its windows begin; outlines, not too
many.
"""

import base64
import zlib

import numpy as np
import pytest
from scenes import discs

from engine.core.legend import LegendClass
from engine.core.windows import Window
from engine.jobs import run
from engine.protocol import Epoch, Frame, Outlines, Tile, TrainJob
from engine.raster import Grid
from engine.raster.preview import classes_of, frame_of, outlines_of, tile_of

KINDS = ("training", "validation", "batch")
GRID = Grid(20_000, 9_000, (500_000.0, 0.5, 0.0, 3_000_000.0, 0.0, -0.5), "")


def ids_of(tile):
    return np.frombuffer(zlib.decompress(base64.b64decode(tile.preview)), np.uint8)


def test_classes_are_told_by_name_and_colour():
    told = classes_of([LegendClass(7, "roof", (255, 0, 16)), LegendClass(9, "water", (0, 1, 2))])
    assert (told.names, told.colors) == (("roof", "water"), ("#ff0010", "#000102"))


@pytest.mark.parametrize(
    ("window", "step"), [(None, 5), (Window(3, 4, 4096, 10), 1), (Window(3, 4, 10, 4097), 2)]
)
def test_a_frame_is_thinned_to_what_a_screen_shows(window, step):
    frame = frame_of(2, GRID, window)
    assert frame.step == step and frame.number == 2 and frame.transform == GRID.transform
    assert (frame.x, frame.y, frame.width, frame.height) == (
        (3, 4, window.width, window.height) if window else (0, 0, 20_000, 9_000)
    )


def test_tiles_make_the_thinned_frame_whatever_windows_it_is_cut_into():
    frame = frame_of(0, GRID, Window(7, 5, 9001, 803))
    assert frame.step == 3
    ids_HW = np.random.default_rng(0).integers(0, 250, (803, 9001), dtype=np.uint8)
    valid_HW = np.random.default_rng(1).random((803, 9001)) < 0.7
    counted = np.zeros(250, int)
    shown_HW = np.full((-(-803 // 3), -(-9001 // 3)), 99, np.uint8)
    for x, y, right, bottom in (
        (0, 0, 4000, 803),
        (4000, 0, 4001, 803),
        (4001, 0, 9001, 101),
        (4001, 101, 9001, 803),
    ):
        part = slice(y, bottom), slice(x, right)
        tile = tile_of(frame, Window(7 + x, 5 + y, right - x, bottom - y), 250, ids_HW[part], valid_HW[part])
        counted += tile.counts
        rows, columns = slice(-(-y // 3), -(-bottom // 3)), slice(-(-x // 3), -(-right // 3))
        shown_HW[rows, columns] = ids_of(tile).reshape(shown_HW[rows, columns].shape)
    assert (shown_HW == np.where(valid_HW, ids_HW, 255)[::3, ::3]).all()
    assert (counted == np.bincount(ids_HW[valid_HW], minlength=250)).all(), (
        "counted are all pixels, not those shown"
    )


def test_of_very_many_windows_some_are_outlined():
    windows = [(0, Window(x, 0, 1, 1)) for x in range(10_001)]
    told = outlines_of("training", windows)
    assert len(told.windows) == 1667 and told.windows[1] == (0, 6, 0, 1, 1)
    assert outlines_of("work", []).windows == ()
    assert len(outlines_of("batch", windows[:2000]).windows) == 2000


@pytest.mark.slow
def test_a_training_shows_its_parts_its_batches_and_the_same_block_each_epoch(make_raster, wkt, tmp_path):
    image_CHW, ids_HW = discs(320, 256)
    grids = [
        Grid(320, 256, (300_000.0 + 640 * n, 2.0, 0.0, 3_060_000.0, 0.0, -2.0), wkt(32645)) for n in range(2)
    ]
    told = []
    job = TrainJob(
        images=tuple(make_raster(image_CHW, name=f"i{n}.tif", grid=grid) for n, grid in enumerate(grids)),
        references=tuple(make_raster(ids_HW, name=f"l{n}.tif", grid=grid) for n, grid in enumerate(grids)),
        model=str(tmp_path / "m.safetensors"),
        options={"width": 4, "depth": 2},
        epochs=2,
        patch_px=32,
        device="cpu",
    )
    run(job, told.append)
    frames = {e.number: e for e in told if isinstance(e, Frame)}
    tiles = [e for e in told if isinstance(e, Tile)]
    outlines = {
        kind: [e.windows for e in told if isinstance(e, Outlines) and e.kind == kind] for kind in KINDS
    }
    assert [frames[n].transform for n in range(2)] == [grid.transform for grid in grids] and len(frames) == 3
    (training,), (validation,) = outlines["training"], outlines["validation"]
    assert training and validation and not set(training) & set(validation)
    assert len(tiles) == 2 and {(t.frame, t.x, t.y, t.width, t.height) for t in tiles} == {
        (2, *corner_and_size(frames[2]))
    }
    assert any(box[1:] == corner_and_size(frames[2]) for box in validation)
    assert {ids_of(tile).size for tile in tiles} == {frames[2].width * frames[2].height}
    epochs = sum(isinstance(e, Epoch) for e in told)
    batches = [batch for batch in outlines["batch"] if batch]
    assert (
        epochs == 2
        and len(batches) % 2 == 0
        and {box[3:] for batch in batches for box in batch} == {(32, 32)}
    )
    assert not any(overlap(a, b) for batch in batches for a in batch for b in validation)


def corner_and_size(frame):
    return frame.x, frame.y, frame.width, frame.height


def overlap(a, b):
    return a[0] == b[0] and all(a[n] < b[n] + b[n + 2] and b[n] < a[n] + a[n + 2] for n in (1, 2))

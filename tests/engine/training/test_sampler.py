"""Blocks, split and windows: validation pixels are never part of a training window."""

import time

import numpy as np
import pytest

from engine.core.legend import IGNORE, LegendClass
from engine.core.windows import Window
from engine.protocol import Cancelled, EngineError, Progress
from engine.training import splitting
from engine.training.sampler import WindowSampler
from engine.training.splitting import (
    Block,
    Split,
    block_sizes,
    block_windows,
    count_labels,
    limit_validation,
    split_at_random,
)

TWO = (LegendClass(0, "a", (0, 0, 0)), LegendClass(1, "b", (9, 9, 9)))


def chequered(width: int, height: int) -> np.ndarray:
    rows, columns = np.mgrid[:height, :width]
    return ((rows // 10 + columns // 10) % 2).astype(np.uint8)


def surveyed(ids_HW: np.ndarray, patch_px: int, emit=lambda event: None) -> list[Block]:
    def read(_: int, w: Window) -> np.ndarray:
        return ids_HW[w.y : w.bottom, w.x : w.right]

    return count_labels([ids_HW.shape[::-1]], patch_px, 2, read, emit)


@pytest.mark.parametrize(
    ("width", "height", "patch_px"), [(100, 70, 32), (31, 500, 32), (64, 64, 64), (1, 1, 32)]
)
def test_blocks_meet_every_pixel_once_and_hold_a_patch_where_the_image_does(width, height, patch_px):
    seen = np.zeros((height, width), int)
    for w in block_windows(width, height, patch_px):
        seen[w.y : w.bottom, w.x : w.right] += 1
        assert w.width >= min(patch_px, width) and w.height >= min(patch_px, height)
    assert (seen == 1).all()


def test_only_blocks_with_labels_count():
    ids = np.full((64, 64), IGNORE, np.uint8)
    ids[:32, :32] = 1
    (block,) = surveyed(ids, 32)
    assert block == Block(0, Window(0, 0, 32, 32), (0, 1024), Window(0, 0, 32, 32))


def test_a_survey_tells_its_progress_and_stops_when_cancelled():
    def cancel(event):
        events.append(event)
        if len(events) == 3:
            raise Cancelled

    events = []
    surveyed(chequered(640, 640), 64, events.append)
    assert events[-1] == Progress(100, 100, "blocks surveyed") and len(events) == 100
    events = []
    with pytest.raises(Cancelled):
        surveyed(chequered(640, 640), 64, cancel)
    assert len(events) == 3


def test_a_block_knows_where_its_labels_are():
    ids = np.full((64, 64), IGNORE, np.uint8)
    ids[40:45, 10] = ids[50, 12] = 1
    (block,) = surveyed(ids, 64)
    assert block.labelled == Window(10, 40, 3, 11)


def test_the_split_gives_each_part_every_class_and_about_the_wished_share():
    blocks = surveyed(chequered(640, 640), 64)
    split = split_at_random(blocks, TWO, 0.2, np.random.default_rng(0))
    assert len(split.training) + len(split.validation) == len(blocks)
    for k in range(2):
        held_back = sum(b.counts[k] for b in split.validation)
        assert held_back / sum(b.counts[k] for b in blocks) == pytest.approx(0.2, abs=0.03)


def test_a_rare_class_is_in_both_parts():
    ids = chequered(640, 640)
    ids[:] = 0
    ids[5:15, 5:15] = ids[600:610, 600:610] = 1
    split = split_at_random(surveyed(ids, 64), TWO, 0.2, np.random.default_rng(0))
    assert all(sum(b.counts[1] for b in part) == 100 for part in (split.training, split.validation))


def test_a_class_in_one_block_stays_in_training():
    ids = np.zeros((640, 640), np.uint8)
    ids[5:15, 5:15] = 1
    split = split_at_random(surveyed(ids, 64), TWO, 0.2, np.random.default_rng(0))
    assert sum(b.counts[1] for b in split.validation) == 0 < len(split.validation)


def test_labels_in_one_block_are_refused_with_a_remedy():
    ids = np.full((256, 256), IGNORE, np.uint8)
    ids[:20, :20] = 0
    ids[:20, 20:40] = 1
    with pytest.raises(EngineError, match=r"1 block.*PATCH_PX"):
        split_at_random(surveyed(ids, 64), TWO, 0.2, np.random.default_rng(0))


@pytest.mark.slow
@pytest.mark.parametrize("margin_px", [0, 12])
def test_no_training_window_touches_validation(margin_px):
    blocks = surveyed(chequered(700, 530), 64)
    split = split_at_random(blocks, TWO, 0.25, np.random.default_rng(1))
    drawn = WindowSampler(split, [(700, 530)], 64, margin_px=margin_px).draw(500, np.random.default_rng(2))
    for _, window in drawn:
        assert window.intersect(Window(0, 0, 700, 530)) == window and window.width == window.height == 64
        assert not any(window.overlaps(block.window) for block in split.validation)
    assert len({window for _, window in drawn}) > 300


def test_rare_classes_are_drawn_more_often():
    ids = np.zeros((640, 640), np.uint8)
    ids[:64, :128] = 1
    split = split_at_random(surveyed(ids, 64), TWO, 0.1, np.random.default_rng(0))
    drawn = WindowSampler(split, [(640, 640)], 64).draw(400, np.random.default_rng(0))
    near = sum(window.y < 64 and window.x < 128 for _, window in drawn)
    assert near > 100  # two of a hundred blocks hold the class: 8 would be their plain share


def test_patches_are_tried_from_the_wished_size_down():
    assert block_sizes(256) == [256, 128, 64, 32]
    assert block_sizes(16) == [splitting.USUAL_BLOCK_PX, 64, 32]
    assert block_sizes(300, 300) == [300]


def test_classes_in_large_patches_do_not_spoil_the_share():
    """Seven classes in smooth bands of very different area: all shares stay near the wished one."""
    rows, columns = np.mgrid[:1200, :1200]
    ids = np.searchsorted(
        [0.02, 0.05, 0.1, 0.2, 0.4, 0.7], (np.sin(rows / 130) * np.cos(columns / 170) + 1) / 2
    )
    windows = block_windows(1200, 1200, 128)
    blocks = [
        Block(0, w, tuple(np.bincount(ids[w.y : w.bottom, w.x : w.right].ravel(), minlength=7)), w)
        for w in windows
    ]
    classes = [LegendClass(k, str(k), (0, 0, 0)) for k in range(7)]
    split = split_at_random(blocks, classes, 0.2, np.random.default_rng(0))
    shares = np.sum([b.counts for b in split.validation], 0) / np.sum([b.counts for b in blocks], 0)
    assert shares == pytest.approx(np.full(7, 0.2), abs=0.1)
    assert sum(sum(b.counts) for b in split.validation) / 1200**2 == pytest.approx(0.2, abs=0.03)


@pytest.mark.slow
def test_a_hundred_thousand_blocks_are_split_and_drawn_from_in_seconds():
    windows = block_windows(32 * 320, 32 * 320, 32)
    blocks = [Block(0, w, (1000, 24), w) for w in windows]
    started = time.process_time()
    split = split_at_random(blocks, TWO, 0.2, np.random.default_rng(0))
    few = limit_validation(split, TWO, np.random.default_rng(0))
    drawn = WindowSampler(split, [(32 * 320, 32 * 320)], 32).draw(64, np.random.default_rng(0))
    assert time.process_time() - started < 15
    assert len(blocks) > 100_000 and len(few.validation) == pytest.approx(
        splitting.MOST_VALIDATION_BLOCKS, rel=0.1
    )
    assert (
        few.training == split.training and set(few.validation) <= set(split.validation) and len(drawn) == 64
    )


def test_windows_hold_labels_where_these_are_few():
    """Small polygons in a large unlabelled image: a patch without a label would teach nothing."""
    rng = np.random.default_rng(0)
    ids = np.full((2048, 2048), IGNORE, np.uint8)
    for x, y in rng.integers(0, 2030, (40, 2)):
        ids[y : y + 12, x : x + 12] = rng.integers(2)
    split = split_at_random(surveyed(ids, 256), TWO, 0.2, rng)
    drawn = WindowSampler(split, [(2048, 2048)], 256).draw(200, rng)
    holding = [(ids[w.y : w.bottom, w.x : w.right] != IGNORE).any() for _, w in drawn]
    assert np.mean(holding) > 0.95
    assert len(set(drawn)) > 150


def test_a_window_is_centred_on_an_image_smaller_than_it():
    block = Window(0, 0, 20, 100)
    split = Split((Block(0, block, (1, 1), block),), ())
    for _, window in WindowSampler(split, [(20, 100)], 32).draw(20, np.random.default_rng(0)):
        assert window.x == -6 and window.y >= 0 and window.bottom <= 100


def test_same_seed_same_windows():
    split = split_at_random(surveyed(chequered(640, 640), 64), TWO, 0.2, np.random.default_rng(3))
    draws = [WindowSampler(split, [(640, 640)], 64).draw(50, np.random.default_rng(4)) for _ in range(2)]
    assert draws[0] == draws[1]


def test_a_grid_visits_every_place_once_a_round_and_never_validation():
    blocks = [Block(0, window, (10, 10), window) for window in block_windows(640, 512, 128)]
    split = Split(tuple(blocks[::2]), tuple(blocks[1::2]))
    drawer = WindowSampler(split, [(640, 512)], 128, sampling="grid", grid_px=64)
    drawn = drawer.draw(drawer.places, np.random.default_rng(0))
    assert len(set(drawn)) == len(drawn) == drawer.places >= len(split.training)
    assert not any(window.overlaps(block.window) for _, window in drawn for block in split.validation)
    assert set(drawer.draw(drawer.places, np.random.default_rng(1))) == set(drawn)


@pytest.mark.parametrize("grid_px", [64, 4096])
def test_a_grid_leaves_out_what_has_no_label(grid_px):
    """Small polygons in a large image: most of a grid over whole blocks would teach nothing."""
    labelled = [Window(w.x + 5, w.y + 5, 10, 10) for w in block_windows(2048, 2048, 388)]
    blocks = [Block(0, w, (50, 50), at) for w, at in zip(block_windows(2048, 2048, 388), labelled)]
    split = Split(tuple(blocks[:-3]), tuple(blocks[-3:]))
    drawer = WindowSampler(split, [(2048, 2048)], 256, sampling="grid", grid_px=grid_px)
    assert all(
        any(window.overlaps(at) for at in labelled)
        for _, window in drawer.draw(drawer.places, np.random.default_rng(0))
    )


def test_uniform_treats_places_alike_where_balanced_seeks_the_rare():
    rare, common = Block(0, Window(0, 0, 64, 64), (0, 64), Window(0, 0, 64, 64)), Window(64, 0, 64, 64)
    blocks = (
        rare,
        *(Block(0, Window(64 * n, 0, 64, 64), (4096, 0), Window(64 * n, 0, 64, 64)) for n in range(1, 16)),
    )
    split = Split(blocks, (Block(0, Window(0, 640, 64, 64), (1, 1), common),))
    hits = {}
    for sampling in ("balanced", "uniform"):
        drawn = WindowSampler(split, [(1024, 1024)], 16, sampling=sampling).draw(
            2000, np.random.default_rng(0)
        )
        hits[sampling] = np.mean([window.x < 56 and window.y < 64 for _, window in drawn])
    assert hits["balanced"] > 0.4 and hits["uniform"] < 0.05


def test_the_grid_is_the_images_and_not_the_blocks():
    """Blocks of 100 px, steps of 48: windows start at multiples of 48 wherever their middle is free to learn
    from.
    """
    blocks = tuple(Block(0, window, (1, 1), window) for window in block_windows(500, 500, 100))
    split = Split(blocks[1:], blocks[:1])
    drawer = WindowSampler(split, [(500, 500)], 32, sampling="grid", grid_px=48)
    drawn = drawer.draw(drawer.places, np.random.default_rng(0))
    free = [
        window
        for _, window in drawn
        if window.right < 500 and window.bottom < 500 and min(window.x, window.y) > 132
    ]
    assert free and all(window.x % 48 == 0 == window.y % 48 for window in free)


def test_a_grid_of_an_image_smaller_than_a_patch_has_one_window():
    block = Block(0, Window(0, 0, 40, 30), (1, 1), Window(0, 0, 40, 30))
    assert WindowSampler(Split((block,), ()), [(40, 30)], 128, sampling="grid").places == 1

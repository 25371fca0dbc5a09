"""Scores of a model, whatever the tiles: with context or blended, turned, resampled, of one model or
several.
"""

import numpy as np
import pytest
import torch
from networks import NETWORKS, side_px, small
from scenes import discs

from engine.classification.blending import OverlapBlend
from engine.classification.predictor import Ensemble, Predictor
from engine.compute.normalisation import Normalisation
from engine.core.windows import Sides, Window, cover
from engine.models import Network
from engine.raster import ArraySource

BANDS = Normalisation((110.0,) * 3, (25.0,) * 3)
SOURCE = ArraySource(discs(301, 203)[0])
FAR = ["nasnet_mobile_fcn", "nasnet_large_fcn"]


def predictor(name="unet", seed=1, normalisation=BANDS, **options):
    if isinstance(name, Network):
        return Predictor(name, normalisation, name.trimmed, **options)
    network = small(name, classes=3, seed=seed)
    # With logits of hundreds, as random weights give, all probabilities would be 0 or 1.
    with torch.inference_mode():
        spread = network(torch.randn(1, 3, side_px(network, 96), side_px(network, 96))).std()
    return Predictor(
        network, normalisation, lambda image, trim: network.trimmed(image, trim) / spread, **options
    )


def scores(model, source=SOURCE, tile_px=1024, raw=False, origin=(0, 0)):
    """The whole raster's scores, tile by tile; ``origin`` shifts where the tiles begin."""
    grid = source.grid
    shifted = cover(grid.width + origin[0], grid.height + origin[1], tile_px)
    plan_tiles = [
        Window(c.x - origin[0], c.y - origin[1], c.width, c.height).intersect(grid.window) for c in shifted
    ]
    whole = None
    for tile in plan_tiles:
        window = model.window(tile)
        image, valid = (torch.from_numpy(array)[None] for array in source.read(window))
        part = model.probabilities(image, valid, window, tile, raw)
        assert part.shape[1:] == (tile.height, tile.width)
        whole = part.new_full((len(part), grid.height, grid.width), torch.nan) if whole is None else whole
        whole[(..., *tile.within(grid.window))] = part
    assert not whole.isnan().any()
    return whole


class OneWay(Network):
    """Class 1 where it is brighter than 3 px to the right of it, seen with exactly the context that takes."""

    multiple_px, receptive_px = 2, 3

    def forward(self, image_BCHW):
        edge_BHW = image_BCHW[:, 0] - image_BCHW[:, 0].roll(-3, -1)
        return torch.stack([torch.zeros_like(edge_BHW), edge_BHW], 1)


class AllOrientations(OneWay):
    """Class 1 where it is brighter than the four pixels around it."""

    def forward(self, image_BCHW):
        around_BCHW = sum(image_BCHW.roll(step, axis) for step in (-1, 1) for axis in (-2, -1))
        bright_BHW = (image_BCHW - around_BCHW / 4)[:, 0]
        return torch.stack([torch.zeros_like(bright_BHW), bright_BHW], 1)


class ByWindow(Network):
    """Looks at all of its window: its logits differ from window to window, so that blending has something to
    hide.
    """

    multiple_px, receptive_px = 8, 10_000

    def forward(self, image_BCHW):
        here_BHW, all_B11 = image_BCHW[:, 0], image_BCHW[:, 1].mean((1, 2), keepdim=True)
        return torch.stack([here_BHW, 12 * all_B11.expand_as(here_BHW) - 4], 1)


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in NETWORKS if name not in FAR])
def test_scores_do_not_depend_on_the_tiles(name):
    model = predictor(name)
    whole = scores(model)
    assert torch.allclose(whole.sum(0), torch.ones(203, 301)) and len(whole.argmax(0).unique()) > 1
    # Cores that begin and end where no cell of the network does are computed on the same cells all the same.
    for tile_px, origin in ((96, (0, 0)), (131, (17, 40))):
        tiled = scores(model, tile_px=tile_px, origin=origin)
        assert torch.allclose(tiled, whole, atol=1e-5)
        assert (tiled.argmax(0) == whole.argmax(0)).float().mean() > 0.9999


@pytest.mark.slow
@pytest.mark.parametrize("scene", ["noise", "constant"])
@pytest.mark.parametrize("name", NETWORKS)
def test_no_seam_can_be_measured(name, scene):
    """Neighbours differ across the borders of tiles as much as at other places that lie alike in the
    network's cells.
    """
    image = np.full((3, 64 if name in FAR else 160, 520), 112, np.uint8)
    if scene == "noise":
        image = np.random.default_rng(0).integers(60, 160, image.shape, dtype=np.uint8)
    model = predictor(name, **({"blend_px": 64} if name in FAR else {}))
    steps = scores(model, ArraySource(image), tile_px=128).diff(dim=2).abs().mean((0, 1))
    columns = torch.arange(1, 520)
    border = columns % 128 == 0
    inside = (columns % small(name).multiple_px == 0) & ~border
    if scene == "noise":
        assert 0.9 < steps[border].mean() / steps[inside].mean() < 1.1
    else:
        assert (steps[border].mean() - steps[inside].mean()).abs() < 1e-6


@pytest.mark.parametrize("name", ["unet", "unet_valid", "dual_unet", "cam_cnn", "fcn"])
def test_exact_scores_are_those_of_the_bare_network(name):
    network = small(name, classes=3, seed=1)
    context = network.halo_px
    side = network.valid_size(128 + 2 * (context - network.margin_px)) + 2 * network.margin_px
    image, valid = (
        torch.from_numpy(array)[None] for array in SOURCE.read(Window(32 - context, 32 - context, side, side))
    )
    with torch.inference_mode():
        logits = network(BANDS.apply(image, valid))[0]
    inner = context - network.margin_px
    tile, model = Window(32, 32, 128, 128), Predictor(network, BANDS, network.trimmed)
    read = model.window(tile)
    image, valid = (torch.from_numpy(array)[None] for array in SOURCE.read(read))
    expected = logits[:, inner : inner + 128, inner : inner + 128]
    assert torch.allclose(model.probabilities(image, valid, read, tile, raw=True), expected, atol=1e-4)
    assert torch.allclose(model.probabilities(image, valid, read, tile), expected.softmax(0), atol=1e-5)


@pytest.mark.slow
@pytest.mark.parametrize("network", ["nasnet_mobile_fcn", ByWindow()], ids=["nasnet", "by_window"])
def test_a_far_sight_is_blended_and_does_not_depend_on_the_tiles(network):
    model = predictor(network, blend_px=64)
    assert model.blends and not predictor(network, blend=False).blends
    source = ArraySource(discs(130, 90)[0])
    whole = scores(model, source)
    assert torch.allclose(whole.sum(0), torch.ones(90, 130), atol=1e-5)
    for tile_px, origin in ((50, (0, 0)), (71, (17, 40))):
        assert torch.allclose(scores(model, source, tile_px, origin=origin), whole, atol=1e-5)


def test_blending_leaves_no_step_at_the_borders_of_windows():
    """On a flat scene with one bright half, windows differ: their scores must pass into each other."""
    image = torch.full((3, 100, 600), 110, dtype=torch.uint8).numpy()
    image[1, :, :300] = 160
    blended = scores(predictor(ByWindow(), blend_px=128), ArraySource(image))[1]
    cut = scores(predictor(ByWindow(), blend=False), ArraySource(image), tile_px=128)[1]
    smooth, step = (one.diff(dim=1).abs().max() for one in (blended, cut))
    assert step > 0.2 and smooth < 0.05


def test_windows_that_are_blended_begin_and_end_with_the_raster_and_cover_all_of_it():
    network = small("nasnet_mobile_fcn")  # of cells of 32 px

    def windows(area, tile, blend_px=64):
        blend = OverlapBlend(network, blend_px, area)
        found = blend.windows(tile)
        covered = blend.merge(((w, torch.ones(1, w.height, w.width)) for w in found), tile)
        assert torch.allclose(covered, torch.ones(1, tile.height, tile.width), atol=1e-6)
        return found

    wide = Window(0, 0, 160, 40)
    assert windows(wide, wide) == [Window(x, 0, 64, 64) for x in (0, 32, 64, 96)]
    assert windows(wide, Window(0, 0, 5, 5)) == [Window(0, 0, 64, 64)]
    assert windows(wide, wide, 1024) == [Window(0, 0, 160, 64)]
    long = Window(0, 0, 1100, 300)
    assert windows(long, long, 1024) == [Window(0, 0, 1024, 320), Window(96, 0, 1024, 320)]
    off = Window(-7, 9, 50, 30)
    assert windows(off, off, 1024) == [Window(-32, 0, 96, 64)]


@pytest.mark.parametrize("width", [100, 800, 1100, 2000, 5000])
def test_windows_that_are_blended_lie_evenly_and_overlap_by_a_quarter(width):
    area = Window(0, 0, width, width)
    starts = sorted(
        {window.x for window in OverlapBlend(small("nasnet_mobile_fcn"), 1024, area).windows(area)}
    )
    side = OverlapBlend(small("nasnet_mobile_fcn"), 1024, area).windows(area)[0].width
    steps = np.diff(starts)
    assert starts[0] == 0 and width <= starts[-1] + side < width + 32
    assert len(steps) == 0 or (steps.max() <= 3 * side / 4 and steps.max() - steps.min() <= 32)


def test_blending_one_that_sees_little_hardly_changes_it():
    exact, blended = scores(predictor()), scores(predictor(blend=True, blend_px=256))
    assert (exact.argmax(0) == blended.argmax(0)).float().mean() > 0.98 and not torch.equal(exact, blended)


def test_beyond_reach_and_unblended_there_is_some_context():
    network = small("nasnet_mobile_fcn")
    assert network.halo_px > 512
    assert predictor(network, blend=False).window(Window(320, 64, 320, 64)) == Window(192, -64, 576, 320)


@pytest.mark.parametrize(
    ("options", "halo_px"),
    [({}, 56), ({"scale": (2.0, 2.0)}, 2 * 56 + 2), ({"blend": True, "blend_px": 64}, 32)],
)
def test_the_halo_is_what_is_read_around_a_tile(options, halo_px):
    """Resampled, a tile needs the scores of one more pixel of the model's on each side; and it begins where a
    cell does.
    """
    model = predictor(**options)
    assert halo_px <= Ensemble([model]).halo_px <= halo_px + 2 * 8
    assert Ensemble([model, predictor("segnet")]).halo_px == small("segnet").halo_px == 224


def test_turned_scores_are_the_mean_over_the_eight_orientations():
    """What is bright beside what lies 3 px away: once in each direction, turned back to where it was."""
    image = torch.from_numpy(discs(90, 70)[0])
    network, context = OneWay(), 20
    padded = torch.from_numpy(
        ArraySource(image.numpy()).read(Window(-context, -context, 90 + 2 * context, 70 + 2 * context))[0]
    )
    normalised = (padded.float() - 110) / 25
    directions = []
    for step, axis in ((-3, -1), (3, -1), (-3, -2), (3, -2)):
        edge = (normalised[0] - normalised[0].roll(step, axis))[context:-context, context:-context]
        directions.append(edge.sigmoid())
    found = scores(predictor(network, augment=True), ArraySource(image.numpy()), tile_px=37)
    assert torch.allclose(found[1], torch.stack(directions).mean(0), atol=1e-5)


def test_turning_changes_nothing_for_a_network_without_directions():
    plain, turned = (
        scores(predictor(AllOrientations(), augment=augment), tile_px=99) for augment in (False, True)
    )
    assert torch.allclose(plain, turned, atol=1e-5)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["unet", "unet_valid", "cam_cnn"])
def test_turned_scores_do_not_depend_on_the_tiles(name):
    model = predictor(name, augment=True)
    assert torch.allclose(scores(model), scores(model, tile_px=131, origin=(17, 40)), atol=1e-5)
    assert not torch.allclose(scores(model), scores(predictor(name)), atol=1e-2)


@pytest.mark.slow
@pytest.mark.parametrize("options", [{}, {"augment": True}, {"blend": True, "blend_px": 64}])
@pytest.mark.parametrize("scale", [(2.0, 2.0), (1.37, 2.2), (0.6, 0.75), (0.8, 1.7)])
def test_resampled_scores_do_not_depend_on_the_tiles(scale, options):
    model = predictor(scale=scale, **options)
    whole, tiled = scores(model), scores(model, tile_px=96, origin=(17, 40))
    assert torch.allclose(whole, tiled, atol=1e-5)
    assert (whole.argmax(0) == tiled.argmax(0)).float().mean() > 0.9999


def test_a_model_sees_the_pixel_size_that_it_learnt_with():
    """A scene enlarged threefold is classified as the scene itself, where the model's pixels are three of the
    raster's.
    """
    image = discs(150, 140)[0]
    large = ArraySource(image.repeat(3, 1).repeat(3, 2))
    itself = scores(predictor(), ArraySource(image)).argmax(0)
    found = scores(predictor(scale=(3.0, 3.0)), large, tile_px=100).argmax(0)
    # Beyond the raster's edge the enlarged scene is mirrored about a third of a pixel elsewhere.
    edge = small("unet").receptive_px
    assert (found[1::3, 1::3] == itself)[edge:-edge, edge:-edge].all() and len(itself.unique()) > 1


def test_what_has_no_data_is_as_the_mean_and_spoils_no_neighbour():
    image = discs(120, 100)[0]
    holes = ArraySource(image).read(Window(0, 0, 120, 100))[1]
    holes[30:50, 40:80] = False
    wild = image.copy()
    wild[:, ~holes] = 255
    for scale in ((1.0, 1.0), (1.5, 2.0)):
        one, other = (scores(predictor(scale=scale), ArraySource(each, holes)) for each in (image, wild))
        assert torch.equal(one, other)


@pytest.mark.slow
def test_an_ensemble_averages_models_of_other_kinds_sizes_and_normalisations():
    models = [
        predictor("unet"),
        predictor("unet_valid", normalisation=Normalisation((90.0,) * 3, (40.0,) * 3)),
        predictor("segnet", augment=True, scale=(1.5, 1.5)),
        predictor("fcn", blend=True, blend_px=64),
    ]
    together = scores(Ensemble(models), tile_px=150)
    assert torch.allclose(together, torch.stack([scores(one) for one in models]).mean(0), atol=1e-5)


@pytest.mark.slow
def test_one_alone_may_give_logits():
    raw = scores(Ensemble([predictor()]), raw=True)
    assert (
        torch.allclose(raw.softmax(0), scores(predictor()), atol=1e-5) and (raw.sum(0) - 1).abs().max() > 0.1
    )
    for model in (
        Ensemble([predictor(), predictor(seed=2)]),
        predictor(augment=True),
        predictor(scale=(2.0, 2.0)),
    ):
        assert torch.allclose(scores(model, raw=True).sum(0), torch.ones(203, 301), atol=1e-5)


@pytest.mark.parametrize(
    "options", [{"blend": True, "blend_px": 64}, {"augment": True}, {"scale": (2.0, 2.0)}]
)
def test_scores_do_not_depend_on_how_many_windows_are_computed_together(options):
    alone, together = (scores(predictor(max_batch_px=px, **options)) for px in (0, 2**20))
    assert torch.allclose(alone, together, atol=1e-4)


def test_windows_and_orientations_are_grouped_where_that_is_faster():
    """Groups give what one by one gives, and there are as many as room is for."""
    batches = []
    network = small("unet", classes=3)

    def compute(image_BCHW, trim):
        batches.append(tuple(image_BCHW.shape))
        return network.trimmed(image_BCHW, trim)

    model = Predictor(network, BANDS, compute, augment=True, blend=True, blend_px=64)
    image, trim = torch.randn(7, 3, 64, 64), Sides.all(0)
    with torch.inference_mode():
        one_by_one, grouped = (model._mean_probabilities(image, trim, px) for px in (0, 7 * 64 * 64 * 3))
    assert torch.allclose(one_by_one, grouped, atol=1e-5)
    assert [batch for batch, *_ in batches] == [7] * 8 + [21, 7, 21, 7]

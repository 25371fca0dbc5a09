"""Train jobs that are stopped and go on, and what the user says of labels and validation."""

import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from safetensors.torch import load_file
from scenes import discs

from engine.core.legend import IGNORE
from engine.core.windows import Window
from engine.jobs import run
from engine.jobs.train import prepare
from engine.jobs.train.recipe import recipe_of
from engine.model_files import model_file
from engine.protocol import Cancelled, EngineError, Epoch, Log, Progress, TrainJob, encode_job, parse_event
from engine.raster import Grid
from engine.training import splitting
from engine.training.checkpoint import checkpoint_path
from engine.training.learner import Learner

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[3]
WIDTH, HEIGHT = 320, 256
ORIGIN, PIXEL_M = (300000.0, 3060000.0), 2.0


@pytest.fixture(scope="session")
def grid(wkt):
    return Grid(WIDTH, HEIGHT, (ORIGIN[0], PIXEL_M, 0.0, ORIGIN[1], 0.0, -PIXEL_M), wkt(32645))


@pytest.fixture
def job(make_raster, grid, tmp_path):
    image_CHW, ids_HW = discs(WIDTH, HEIGHT)
    return TrainJob(
        images=(make_raster(image_CHW, grid=grid),),
        references=(make_raster(ids_HW, name="labels.tif", grid=grid),),
        model=str(tmp_path / "m.safetensors"),
        options={"width": 4, "depth": 2},
        epochs=4,
        patch_px=32,
        device="cpu",
    )


def box(wkt_of, x, y, width, height):
    """Pixels of the image as the WKT of a polygon in its CRS."""
    left, top = ORIGIN[0] + x * PIXEL_M, ORIGIN[1] - y * PIXEL_M
    right, bottom = left + width * PIXEL_M, top - height * PIXEL_M
    return f"POLYGON(({left} {top},{right} {top},{right} {bottom},{left} {bottom},{left} {top}))"


def cancelled_at(epoch, kind=Progress):
    """An emit that cancels after this epoch, at the next event of that kind."""
    seen = []

    def emit(event):
        if isinstance(event, Epoch):
            seen.append(event.number)
        if epoch in seen and isinstance(event, kind):
            raise Cancelled

    return emit


def weights(job):
    return {name: tensor.tolist() for name, tensor in load_file(job.model).items()}


def test_cancel_offers_the_best_model_so_far_and_the_same_run_goes_on(job, tmp_path):
    whole = replace(job, model=str(tmp_path / "whole.safetensors"))
    run(whole, lambda event: None)
    with pytest.raises(Cancelled) as cancelled:
        run(job, cancelled_at(2))
    best = tmp_path / "m.best.safetensors"
    card = model_file.load_card(str(best))
    assert str(best) in cancelled.value.remedy and len(card.history) == 2 and not Path(job.model).exists()
    events = []
    result = run(job, events.append)
    assert any(
        isinstance(event, Log) and "Continuing an earlier run after epoch 2" in event.text for event in events
    )
    assert weights(job) == weights(whole) and result["epochs_run"] == 4
    assert not checkpoint_path(job.model).exists()


def test_a_run_may_begin_anew_all_the_same(job):
    with pytest.raises(Cancelled):
        run(job, cancelled_at(2))
    events = []
    run(replace(job, resume=False, epochs=1), events.append)
    assert not any(isinstance(event, Log) and "Continuing" in event.text for event in events)
    assert len(model_file.load_card(job.model).history) == 1


@pytest.mark.parametrize(
    ("changes", "goes_on"), [({"epochs": 3}, True), ({"seed": 9}, False), ({"loss": "dice"}, False)]
)
def test_only_how_long_it_goes_on_may_differ(job, changes, goes_on):
    with pytest.raises(Cancelled):
        run(job, cancelled_at(1))
    events = []
    run(replace(job, **changes), events.append)
    words = [event.text for event in events if isinstance(event, Log)]
    assert any("Continuing" in text for text in words) == goes_on
    assert any("starts from the beginning" in text for text in words) != goes_on


def test_a_model_that_cannot_be_saved_loses_no_training(job, monkeypatch, tmp_path):
    def full(*_):
        raise EngineError("disk_full", "The disk is full.", "Free some space.")

    job = replace(job, report=str(tmp_path / "t.html"))
    with monkeypatch.context() as patch, pytest.raises(EngineError, match="full"):
        patch.setattr(model_file, "save", full)
        run(job, lambda event: None)
    assert not Path(job.report).exists() and not Path(job.model).exists()
    events = []
    run(job, events.append)
    assert (
        Path(job.report).exists() and len([event for event in events if isinstance(event, Epoch)]) == 4
    )  # emitted again, not run
    assert not any(
        isinstance(event, Progress) and event.unit == "batches" and event.done < event.total
        for event in events
    )


def test_a_killed_engine_goes_on_to_the_same_weights(job, tmp_path):
    whole = replace(job, model=str(tmp_path / "whole.safetensors"))
    run(whole, lambda event: None)
    file = tmp_path / "job.json"
    file.write_text(encode_job(job))
    command = [sys.executable, "-m", "engine", "serve"]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as engine:
        engine.stdin.write(encode_job(job) + "\n")
        engine.stdin.flush()
        for line in engine.stdout:
            event = parse_event(line)
            if isinstance(event, Epoch) and event.number == 3:
                break
        engine.send_signal(signal.SIGKILL)
    assert checkpoint_path(job.model).exists() and not Path(job.model).exists()
    run(job, lambda event: None)
    assert weights(job) == weights(whole)


@pytest.mark.parametrize("network", ["unet", "pixel_svm"])
def test_labels_inside_the_validation_area_validate_and_those_it_touches_are_not_learnt(
    network, job, make_vector, wkt, monkeypatch
):
    """The west for training, 100 px of the east for validation: its border cuts through blocks, whose rest is
    unused.
    """
    area = make_vector([(box(wkt, 220, 0, 100, HEIGHT), 1)], name="area.gpkg")
    splits, split_by_area = [], splitting.split_by_area
    monkeypatch.setattr(
        splitting, "split_by_area", lambda *given: splits.append(split_by_area(*given)) or splits[0]
    )
    others = {"network": network, "options": {}} if network == "pixel_svm" else {}
    run(replace(job, validation_area=area, epochs=1, **others), lambda event: None)
    ((training, validation),) = [(one.training, one.validation) for one in splits]
    assert max(block.window.right for block in training) <= 220
    _, ids_HW = discs(WIDTH, HEIGHT)
    counts = np.sum([block.counts for block in validation], axis=0)
    assert counts.tolist() == np.bincount(ids_HW[:, 220:].ravel(), minlength=2).tolist()
    assert np.array(model_file.load_card(job.model).confusion).sum() == counts.sum()


@pytest.mark.parametrize(
    ("place", "code"),
    [((0, 0, WIDTH, HEIGHT), "no_training"), ((5000, 5000, 9, 9), "no_overlap")],
    ids=["all", "elsewhere"],
)
def test_a_validation_area_that_leaves_nothing_is_refused(job, make_vector, wkt, place, code):
    area = make_vector([(box(wkt, *place), 1)], name="area.gpkg")
    with pytest.raises(EngineError) as error:
        run(replace(job, validation_area=area), lambda event: None)
    assert error.value.code == code and error.value.remedy


def test_classes_are_renamed_and_those_of_one_name_are_joined(make_raster, make_vector, grid, wkt, tmp_path):
    image_CHW, _ = discs(WIDTH, HEIGHT)
    image = make_raster(image_CHW, grid=grid)
    names = ["concrete", "concerte", "Grass", "water"]
    places = [(40 * n, 32 * m, 32, 24) for n in range(8) for m in range(8)]
    features = [(box(wkt, *place), names[n % 4]) for n, place in enumerate(places)]
    layer = make_vector(features, field="kind", kind="OFTString")
    job = TrainJob(
        images=(image,),
        references=(layer,),
        field="kind",
        renames={"concerte": "concrete", "grass": "Meadow", "snow": "ice"},
        model=str(tmp_path / "m.safetensors"),
        options={"width": 4, "depth": 2},
        epochs=1,
        patch_px=32,
        device="cpu",
    )
    events = []
    run(job, events.append)
    assert [c.name for c in model_file.load_card(job.model).classes] == ["Meadow", "concrete", "water"]
    warnings = [event.text for event in events if isinstance(event, Log) and event.warning]
    assert any("'snow'" in text for text in warnings)


def test_codes_are_renamed_too(job):
    run(replace(job, epochs=1, renames={"0": "ground", "1": "disc"}), lambda event: None)
    assert [(c.value, c.name) for c in model_file.load_card(job.model).classes] == [
        (0, "ground"),
        (1, "disc"),
    ]


def test_split_by_leaves_out_blocks_whose_labels_lie_outside_the_area_they_touch():
    ids_HW = np.zeros((64, 128), np.uint8)
    ids_HW[:, 96:] = IGNORE
    blocks = splitting.count_labels(
        [(128, 64)], 64, 1, lambda image, window: ids_HW[window.within(Window(0, 0, 128, 64))], print
    )
    inside_HW = np.zeros((64, 128), bool)
    inside_HW[:, 100:] = True
    with pytest.raises(EngineError, match="No labelled pixel"):
        whole = Window(0, 0, 128, 64)
        splitting.split_by_area(
            blocks, 1, lambda i, w: ids_HW[w.within(whole)], lambda i, w: inside_HW[w.within(whole)]
        )


def test_pairs_by_name_train(make_raster, tmp_path):
    """Two images whose labels are swapped in the list: learnt as they belong, the scene is easy."""
    images, labels = [], []
    for seed, name in enumerate(["one", "two"]):
        image_CHW, ids_HW = discs(256, 192, seed=seed)
        images.append(make_raster(image_CHW, name=f"{name}.tif"))
        labels.append(make_raster(ids_HW, name=f"{name}_label.tif"))
    job = TrainJob(
        images=tuple(images),
        references=tuple(labels[::-1]),
        model=str(tmp_path / "m.safetensors"),
        options={"width": 4, "depth": 2},
        epochs=8,
        patch_px=32,
        learning_rate=5e-3,
        device="cpu",
    )
    assert run(job, lambda event: None)["mean_f1"] > 0.85
    assert model_file.load_card(job.model).pixel_size_m is None


# ── bad input ────────────────────────────────────────────────────────────────────────────────────


def logged(job):
    """The warnings of a run."""
    events = []
    run(job, events.append)
    return [event.text for event in events if isinstance(event, Log) and event.warning]


def test_a_constant_band_is_warned_of_and_a_constant_image_refused(job, make_raster, grid):
    image_CHW, _ = discs(WIDTH, HEIGHT)
    image_CHW[1] = 77
    one = make_raster(image_CHW, name="one.tif", grid=grid)
    assert any(
        "all training pixels have one value" in text for text in logged(replace(job, images=(one,), epochs=1))
    )
    none = make_raster(np.full_like(image_CHW, 5), name="none.tif", grid=grid)
    with pytest.raises(EngineError, match=r"the same value everywhere \(5, 5, 5\)"):
        run(replace(job, images=(none,)), [].append)


def test_a_checkpoint_of_another_network_is_ignored_with_a_warning(job):
    with pytest.raises(Cancelled):
        run(job, cancelled_at(1))
    other = replace(job, network="segnet", options={"width": 4}, epochs=1)
    assert any(
        "Training starts from the beginning" in text and checkpoint_path(job.model).name in text
        for text in logged(other)
    )


def test_a_class_in_the_validation_area_alone_is_refused(job, make_raster, make_vector, grid, wkt):
    _, ids_HW = discs(WIDTH, HEIGHT)
    ids_HW[:40, :40] = 2
    labels = make_raster(ids_HW, name="three.tif", grid=grid)
    area = make_vector([(box(wkt, 0, 0, 64, 64), 1)], name="area.gpkg")
    with pytest.raises(EngineError, match="The class '2' has labels in the validation area only"):
        run(replace(job, references=(labels,), validation_area=area), [].append)


def test_labels_elsewhere_are_refused_with_both_extents(job, make_raster, grid):
    _, ids_HW = discs(WIDTH, HEIGHT)
    far = Grid(WIDTH, HEIGHT, (ORIGIN[0] + 1e5, PIXEL_M, 0.0, ORIGIN[1], 0.0, -PIXEL_M), grid.crs_wkt)
    with pytest.raises(EngineError, match="do not overlap"):
        run(replace(job, references=(make_raster(ids_HW, name="far.tif", grid=far),)), [].append)


def test_classes_with_too_few_pixels_are_warned_of(job, make_raster, grid):
    _, ids_HW = discs(WIDTH, HEIGHT)
    ids_HW[4:8, 4:8] = ids_HW[200:204, 200:204] = ids_HW[100:104, 300:304] = 2
    warnings = logged(replace(job, references=(make_raster(ids_HW, name="few.tif", grid=grid),), epochs=1))
    assert any("'2' has only" in text and "to learn from" in text for text in warnings)


def test_when_a_gpu_fails_in_mid_run_the_best_model_is_kept(job, monkeypatch):
    step, done = Learner.step, []

    def lost(self, *args):
        done.append(1)
        if len(done) > 50:
            raise RuntimeError("CUDA error: unspecified launch failure\nCUDA kernel errors might be ...")
        return step(self, *args)

    monkeypatch.setattr(Learner, "step", lost)
    with pytest.raises(EngineError) as caught:
        run(replace(job, epochs=50), [].append)
    assert caught.value.code == "device_lost" and "unspecified launch failure" in caught.value.message
    assert ".best" in caught.value.remedy and "continues from there" in caught.value.remedy
    assert model_file.load_card(str(Path(job.model).with_suffix(".best.safetensors"))).best_epoch >= 1
    monkeypatch.undo()
    assert run(job, [].append)["epochs_run"] == 4, "the same run again goes on"


def test_a_run_goes_on_in_the_sizes_it_began_with_whatever_memory_is_free(job, monkeypatch):
    """Patches were halved for want of memory; now there is more, or less again, and it is the same training
    all the same.
    """
    job = replace(job, patch_px=0)

    def halved(recipe, *args, patch_is_set):
        return (recipe, 2) if patch_is_set else (replace(recipe, patch_px=64, batch=4), 1)

    monkeypatch.setattr(prepare, "fit_to_memory", halved)
    with pytest.raises(Cancelled):
        run(job, cancelled_at(1))
    monkeypatch.undo()
    assert not [text for text in logged(job) if "anew" in text]
    assert model_file.load_card(job.model).recipe["patch_px"] == 64


def test_other_settings_are_not_bound_by_the_sizes_of_an_unfinished_run(job, monkeypatch):
    job = replace(job, patch_px=0)
    with pytest.raises(Cancelled):
        run(job, cancelled_at(1))
    asked = []
    monkeypatch.setattr(
        prepare,
        "fit_to_memory",
        lambda recipe, *args, patch_is_set: asked.append(patch_is_set) or (recipe, 1),
    )
    run(replace(job, loss="dice", epochs=1), [].append)
    assert asked == [False]


def test_model_and_report_say_what_was_trained_on_and_from_how_many_polygons(job, make_vector, wkt, tmp_path):
    features = [(box(wkt, 40 * n, 30 * (n % 8), 20, 20), "wood" if n % 2 else "field") for n in range(8)]
    labels = make_vector(features, kind="OFTString")
    report = str(tmp_path / "report.html")
    run(replace(job, references=(labels,), field="class", epochs=1, report=report), [].append)
    card = model_file.load_card(job.model)
    assert card.features == {"field": 4, "wood": 4} and card.device.startswith("CPU")
    page = Path(report).read_text(encoding="utf-8")
    assert f"Trained on {card.device}." in page and "Polygons" in page


# ── settings that follow from others ─────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("asked", "batch"), [(0, 16), (2, 2)])
def test_where_labels_allow_small_patches_alone_a_step_takes_more_of_them(job, asked, batch):
    run(replace(job, patch_px=0, batch=asked, epochs=1), [].append)
    recipe = model_file.load_card(job.model).recipe
    assert (recipe["patch_px"], recipe["batch"]) == (64, batch)


@pytest.mark.parametrize(("augmentation", "shift"), [("auto", 1.0), ("flips", 1.0), ("none", 0.0)])
def test_extras_are_shifted_unless_patches_are_to_be_left_as_they_are(job, augmentation, shift):
    assert recipe_of(replace(job, augmentation=augmentation)).extra_shift == shift

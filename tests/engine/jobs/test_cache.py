"""The cache of a warm engine: the last two things of each kind, by key; and no compiler that is not used."""

import dataclasses
import gc
import subprocess
import sys
import weakref
from pathlib import Path

import pytest
import torch
from test_model_file import CARD

from engine.core import cache
from engine.jobs.classify.models import load_models
from engine.model_files import model_file
from engine.models import build_model
from engine.protocol import EngineError

ROOT = Path(__file__).parents[3]


@pytest.fixture(autouse=True)
def forgotten():
    yield
    cache.clear()


class Thing:
    """Something that only the search for cycles finds when it is unused."""

    def __init__(self):
        self.itself = self


def test_the_last_two_of_a_kind_are_kept():
    made = []

    def get(key, kind="a"):
        return cache.get_or_make(kind, key, lambda: made.append(key) or Thing())

    first = get(1)
    assert get(2) is not first and get(1) is first and get(3, "b") and made == [1, 2, 3]
    get(4)
    assert get(1) is first and made == [1, 2, 3, 4], "the one used last went"
    get(2)
    assert made == [1, 2, 3, 4, 2]


@pytest.mark.slow
def test_what_is_kept_no_more_is_freed_though_jobs_came_in_between():
    things = []
    for key in range(4):
        cache.freeze_gc()
        things.append(weakref.ref(cache.get_or_make("a", key, Thing)))
        cache.collect()
    assert [thing() is not None for thing in things] == [False, False, True, True]
    cache.freeze_gc()
    cache.clear()
    cache.collect()
    assert not any(thing() for thing in things)
    gc.unfreeze()


def test_nothing_is_kept_of_what_could_not_be_made():
    with pytest.raises(ZeroDivisionError):
        cache.get_or_make("a", 1, lambda: 1 / 0)
    assert cache.get_or_make("a", 1, lambda: "made") == "made"


@pytest.fixture
def model(tmp_path):
    path = str(tmp_path / "m.safetensors")
    save(path)
    return path


def save(path, card=CARD, seed=0):
    torch.manual_seed(seed)
    model_file.save(path, card, build_model("unet", 2, 2, **CARD.options).state_dict())


def values(network):
    return torch.cat([tensor.flatten() for tensor in network.state_dict().values()])


def load(path):
    (model,) = load_models([path])
    return model


def test_a_model_is_read_and_made_ready_once(model, monkeypatch):
    first = load(model)
    monkeypatch.setattr(model_file, "load", None)
    again = load(model)
    assert again.card == first.card == CARD and again.weights is first.weights


def test_a_model_that_was_made_again_is_read_again(model):
    before = load(model)
    save(model, dataclasses.replace(CARD, best_epoch=7), seed=1)
    after = load(model)
    assert after.card.best_epoch == 7 and after.weights is not before.weights
    assert not torch.equal(values(before.network), values(after.network))
    Path(model).unlink()
    with pytest.raises(EngineError, match="no model file"):
        load(model)


@pytest.mark.skipif(
    not Path("/proc/self/maps").exists(), reason="open files are listed in /proc on Linux alone"
)
def test_a_kept_model_holds_no_file(model):
    load(model)
    assert model not in Path("/proc/self/maps").read_text(encoding="utf-8")


@pytest.mark.slow
def test_shapes_of_networks_are_had_without_the_compiler():
    """It would take two seconds and 100 MB of each engine."""
    program = (
        "import sys\n"
        "from engine.models import build_model, on_meta_device\n"
        "from engine.protocol import choices\n"
        "for name in choices('models'):\n"
        "    with on_meta_device():\n"
        "        network = build_model(name, 3, 2, 'none')\n"
        "    assert all(weight.is_meta for weight in network.parameters())\n"
        "    assert 'torch._dynamo' not in sys.modules, name\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr

"""Jobs and events survive the wire; what is wrong with a job is named, with its value."""

import dataclasses
import json
import subprocess
import sys

import pytest

from engine.protocol import (
    JOBS,
    CheckJob,
    Classes,
    ClassifyJob,
    EngineError,
    Epoch,
    EvaluateJob,
    Failure,
    Frame,
    Log,
    Progress,
    Result,
    Started,
    Tile,
    TrainJob,
    choice,
    choices,
    encode_event,
    encode_job,
    parse_event,
    parse_job,
)

TRAIN = TrainJob(
    images=("é à.tif",), references=("a b.gpkg|layername=x",), model="m.safetensors", options={"width": 16}
)
EVENTS = [
    Started("CPU", "no CUDA device was found"),
    Progress(1, 2, "px", 3.5, 4.5),
    Log("text", warning=True),
    Epoch(1, 0.5, 0.4, 0.9, 0.8, 0.95, {"building": 0.9}, 1e-3, 2.0),
    Classes(("roof", "water"), ("#ff0000", "#0000ff")),
    Frame(1, "EPSG:4326", (0.0, 1.0, 0.0, 0.0, 0.0, -1.0), 2, 3, 40, 50, 2),
    Tile(1, 2, 3, 4, 5, "AAAA"),
    Result({"pixels": 4}),
    Failure("code", "message", "remedy"),
]


@pytest.mark.parametrize(
    "job", [TRAIN, ClassifyJob("i", ("m",), "o", augment=True), EvaluateJob("c", ("r",)), CheckJob()]
)
def test_a_job_survives_the_wire(job):
    assert parse_job(encode_job(job)) == job


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: type(event).__name__)
def test_an_event_survives_the_wire_on_one_line(event):
    line = encode_event(event)
    assert "\n" not in line and parse_event(line) == event


def test_every_job_kind_says_what_it_writes():
    assert {"train", "classify", "evaluate", "check"} <= set(JOBS)
    assert dataclasses.replace(TRAIN, report="r.html").outputs() == ("m.safetensors", "r.html")


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"epoch": 3}, "'epoch'"),
        ({"epochs": -1}, "epochs is -1"),
        ({"epochs": 2.5}, "epochs is 2.5"),
        ({"epochs": True}, "epochs is True"),
        ({"minutes": -1}, "minutes is -1"),
        ({"device": "gpu"}, "auto, cuda, mps, cpu"),
        ({"images": []}, "images is []"),
        ({"images": "a.tif"}, "a list with at least one path"),
        ({"options": {"width": "x"}}, "options"),
        ({"version": 99}, "version 99"),
        ({"version": None}, "version None"),
        ({"job": "fly"}, "'fly'"),
    ],
)
def test_what_is_wrong_with_a_job_is_named(change, named):
    with pytest.raises(EngineError) as error:
        parse_job(json.dumps({**json.loads(encode_job(TRAIN)), **change}))
    assert named in str(error.value)
    assert error.value.remedy


@pytest.mark.parametrize("text", ["", "[]", "{", "null", '{"job": ["train"]}'])
def test_what_is_no_job_at_all_is_refused(text):
    with pytest.raises(EngineError):
        parse_job(text)


def test_a_missing_key_is_named():
    with pytest.raises(EngineError, match="'model'"):
        parse_job('{"job": "train", "version": 1, "images": ["a"], "references": ["b"]}')


@pytest.mark.parametrize("line", ["hello", "{}", '{"event": "dance"}', '{"event": "log", "colour": 1}', "[]"])
def test_a_line_that_is_no_event_is_refused(line):
    with pytest.raises(EngineError, match="not an event"):
        parse_event(line)


@pytest.mark.parametrize("folder", ["models", "losses"])
def test_choices_are_read_without_importing_anything_heavy(folder):
    script = (
        f"import sys; from engine.protocol import choices; print(*choices({folder!r})); "
        "assert 'torch' not in sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == list(choices(folder)) != []


def test_every_choice_has_a_title_and_a_description():
    for folder, role in (("models", "classes"), ("losses", "classes"), ("losses", "auxiliary")):
        for entry in choices(folder, role).values():
            assert entry.title and entry.about.endswith(".")


def test_an_unknown_choice_or_option_is_named_with_what_there_is():
    with pytest.raises(EngineError, match=r"'vnet'.*unet"):
        choice("models", "vnet", {})
    with pytest.raises(EngineError, match=r"'girth'.*width=32"):
        choice("models", "unet", {"girth": 3})

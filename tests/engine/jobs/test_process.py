"""The engine as a process: one line in, events out, cancel at once, no orphan, honest exit codes."""

import dataclasses
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from safetensors.torch import load_file
from scenes import discs

from engine.protocol import (
    CANCEL_LINE,
    IDLE_MARK,
    CheckJob,
    ClassifyJob,
    Epoch,
    EvaluateJob,
    Failure,
    Progress,
    Result,
    Started,
    Tile,
    TrainJob,
    encode_job,
    parse_event,
)

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[3]
gdal = pytest.importorskip("osgeo.gdal", reason="the engine's files need GDAL")


@pytest.fixture
def serve():
    """A running ``python -m engine serve``."""
    process = subprocess.Popen(
        [sys.executable, "-m", "engine", "serve"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    yield process
    process.kill()
    for pipe in (process.stdin, process.stdout, process.stderr):
        pipe.close()
    process.wait()


@pytest.fixture
def scene(tmp_path):
    """An image and its label raster as files, in a folder with a space and letters beyond ASCII."""
    folder = tmp_path / "Bild é 图"
    folder.mkdir()
    image_CHW, ids_HW = discs(400, 300)
    for name, array in (("image.tif", image_CHW), ("labels.tif", ids_HW[None])):
        dataset = gdal.GetDriverByName("GTiff").Create(
            str(folder / name), 400, 300, len(array), gdal.GDT_Byte
        )
        dataset.SetGeoTransform((500_000, 0.5, 0, 5_000_000, 0, -0.5))
        dataset.SetProjection("EPSG:32632")
        dataset.WriteArray(array)
    return folder


def train_job(folder, **values):
    return TrainJob(
        images=(str(folder / "image.tif"),),
        references=(str(folder / "labels.tif"),),
        model=str(folder / "model.safetensors"),
        **{"options": {"width": 4, "depth": 2}, "epochs": 8, "device": "cpu", **values},
    )


def send(process, line):
    process.stdin.write(line + "\n")
    process.stdin.flush()


def until(process, kind):
    """Events up to the first of ``kind``."""
    events = []
    for line in process.stdout:
        events.append(parse_event(line))
        if isinstance(events[-1], kind):
            return events
    raise AssertionError(f"no {kind}, but {events[-3:]} and {process.stderr.read()[-2000:]}")


def test_train_classify_evaluate_in_one_process(serve, scene):
    send(serve, encode_job(train_job(scene, report=str(scene / "training.html"))))
    events = until(serve, (Result, Failure))
    assert isinstance(events[-1], Result), events[-1]
    assert any(isinstance(e, Started) and "asked for" in e.reason for e in events)
    assert sum(isinstance(e, Epoch) for e in events) == events[-1].values["epochs_run"] == 8
    send(
        serve,
        encode_job(
            ClassifyJob(str(scene / "image.tif"), (str(scene / "model.safetensors"),), str(scene / "map.tif"))
        ),
    )
    events = until(serve, (Result, Failure))
    assert events[-1].values["pixels"] == 400 * 300 and any(isinstance(e, Tile) for e in events)
    report = {name: str(scene / f"report.{name}") for name in ("json", "csv")}
    send(serve, encode_job(EvaluateJob(str(scene / "map.tif"), (str(scene / "labels.tif"),), **report)))
    figures = until(serve, (Result, Failure))[-1].values
    assert figures["overall_accuracy"] > 0.9 and figures["mean_f1"] > 0.9
    map_HW = gdal.Open(str(scene / "map.tif")).ReadAsArray()
    truth_HW = gdal.Open(str(scene / "labels.tif")).ReadAsArray()
    assert figures["overall_accuracy"] == pytest.approx(np.mean(map_HW == truth_HW))
    serve.stdin.close()
    assert serve.wait(20) == 0


def classify_job(folder):
    return ClassifyJob(
        str(folder / "image.tif"), (str(folder / "model.safetensors"),), str(folder / "map.tif"), device="cpu"
    )


def result(process, job):
    """The values of ``job``, once the engine rests after it."""
    send(process, encode_job(job))
    last = until(process, (Result, Failure))[-1]
    assert isinstance(last, Result), last
    assert any(line == f"{IDLE_MARK}\n" for line in process.stderr)
    return last.values


@pytest.mark.skipif(
    not Path("/proc/self/status").exists(), reason="what a process holds is told in /proc on Linux alone"
)
def test_an_engine_at_rest_holds_no_more_after_twenty_jobs_than_after_five(serve, scene):
    def held():
        """Files, threads, and memory in kB."""
        home = Path(f"/proc/{serve.pid}")
        status = dict(line.split(":", 1) for line in (home / "status").read_text().splitlines())
        return len(os.listdir(home / "fd")), int(status["Threads"]), int(status["VmRSS"].split()[0])

    result(serve, train_job(scene, epochs=1))
    after = []
    for _ in range(20):
        result(serve, classify_job(scene))
        after.append(held())
    (files, threads, memory_kb), last = after[4], after[-1]
    assert last[:2] == (files, threads)
    assert last[2] < 1.03 * memory_kb


def test_jobs_in_between_leave_no_trace(serve, scene):
    """Random numbers, threads and settings of libraries are what they were: the same job gives the same model
    and map.
    """
    models, maps = [], []
    for _ in range(2):
        result(serve, train_job(scene, epochs=2))
        models.append(load_file(scene / "model.safetensors"))
        result(serve, classify_job(scene))
        maps.append((scene / "map.tif").read_bytes())
        send(serve, encode_job(dataclasses.replace(train_job(scene), images=(str(scene / "nowhere.tif"),))))
        assert until(serve, Failure)[-1].code == "no_file"
    assert all(np.array_equal(models[0][name], models[1][name]) for name in models[0]) and maps[0] == maps[1]


def test_cancel_stops_training_within_a_second_and_leaves_nothing(serve, scene):
    before = sorted(scene.iterdir())
    send(serve, encode_job(train_job(scene, epochs=100_000)))
    until(serve, Progress)
    asked = time.monotonic()
    send(serve, CANCEL_LINE)
    end = until(serve, (Result, Failure))[-1]
    assert end.code == "cancelled" and time.monotonic() - asked < 2
    assert sorted(scene.iterdir()) == before
    send(serve, encode_job(CheckJob(only_device=True)))
    assert isinstance(until(serve, (Result, Failure))[-1], Result)


def test_the_end_of_stdin_ends_a_running_job(serve, scene):
    send(serve, encode_job(train_job(scene, epochs=100_000)))
    until(serve, Progress)
    serve.stdin.close()
    assert serve.wait(15) != 0
    assert not (scene / "model.safetensors").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends processes without a signal")
def test_a_run_that_is_terminated_leaves_nothing(scene, tmp_path):
    before = sorted(scene.iterdir())
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    job = tmp_path / "job.json"
    job.write_text(encode_job(train_job(scene, epochs=100_000)))
    command = [sys.executable, "-m", "engine", "train", str(job)]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**os.environ, "TMPDIR": str(temporary)},
    ) as process:
        assert any('"batches"' in line for line in process.stdout)
        assert list(temporary.glob("raster-segmenter-*")) != []
        process.terminate()
        process.stdout.read()
        assert process.wait(10) == 128 + signal.SIGTERM
    assert sorted(scene.iterdir()) == before and list(temporary.glob("raster-segmenter-*")) == []


def test_a_bad_job_is_refused_quickly_and_the_next_one_runs(serve):
    send(serve, '{"job": "train", "version": 1, "colour": "red"}')
    assert "'colour'" in until(serve, Failure)[-1].message
    send(serve, encode_job(CheckJob(device="cpu", only_device=True)))
    values = until(serve, Result)[-1].values
    assert values["torch"] and values["device"].startswith("CPU")


def test_stdout_holds_events_and_nothing_else(tmp_path):
    job = tmp_path / "job.json"
    job.write_text('{"version": 1}')
    script = (
        "import sys, os; from engine import __main__ as m, jobs\n"
        "def noisy(job, emit): print('stray'); os.write(1, b'stray from C\\n'); return {}\n"
        "jobs.run = noisy\n"
        f"sys.exit(m.main(['check', {str(job)!r}]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert isinstance([parse_event(line) for line in done.stdout.splitlines()][-1], Result)
    assert done.stdout.count("stray") == 0 and done.stderr.count("stray") == 2


def by_hand(*arguments):
    return subprocess.run(
        [sys.executable, "-m", "engine", *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_job_file_runs_by_hand(tmp_path):
    job = tmp_path / "job.json"
    job.write_text(json.dumps({"version": 1, "device": "cpu"}))
    done = by_hand("check", job)
    assert done.returncode == 0 and isinstance(parse_event(done.stdout.splitlines()[-1]), Result)


def test_jobs_and_events_are_utf_8_whatever_the_console_is():
    """As where Windows' code page is 1252 and lines end in CR LF; what others print is not lost for a letter
    it lacks.
    """
    job = '{"job": "describe", "version": 1, "model": "図 Ł.safetensors"}\r\n'
    variables = {**os.environ, "PYTHONUTF8": "0", "PYTHONIOENCODING": "cp1252"}
    command = [sys.executable, "-m", "engine", "serve"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, cwd=ROOT, env=variables, **pipes) as process:
        process.stdin.write(job.encode())
        process.stdin.flush()
        lines = [process.stdout.readline(), process.stdout.readline()]  # that it starts, and how it ended
        rest, said = process.communicate()
    last = parse_event(lines[-1].decode("utf-8"))
    assert isinstance(last, Failure) and "There is no model file 図 Ł.safetensors" in last.message
    assert b"\r" not in b"".join(lines) + rest and IDLE_MARK.encode() in said


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_job_file_as_windows_editors_and_shells_write_it(tmp_path, encoding):
    job = tmp_path / "job.json"
    job.write_bytes(
        '{"version": 1,\r\n "report": "Bericht für Zoë.html", "model": "keins ü.safetensors"}\r\n'.encode(
            encoding
        )
    )
    done = by_hand("describe", job)
    assert "There is no model file keins ü.safetensors" in parse_event(done.stdout.splitlines()[-1]).message


def test_a_job_file_with_bare_backslashes_is_told_how_to_write_them(tmp_path):
    job = tmp_path / "job.json"
    job.write_text('{"version": 1, "model": "C:\\maps\\m.safetensors"}')
    done = by_hand("describe", job)
    assert "C:/maps" in parse_event(done.stdout.splitlines()[-1]).remedy


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"version": 1, "device": "gpu"}', '{"version": 1, "device": "cuda:9"}']
)
def test_a_failed_job_file_exits_non_zero_and_says_why(tmp_path, text):
    job = tmp_path / "job.json"
    job.write_text(text)
    done = by_hand("check", job)
    assert done.returncode == 1 and parse_event(done.stdout.splitlines()[-1]).message


@pytest.mark.parametrize("arguments", [[], ["fly"], ["train"], ["check", "a", "b"]])
def test_a_wrong_command_line_is_answered_with_the_usage(arguments):
    done = by_hand(*arguments)
    assert done.returncode == 2 and "usage" in done.stderr

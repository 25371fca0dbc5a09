"""Engines between jobs: the next job finds one warm, and none outlives what it was kept for."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from qgis.core import QgsProcessingException, QgsProcessingFeedback
from raster_segmenter.engine.protocol import CheckJob
from raster_segmenter.plugin.engine_client import pool, process, run_job

from .conftest import ROOT, results

SERVES = """
import os
for line in sys.stdin:
    wish = json.loads(line).get('device')
    print('words on', wish, file=sys.stderr)
    if wish == 'cuda':
        emit(event='failure', code='no_device', message='No GPU.')
    elif wish == 'mps':
        emit(event='failure', code='internal', message='It broke.')
    else:
        emit(event='result', values={'pid': os.getpid()})
    rest()
"""
STAYS = f"{SERVES}\ntime.sleep(60)"
"""Does not end by itself when nobody writes to it any more."""


def run(device="auto", feedback=None):
    return run_job.run_job(CheckJob(device), feedback or QgsProcessingFeedback())


def pid():
    return run()["pid"]


def failure(device):
    feedback = QgsProcessingFeedback()
    with pytest.raises(QgsProcessingException):
        run(device, feedback)
    return feedback.textLog()


def lives(process):
    """Whether there is a process of this id that has not ended."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def soon(condition, most_s=5.0):
    """Whether ``condition`` comes true in time."""
    end_s = time.monotonic() + most_s
    while not condition() and time.monotonic() < end_s:
        time.sleep(0.02)
    return condition()


def test_the_next_job_finds_the_engine_of_the_last(stand_in):
    stand_in(SERVES)
    assert pid() == pid() == pid()


def test_an_engine_outlives_a_refusal_but_no_breakdown(stand_in):
    stand_in(SERVES)
    first = pid()
    failure("cuda")
    assert pid() == first
    failure("mps")
    assert pid() != first and not lives(first)


def test_the_last_words_are_those_of_this_job(stand_in):
    stand_in(SERVES)
    run("cpu")
    assert "words on cuda" in (log := failure("cuda")) and "words on cpu" not in log


def test_an_engine_that_died_at_rest_is_replaced(stand_in):
    stand_in(SERVES)
    first = pid()
    os.kill(first, signal.SIGKILL)
    assert soon(lambda: not lives(first)) and pid() != first


def test_an_engine_that_came_back_from_cancel_serves_again(stand_in):
    stand_in(f"""
import os
sys.stdin.readline()
emit(event='log', text='begun')
sys.stdin.readline()
emit(event='failure', code='cancelled', message='The run was cancelled.')
rest()
{SERVES}""")
    before, feedback = os.listdir("/proc"), QgsProcessingFeedback()
    threading.Timer(0.5, feedback.cancel).start()
    with pytest.raises(QgsProcessingException, match="cancelled"):
        run(feedback=feedback)
    assert str(pid()) in set(os.listdir("/proc")) - set(before)
    assert len(pool.pool._idle) == 1


def test_two_jobs_at_once_have_an_engine_each(stand_in, tmp_path):
    gate = tmp_path / "gate"
    stand_in(
        SERVES.replace(
            "    rest()",
            f"    import os\n    while not os.path.exists({str(gate)!r}): time.sleep(0.02)\n    rest()",
        )
    )
    pids, alone, beside = [], QgsProcessingFeedback(), QgsProcessingFeedback()
    threads = [
        threading.Thread(target=lambda f=f: pids.append(run(feedback=f)["pid"])) for f in (alone, beside)
    ]
    for busy, thread in enumerate(threads, start=1):
        thread.start()
        assert soon(lambda busy=busy: pool.pool._busy == busy)
    gate.touch()
    for thread in threads:
        thread.join(10)
    assert len(set(pids)) == 2 and pid() in pids
    assert "Another job is running" in beside.textLog() and "Another job" not in alone.textLog()
    assert sum(map(lives, pids)) == 2, "both rest"


def test_many_jobs_in_threads_get_each_its_own_answer(stand_in):
    stand_in(SERVES.replace("os.getpid()", "json.loads(line)['device']"))
    wrong = []

    def work(device):
        for _ in range(10):
            wrong.extend([values] if (values := run(device)) != {"pid": device} else [])

    threads = [threading.Thread(target=work, args=(device,)) for device in ("auto", "cpu", "auto", "cpu")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not wrong and len(pool.pool._idle) <= 2 and pool.pool._busy == 0


def changed_variable(stand_in, interpreter, monkeypatch):
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "7")


def changed_interpreter(stand_in, interpreter, monkeypatch):
    program = stand_in(SERVES)
    os.utime(program, ns=(0, 0))


def changed_code(stand_in, interpreter, monkeypatch):
    (interpreter.ROOT / "engine" / "new.py").touch()


@pytest.mark.parametrize("change", [changed_variable, changed_interpreter, changed_code])
def test_an_engine_of_another_origin_serves_no_more(stand_in, interpreter, monkeypatch, tmp_path, change):
    (tmp_path / "engine").mkdir()
    (tmp_path / "engine" / "old.py").touch()
    for module in (interpreter, pool, process):
        monkeypatch.setattr(module, "ROOT", tmp_path)
    stand_in(SERVES)
    first = pid()
    change(stand_in, interpreter, monkeypatch)
    second = pid()
    assert second != first and not lives(first) and pid() == second


def test_an_idle_engine_ends_by_and_by(stand_in, monkeypatch):
    monkeypatch.setattr(pool, "_IDLE_S", 0.3)
    stand_in(STAYS)
    threads = threading.active_count()
    first = pid()
    assert lives(first)
    assert soon(lambda: not lives(first)) and soon(lambda: threading.active_count() <= threads)
    assert pid() != first


def test_use_begins_the_idle_time_anew(stand_in, monkeypatch):
    monkeypatch.setattr(pool, "_IDLE_S", 1.0)
    stand_in(SERVES)
    begin, pids = time.monotonic(), set()
    while time.monotonic() - begin < 1.6:
        pids.add(pid())
        time.sleep(0.2)
    assert len(pids) == 1


def test_unloading_the_plugin_ends_engines_at_rest_at_once_and_those_at_work_afterwards(
    stand_in, qgis_processing
):
    import raster_segmenter

    stand_in(STAYS.replace("    rest()", "    time.sleep(0.5 if wish == 'cpu' else 0)\n    rest()"))
    plugin = raster_segmenter.classFactory(None)
    plugin.initProcessing()
    first, at_work = pid(), []
    working = threading.Thread(target=lambda: at_work.append(run("cpu")["pid"]))
    plugin.unload()
    assert not lives(first)
    plugin.initProcessing()
    working.start()
    assert soon(lambda: pool.pool._busy == 1)
    plugin.unload()
    working.join(10)
    assert at_work and not lives(at_work[0])


SESSION = """
import importlib.util, os, sys
sys.path.insert(0, sys.argv[1])
from qgis.core import QgsApplication, QgsProcessingFeedback
application = QgsApplication([], False)
application.initQgis()
spec = importlib.util.spec_from_file_location(
    "raster_segmenter", sys.argv[2] + "/__init__.py", submodule_search_locations=[sys.argv[2]])
module = sys.modules["raster_segmenter"] = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
from raster_segmenter.engine.protocol import CheckJob
from raster_segmenter.plugin.engine_client.run_job import run_job
print(run_job(CheckJob(), QgsProcessingFeedback())["pid"], flush=True)
"""


@pytest.mark.parametrize(
    ("body", "end"), [(STAYS, ""), (SERVES, "os._exit(0)"), (SERVES, "os.kill(os.getpid(), 9)")]
)
def test_no_engine_outlives_qgis_however_it_ends(stand_in, qgis_app, body, end):
    stand_in(body)
    plugins = f"{qgis_app.pkgDataPath()}/python/plugins"
    session = subprocess.run(
        [sys.executable, "-c", SESSION + end, plugins, str(ROOT)],
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    process = int(session.stdout)
    assert soon(lambda: not lives(process))


def test_qgis_process_ends_without_waiting_for_an_idle_engine(stand_in, qgis_process, tmp_path):
    figures = dict.fromkeys(("device", "reason", "interpreter", "python", "torch", "gdal", "report"), "x")
    note = tmp_path / "pid"
    body = SERVES.replace("{'pid': os.getpid()}", str(figures)).replace(
        "import os\n", f"import os\nopen({str(note)!r}, 'w').write(str(os.getpid()))\n"
    )
    program = stand_in(body)
    begin = time.monotonic()
    run = qgis_process("--json", "run", "rastersegmenter:checkengine", RASTER_SEGMENTER_PYTHON=str(program))
    assert results(run)["DEVICE"] == "x" and time.monotonic() - begin < 30
    assert soon(lambda: not lives(int(note.read_text())))


def test_the_real_engine_is_warm_the_second_time(interpreter, monkeypatch):
    monkeypatch.setenv(interpreter.SETTING, sys.executable)
    logs, seconds = [], []
    for _ in range(2):
        feedback, begin = QgsProcessingFeedback(), time.monotonic()
        assert run_job.run_job(CheckJob("cpu", only_device=True), feedback)["torch"]
        seconds.append(time.monotonic() - begin)
        logs.append(feedback.textLog())
    assert "Starting the engine" in logs[0] and "Starting the engine" not in logs[1]
    assert seconds[1] < seconds[0] / 2

"""One job, one process: events told, results returned, every other end an error, nothing left behind."""

import os
import sys
import threading
import time

import pytest
from qgis.core import QgsProcessingException, QgsProcessingFeedback
from raster_segmenter.engine.files.lock import locked
from raster_segmenter.engine.protocol import (
    CheckJob,
    ClassifyJob,
    Epoch,
    Progress,
    Result,
    encode_job,
    open_files,
)
from raster_segmenter.plugin.engine_client import feedback as reporter
from raster_segmenter.plugin.engine_client import pool, process, run_job

RESULT = "emit(event='result', values={'device': 'CPU', 'seconds': 1.5})"
WAIT_FOR_END = "rest(); sys.stdin.read()"


def run(job=None, feedback=None, **options):
    return run_job.run_job(job or CheckJob(), feedback or QgsProcessingFeedback(), **options)


def failure(**options):
    with pytest.raises(QgsProcessingException) as raised:
        run(**options)
    return str(raised.value)


def test_result_is_returned(stand_in):
    stand_in(f"{RESULT}\n{WAIT_FOR_END}")
    assert run() == {"device": "CPU", "seconds": 1.5}


def test_job_arrives_as_one_line(stand_in, tmp_path):
    stand_in(f"open({str(tmp_path / 'job')!r}, 'w').write(sys.stdin.readline())\n{RESULT}")
    job = ClassifyJob("bild ü.tif", ("m",), str(tmp_path / "out.tif"))
    run(job)
    assert (tmp_path / "job").read_text() == encode_job(job) + "\n"


def test_engine_runs_in_the_plugins_folder_with_a_clean_environment(stand_in, interpreter, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", "/polluted")
    stand_in(
        "import os\nemit(event='result', values={'cwd': os.getcwd(), 'path': os.environ.get('PYTHONPATH')})"
    )
    assert run() == {"cwd": str(interpreter.ROOT), "path": None}


class Lines(QgsProcessingFeedback):
    """Keeps the progress lines, which are no part of the text log."""

    def __init__(self):
        super().__init__()
        self.lines = []

    def setProgressText(self, text):
        self.lines.append(text)


def test_events_are_told(stand_in):
    stand_in(f"""
emit(event='started', device='CPU (2 threads)', reason='no CUDA device was found')
emit(event='log', text='Reading labels.')
emit(event='log', text='The raster has no CRS.', warning=True)
emit(event='progress', done=1, total=4, unit='pixels', rate=2.5, remaining_s=75)
emit(event='epoch', number=3, training_loss=0.5, validation_loss=0.25, mean_f1=0.75, mean_iou=0.6,
    overall_accuracy=0.9,
    f1={{'roof': 0.8}}, learning_rate=0.001, seconds=2)
emit(event='tile', frame=0, x=0, y=0, width=1, height=1, preview='')
emit(event='progress', done=4, total=4, unit='pixels', rate=2.5, remaining_s=0)
{RESULT}""")
    feedback, percents, heard = Lines(), [], []
    feedback.progressChanged.connect(percents.append)
    run(feedback=feedback, listener=heard.append)
    log = feedback.textLog()
    assert percents == [25.0, 100.0]
    for words in (
        "CPU (2 threads): no CUDA device was found",
        "Reading labels.",
        "The raster has no CRS.",
        "Epoch 3: loss 0.500",
    ):
        assert words in log
    assert feedback.lines == ["4 of 4 pixels, 2.5/s"], "each progress event became a line of the log"
    assert [type(event).__name__ for event in heard] == [
        "Started", "Log", "Log", "Progress", "Epoch", "Tile", "Progress", "Result",
    ]  # fmt: skip
    assert isinstance(heard[-1], Result)


def test_the_end_of_a_step_is_told_once():
    feedback = Lines()
    told = reporter.Reporter(feedback)
    for done, total, unit in (
        (1, 2, "batches"),
        (2, 2, "batches"),
        (2, 2, "batches"),
        (3, 3, "blocks"),
        (2, 2, "batches"),
    ):
        told.report(Progress(done, total, unit))
    assert feedback.lines == ["2 of 2 batches", "3 of 3 blocks", "2 of 2 batches"]


def test_progress_line():
    assert reporter.progress_line(Progress(0, 10, "epochs")) == "0 of 10 epochs"
    line = reporter.progress_line(Progress(1_200_000, 4_000_000, "pixels", 310_000.4, 9.2))
    assert line == "1,200,000 of 4,000,000 pixels, 310,000/s, 0:09 remaining"
    assert (
        reporter.progress_line(Progress(1.5, 4, "Mpx", 0.123, 3725))
        == "1.5 of 4 Mpx, 0.123/s, 1:02:05 remaining"
    )


def test_epoch_line():
    line = reporter.epoch_line(Epoch(1, 0.5, 0.4, 0.7, 0.6, 0.9, {"a": 0.1, "b": 0.2}, 0.001, 3.0))
    assert line.startswith(
        "Epoch 1: loss 0.500, in validation 0.400; "
        "mean F1 0.700, mean IoU 0.600, overall accuracy 0.900 (3.0 s)"
    )
    assert line.endswith("; F1: a 0.100, b 0.200")


def test_failure_is_message_and_remedy(stand_in):
    stand_in(
        "print('trace of the engine', file=sys.stderr)\n"
        "emit(event='failure', code='x', message='It broke.', remedy='Mend it.')"
    )
    feedback = QgsProcessingFeedback()
    assert failure(feedback=feedback) == "It broke.\nMend it."
    assert "trace of the engine" in feedback.textLog()


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("sys.exit(0)", "exit code 0"),
        ("print('boom', file=sys.stderr); sys.exit(7)", "exit code 7).\nboom"),
        (f"{RESULT}\nsys.exit(3)", "exit code 3"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "exit code -11"),
        ("emit(event='log', text='so far'); sys.exit(1)", "exit code 1"),
        ("print('Segmentation fool', flush=True); time.sleep(60)", "a line that is not an event"),
        ("emit(event='surprise'); time.sleep(60)", "a line that is not an event"),
    ],
)
def test_every_other_end_fails(stand_in, body, words):
    stand_in(body)
    begin = time.monotonic()
    assert words in failure()
    assert time.monotonic() - begin < 5


def test_a_dead_engine_is_noticed_though_its_children_live(stand_in):
    stand_in("import subprocess; subprocess.Popen(['sleep', '8']); sys.exit(4)")
    begin = time.monotonic()
    assert "exit code 4" in failure()
    assert time.monotonic() - begin < 7


def test_only_the_last_words_are_kept(stand_in):
    stand_in("for i in range(10000): print('line', i, 'ü', file=sys.stderr)\nsys.exit(1)")
    text = failure()
    assert "line 9999" in text and "line 9000" not in text and len(text) < 1000


class CancelAfter(QgsProcessingFeedback):
    """The user presses Cancel when the log has this text."""

    def __init__(self, text):
        super().__init__()
        self.text = text
        self.cancelled_s = 0.0

    def pushInfo(self, info):
        if self.text in info:
            self.cancelled_s = time.monotonic()
            self.cancel()


LISTENS = f"""
sys.stdin.readline()
emit(event='log', text='begun')
assert json.loads(sys.stdin.readline()) == {{'cancel': True}}
emit(event='failure', code='cancelled', message='The run was cancelled.')
{WAIT_FOR_END}"""
DEAF = "sys.stdin.readline(); emit(event='log', text='begun'); time.sleep(60)"
CHATTY = "sys.stdin.readline()\nwhile True: emit(event='log', text='begun'); time.sleep(0.01)"


@pytest.mark.parametrize(("body", "most_s"), [(LISTENS, 1.5), (DEAF, 2.5), (CHATTY, 2.5)])
def test_cancel_stops_and_leaves_nothing(stand_in, tmp_path, monkeypatch, body, most_s):
    monkeypatch.setattr(run_job, "_CANCEL_S", 1.0)
    processes = []
    monkeypatch.setattr(process.subprocess, "Popen", remember(process.subprocess.Popen, processes))
    stand_in(body)
    for name in (
        "map.partial.tif",
        "map.partial.tif.aux.xml",
        "map.partial.qml",
        "map.tif.keep",
        "other.partial.tif",
        "map.tif.unfinished",
        "map.tif.unfinished-wal",
    ):
        (tmp_path / name).touch()
    feedback = CancelAfter("begun")
    assert (
        failure(job=ClassifyJob("i", ("m",), str(tmp_path / "map.tif")), feedback=feedback)
        == "The run was cancelled."
    )
    assert time.monotonic() - feedback.cancelled_s < most_s
    assert sorted(p.name for p in tmp_path.glob("*.*")) == ["map.tif.keep", "other.partial.tif"]
    assert (processes[-1].poll() is None) == (body is LISTENS), (
        "only one that came back by itself may serve again"
    )


def test_cancel_leaves_what_another_run_is_writing(stand_in, tmp_path):
    stand_in(LISTENS)
    files = [tmp_path / name for name in ("map.partial.tif", "c.partial.tif", "s.partial.html")]
    for file in files:
        file.touch()
    job = ClassifyJob(
        "i",
        ("m",),
        str(tmp_path / "map.tif"),
        confidence=str(tmp_path / "c.tif"),
        summary=str(tmp_path / "s.html"),
    )
    with locked(job.output), locked(job.confidence):
        failure(job=job, feedback=CancelAfter("begun"))
        assert [file.exists() for file in files] == [True, True, False]


def test_what_another_program_has_open_stays_and_is_told(stand_in, tmp_path, monkeypatch):
    """As on Windows, where QGIS may show the unfinished map."""
    partial, error = tmp_path / "map.partial.tif", PermissionError(13, "The process cannot access the file")
    error.winerror = 32
    real = type(partial).unlink

    def unlink(path, missing_ok=False):
        if path == partial:
            raise error
        real(path, missing_ok=missing_ok)

    monkeypatch.setattr(type(partial), "unlink", unlink)
    monkeypatch.setattr(open_files, "_TIMEOUT_S", 0.1)
    stand_in(LISTENS)
    for path in (partial, tmp_path / "map.tif.unfinished"):
        path.touch()
    feedback = CancelAfter("begun")
    assert (
        failure(job=ClassifyJob("i", ("m",), str(tmp_path / "map.tif")), feedback=feedback)
        == "The run was cancelled."
    )
    assert f"{partial} could not be removed: The process cannot access the file." in feedback.textLog()
    assert [path.name for path in tmp_path.glob("map*")] == ["map.partial.tif"]


class Resumable(CheckJob):
    def outputs(self):
        return (self.device,)

    def keeps_partial(self, cancelled):
        return not cancelled


@pytest.mark.parametrize("body", ["sys.stdin.readline(); sys.exit(1)", DEAF])
def test_partial_outputs_stay_after_a_crash_for_who_goes_on(stand_in, tmp_path, monkeypatch, body):
    monkeypatch.setattr(run_job, "_CANCEL_S", 0.3)
    stand_in(body)
    for name in ("map.partial.tif", "map.tif.unfinished"):
        (tmp_path / name).touch()
    text = failure(job=Resumable(str(tmp_path / "map.tif")), feedback=CancelAfter("begun"))
    kept = body is not DEAF
    assert len(list(tmp_path.glob("map.*"))) == (2 if kept else 0)
    assert ("The finished part was kept: run it again" in text) == kept


def remember(popen, made):
    def start(*arguments, **options):
        made.append(popen(*arguments, **options))
        return made[-1]

    return start


def test_cancelled_before_the_start(stand_in):
    stand_in(LISTENS)
    feedback = QgsProcessingFeedback()
    feedback.cancel()
    assert failure(feedback=feedback) == "The run was cancelled."


def test_missing_interpreter_fails_the_run(interpreter, monkeypatch):
    monkeypatch.setenv(interpreter.SETTING, "/nowhere/python")
    assert "/nowhere/python" in failure()


def test_no_thread_or_pipe_is_left(stand_in):
    stand_in(f"{RESULT}\n{WAIT_FOR_END}")
    run()
    pool.pool.close()
    threads, pipes = threading.active_count(), len(os.listdir("/proc/self/fd"))
    for _ in range(5):
        run()
        pool.pool.close()
    assert threading.active_count() <= threads and len(os.listdir("/proc/self/fd")) == pipes


@pytest.mark.skipif(os.name == "nt", reason="Windows has no signals")
@pytest.mark.parametrize(
    ("signal", "words"),
    [
        ("SIGILL", "newer processor"),
        ("SIGSEGV", "Run Check the engine to see which part fails"),
        ("SIGKILL", "memory ran out"),
    ],
)
def test_a_crash_of_the_engine_is_told_as_such(stand_in, signal, words):
    stand_in(f"import os, signal; sys.stdin.readline(); os.kill(os.getpid(), signal.{signal})")
    text = failure()
    assert text.startswith("The engine crashed: ") and signal in text and words in text


def test_real_engine_names_a_library_that_does_not_load(interpreter, monkeypatch, tmp_path):
    """PyTorch is there and breaks as it is loaded, which no dialog waits to see. Once it is mended, the next
    run works.
    """
    torch = tmp_path / "torch"
    torch.mkdir()
    (torch / "__init__.py").write_text("raise OSError('libcudart.so.12: cannot open shared object file')")
    program = tmp_path / "python"
    program.write_text(f'#!/bin/sh\nPYTHONPATH={tmp_path} exec "{sys.executable}" "$@"\n')
    program.chmod(0o755)
    monkeypatch.setenv(interpreter.SETTING, str(program))
    job = ClassifyJob("/nowhere.tif", ("/nowhere.safetensors",), str(tmp_path / "map.tif"))
    text = failure(job=job)
    assert (
        "PyTorch" in text
        and "a library that it needs is missing: libcudart.so.12" in text
        and "new environment" in text
    )
    torch.rename(tmp_path / "mended")
    assert "/nowhere" in failure(job=job)


def test_real_engine_answers(interpreter, monkeypatch):
    monkeypatch.setenv(interpreter.SETTING, sys.executable)
    feedback = QgsProcessingFeedback()
    values = run(CheckJob("cpu"), feedback)
    assert values["interpreter"] == sys.executable and values["torch"] and values["device"].startswith("CPU")
    assert values["device"] in feedback.textLog()


def test_real_engine_refuses(interpreter, monkeypatch, tmp_path):
    monkeypatch.setenv(interpreter.SETTING, sys.executable)
    job = ClassifyJob("/nowhere.tif", ("/nowhere.safetensors",), str(tmp_path / "map.tif"), device="cpu")
    assert "/nowhere" in failure(job=job)
    assert list(tmp_path.iterdir()) == []

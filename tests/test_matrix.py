"""The matrix's own code: rows of the page, the Python that is chosen, and tests without PyTorch."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
sys.path.append(str(ROOT / "tests" / "matrix"))

import here  # noqa: E402 (scripts of a folder, not a package)
import legs  # noqa: E402
import outcome  # noqa: E402
import requirements  # noqa: E402
import roots  # noqa: E402

REPORT = """<testsuites><testsuite><testcase classname="a" name="b"/><testcase classname="a" name="c"/>
<testcase classname="a" name="d"><failure/></testcase><testcase classname="a" name="e"><error/></testcase>
<testcase classname="a" name="f"><skipped message="needs a|b"/></testcase></testsuite></testsuites>"""


@pytest.fixture
def found(tmp_path):
    (tmp_path / "report.xml").write_text(REPORT)
    found = outcome.Outcome()
    found.add(tmp_path / "report.xml")
    return found


def test_tests_are_counted_as_pytest_reports_them(found):
    assert (found.passed, found.failed, dict(found.skipped)) == (2, ["a.d", "a.e"], {"needs a/b": 1})
    assert not found.is_good and not outcome.Outcome().is_good and outcome.Outcome(passed=1).is_good


def test_a_leg_replaces_its_own_row_and_nothing_else(found, tmp_path):
    page = tmp_path / "page.md"
    page.write_text("| A | old |\n| B | old |\n\n- **A**: old\n- **B**: old\n")
    outcome.record("A", {"GDAL": "3.13.3"}, found, "make matrix-a", page)
    row, *rest = page.read_text().splitlines()
    assert row.startswith("| A | none | 3.13.3 | none | none | none | 2 | 2 | 1 | ") and row.endswith(
        "| `make matrix-a` |"
    )
    assert rest == ["| B | old |", "", "- **A**: 1 × needs a/b", "- **B**: old"]


def test_each_leg_has_its_row_on_the_page():
    page = (ROOT / "docs" / "compatibility.md").read_text(encoding="utf-8")
    for name, leg in legs.LEGS.items():
        assert (
            page.count(f"\n| {leg.title} |")
            == page.count(f"\n- **{leg.title}**:")
            == page.count(f"`make matrix-{name}`")
            == 1
        )


def test_a_python_that_is_named_must_be_new_enough(tmp_path, monkeypatch):
    for number, minor in enumerate((3, 0)):
        python = tmp_path / f"python{number}"
        python.write_text(f"#!/bin/sh\nexit {minor}\n")
        python.chmod(0o755)
    monkeypatch.setenv("MATRIX_PYTHON", str(tmp_path / "python1"))
    assert here.newer_python() == str(tmp_path / "python1")
    for refused in ("python0", "nowhere"):
        monkeypatch.setenv("MATRIX_PYTHON", str(tmp_path / refused))
        with pytest.raises(SystemExit, match=refused):
            here.newer_python()


def test_a_version_managers_stand_in_that_does_not_run_is_passed_over(tmp_path, monkeypatch):
    (tmp_path / "python3.14").write_text("#!/bin/sh\nexit 127\n")
    (tmp_path / "python3.12").write_text("#!/bin/sh\nexit 0\n")
    for python in tmp_path.iterdir():
        python.chmod(0o755)
    monkeypatch.delenv("MATRIX_PYTHON", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert here.newer_python() == str(tmp_path / "python3.12")


def test_the_newest_gdal_gets_numpy_2_and_no_torch():
    names = [line.split(">")[0].split("=")[0] for line in requirements.lines()]
    assert "numpy>=2,<3" in requirements.lines() and "torch" not in names and {"onnx", "pytest"} <= set(names)


def test_without_torch_its_tests_are_skipped_and_others_run(tmp_path):
    (tmp_path / "test_one.py").write_text("import torch\ndef test_it(): pass\n")
    (tmp_path / "test_two.py").write_text("def test_inside():\n    import torch.nn\ndef test_other(): pass\n")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:pytest_qgis",
        "-p",
        "tests.matrix.without_torch",
        str(tmp_path),
    ]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert run.returncode == 0 and "1 passed, 2 skipped" in run.stdout, run.stdout


def test_who_is_not_root_and_has_no_sudo_is_told(monkeypatch):
    monkeypatch.setattr(roots.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(roots.shutil, "which", lambda name: None)
    with pytest.raises(SystemExit, match="need root's rights"):
        roots._privileged("true")

"""The checks that QGIS's plugin directory runs, over what a zip of the plugin holds. Not one finding passes.

usage: gates.py PLUGIN.zip    (in an environment with tests/gates-requirements.txt; `make gates` makes it)
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[1]


def bandit(folder: Path) -> list[str]:
    """Its findings at its defaults, and the files that it could not read."""
    report = json.loads(_output(folder, "bandit", "--quiet", "--recursive", ".", "--format", "json"))
    found = [
        f"{one['filename']}:{one['line_number']} {one['test_id']} {one['issue_text']}"
        for one in report["results"]
    ]
    return found + [f"{one['filename']} {one['reason']}" for one in report["errors"]]


def detect_secrets(folder: Path) -> list[str]:
    """Its findings at its defaults, in all files: the folder is no git checkout, of which it would read the
    tracked ones.
    """
    report = json.loads(_output(folder, "detect_secrets", "scan", "--all-files", "."))
    return [
        f"{path}:{one['line_number']} {one['type']}"
        for path, found in report["results"].items()
        for one in found
    ]


def flake8(folder: Path) -> list[str]:
    """Its findings at its defaults, but for the length of lines, which is the project's."""
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    longest = re.findall(r"^line-length = (\d+)$", project, re.MULTILINE)[0]
    return _output(folder, "flake8", "--isolated", "--max-line-length", longest, ".").splitlines()


def _output(folder: Path, tool: str, *arguments: str) -> str:
    """What the tool prints about ``folder``. Ends the program where the tool fails: 0 and 1 are nothing and
    something found.
    """
    run = subprocess.run(
        [sys.executable, "-m", tool, *arguments],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if run.returncode not in (0, 1) or (run.returncode == 1 and not run.stdout):
        sys.exit(f"{tool} failed:\n{run.stderr}")
    return run.stdout


def main(package: Path) -> int:
    """Tell the findings of all checks; 1 if there are any, else 0."""
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(package) as archive:
        archive.extractall(folder)
        findings = {check.__name__: check(Path(folder)) for check in (bandit, detect_secrets, flake8)}
        print(
            f"{package}: {package.stat().st_size / 1e6:.1f} MB, {len(archive.namelist())} files and folders"
        )
    for name, found in findings.items():
        print(f"{name}: {len(found)} finding(s)", *found, sep="\n  ")
    return int(any(findings.values()))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))

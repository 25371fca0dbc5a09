"""The matrix: the tests in other releases of QGIS, GDAL, Python and numpy than this machine's, each by one
command.

``make matrix`` runs all legs, ``make matrix-debian13`` one; `legs.LEGS` lists them. A leg installs by itself
what it needs, into a root of its own (see roots.py) or a virtual environment, runs the project's ordinary
commands there, and puts its row into docs/compatibility.md. Reports, and what a demo wrote, come to
``.matrix/results/LEG``.

``make test-newest-gdal`` is the part for each run of CI: the engine's tests that need no PyTorch, with GDAL
from PyPI in a virtual environment of a Python of 3.12 or newer (MATRIX_PYTHON, or one on PATH or pyenv's;
else Debian 13's, from its root).

| variable | |
|---|---|
| MATRIX_PYTHON | a Python of 3.12 or newer, for the newest GDAL |
| MATRIX_ROOTS | the folder for the roots, 4 GB each; else ``.matrix`` in the checkout |
| MATRIX_MIRROR, MATRIX_UBUNTU_MIRROR | Debian's and Ubuntu's mirror |
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

from here import CHECKOUT, Here, newer_python
from legs import GROUPS, LEGS, RELEASES, newest_gdal
from outcome import Outcome, record
from roots import Root

RESULTS = CHECKOUT / ".matrix" / "results"
_REPORT = ".matrix/report.xml"


def run_leg(name: str) -> bool:
    """Run a leg and write its row; True when all went well."""
    leg = LEGS[name]
    place = (
        Here()
        if leg.suite == _release_of_this_machine() and "make setup" not in leg.commands
        else Root(leg.suite)
    )
    place.prepare(leg.packages)
    outcome = run_commands(place, leg.commands, RESULTS / name)
    place.run(f"{leg.python} tests/matrix/versions.py > .matrix/versions.json")
    versions = json.loads((place.checkout / ".matrix" / "versions.json").read_text(encoding="utf-8"))
    record(leg.title, versions, outcome, f"make matrix-{name}")
    return _tell(leg.title, outcome)


def run_commands(place: Here | Root, commands: tuple[str, ...], results: Path) -> Outcome:
    """Run all commands, gather the tests' reports, and copy what they wrote to the folder ``results``."""
    results.mkdir(parents=True, exist_ok=True)
    place.run("mkdir -p .matrix")
    outcome, report = Outcome(), place.checkout / _REPORT
    for command in commands:
        place.run(f"rm -f {_REPORT}")
        print(f"\n{command}", flush=True)
        status = place.run(command, PYTEST_ADDOPTS=f"--junitxml={_REPORT}", QT_QPA_PLATFORM="offscreen")
        if report.exists():
            outcome.add(report)
            tests = next(word for word in command.split() if word.startswith("test"))
            shutil.copy(report, results / f"{tests.replace('/', '-')}.xml")
        elif status:
            outcome.broken.append(command)
            if "setup" in command or "pip" in command:
                break  # nothing could follow
    if place.checkout != CHECKOUT and (place.checkout / "demo").is_dir():
        shutil.copytree(place.checkout / "demo", results / "demo", dirs_exist_ok=True)
    return outcome


def run_newest_gdal() -> bool:
    """The part for each run of CI; writes no row."""
    python = newer_python()
    place = Here() if python else Root("trixie")
    place.prepare(())
    good = True
    for release in RELEASES:
        commands = newest_gdal(python or "python3", release, has_torch=False)
        good &= _tell(f"GDAL {release}", run_commands(place, commands, RESULTS / f"newest-{release}"))
    return good


def _release_of_this_machine() -> str:
    lines = Path("/etc/os-release").read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if "=" in line).get("VERSION_CODENAME", "")


def _tell(title: str, outcome: Outcome) -> bool:
    counts = f"{outcome.passed} passed, {len(outcome.failed)} failed, {outcome.skipped.total()} skipped"
    print(
        f"\n{title}: {counts}",
        *outcome.failed,
        *(f"not done: {step}" for step in outcome.broken),
        sep="\n  ",
        flush=True,
    )
    return outcome.is_good


def main(names: list[str]) -> int:
    """Run the legs of these names, or all; the exit status."""
    if names == ["test-newest-gdal"]:
        return 0 if run_newest_gdal() else 1
    wanted = [leg for name in names or LEGS for leg in GROUPS.get(name, (name,))]
    if unknown := [name for name in wanted if name not in LEGS]:
        raise SystemExit(f"There is no leg {unknown[0]}. Legs: {', '.join([*LEGS, *GROUPS])}.")
    good = [run_leg(name) for name in wanted]
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

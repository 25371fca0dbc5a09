"""The legs of the matrix: on which Debian or Ubuntu, with which packages, by which commands."""

from __future__ import annotations

from dataclasses import dataclass

_TESTS = ("make test-engine", "make test-plugin")
_EVERYTHING = ("make setup", "make test-engine TESTS='-m \"not learning\"'", "make test-plugin", "make demo")
"""But for the tests that train each network until it has learnt something: with Debian's PyTorch they take
half an hour.
"""
_TORCH = ("python3-torch",)
"""Debian's own build for processors: 160 MB, where PyPI's brings gigabytes of CUDA. `make setup` takes what
is there. That of Ubuntu 22.04 is too old.
"""


@dataclass(frozen=True)
class Leg:
    """``suite``: debootstrap's name of the release; ``commands`` run in order, tests report to pytest's
    ``--junitxml``.
    """

    title: str
    suite: str
    packages: tuple[str, ...]
    commands: tuple[str, ...]
    python: str = ".venv/bin/python"


def newest_gdal(python: str, release: str, *, has_torch: bool) -> tuple[str, ...]:
    """The commands that test the engine with ``release`` of GDAL from PyPI, in an environment that ``python``
    makes.
    """
    folder = f".matrix/gdal-{release}"
    own = f"{folder}/bin/python"
    plugin = "-m 'not learning' " if has_torch else "-p tests.matrix.without_torch "
    return (
        f"{python} -m venv --clear {'--system-site-packages ' if has_torch else ''}{folder}",
        f"{own} -m pip install --quiet --require-hashes --no-deps -r tests/matrix/gdal-{release}.txt",
        f"{own} tests/matrix/requirements.py > {folder}/requirements.txt",
        f"{own} -m pip install --quiet -r {folder}/requirements.txt",
        f"PYTHONPATH=. {own} -m pytest -q -p no:pytest_qgis {plugin}tests/engine",
    )


RELEASES = ("3.13", "3.12")
"""Of GDAL; tests/matrix/gdal-RELEASE.txt pins the wheel and its hashes."""
LEGS = {
    "debian12": Leg("Debian 12", "bookworm", (), _TESTS),
    **{
        f"gdal-{release}": Leg(
            f"GDAL {release}, engine alone", "trixie", _TORCH,
            newest_gdal("python3", release, has_torch=True),
            f".matrix/gdal-{release}/bin/python",
        )
        for release in RELEASES
    },
    "debian13": Leg("Debian 13", "trixie", _TORCH, _EVERYTHING),
    "sid": Leg("Debian sid", "sid", _TORCH, _EVERYTHING),
    "ubuntu2204": Leg("Ubuntu 22.04", "jammy", (), _EVERYTHING),
}  # fmt: skip
GROUPS = {"gdal": tuple(f"gdal-{release}" for release in RELEASES)}

"""What came out of a leg, and its row in docs/compatibility.md."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

PAGE = Path(__file__).parents[2] / "docs" / "compatibility.md"
_VERSIONS = ("QGIS", "GDAL", "Python", "numpy", "torch")


@dataclass
class Outcome:
    """Counts of tests; ``skipped`` by reason; ``broken`` names the steps that failed with no test to
    blame.
    """

    passed: int = 0
    failed: list[str] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)

    def add(self, report: Path) -> None:
        """Add the tests of pytest's ``--junitxml``."""
        for case in ElementTree.parse(report).getroot().iter("testcase"):
            if case.find("failure") is not None or case.find("error") is not None:
                self.failed.append(f"{case.get('classname')}.{case.get('name')}")
            elif (skipped := case.find("skipped")) is not None:
                self.skipped[skipped.get("message", "").replace("|", "/")] += 1
            else:
                self.passed += 1

    @property
    def is_good(self) -> bool:
        """Whether tests passed and nothing failed."""
        return bool(self.passed) and not self.failed and not self.broken


def record(title: str, versions: dict[str, str], outcome: Outcome, command: str, page: Path = PAGE) -> None:
    """Put the leg's row in the place of its last one, and the reasons of its skipped tests below the
    table.
    """
    failed = str(len(outcome.failed)) + "".join(f"; not done: {step}" for step in outcome.broken)
    counts = (str(outcome.passed), failed, str(outcome.skipped.total()))
    cells = (
        title,
        *(versions.get(name, "none") for name in _VERSIONS),
        *counts,
        f"{datetime.date.today()}",
        f"`{command}`",
    )
    lines = page.read_text(encoding="utf-8").splitlines()
    _replace(lines, f"| {title} |", f"| {' | '.join(cells)} |")
    _replace(lines, f"- **{title}**:", f"- **{title}**: {_in_words(outcome.skipped.most_common())}")
    page.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _in_words(reasons: Iterable[tuple[str, int]]) -> str:
    return "; ".join(f"{count} × {reason}" for reason, count in reasons) or "none"


def _replace(lines: list[str], start: str, line: str) -> None:
    """Put ``line`` in the place of the one line that begins with ``start``."""
    (place,) = (number for number, text in enumerate(lines) if text.startswith(start))
    lines[place] = line

"""`metadata.txt` tells users what CHANGELOG.md says of the newest version. Run this to write it there; the
tests compare them.
"""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]


def newest() -> tuple[str, str]:
    """The newest version that has a number, and its section as plain text, one line for each item."""
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    version, section = re.findall(
        r"^## (\d\S*) - \d{4}-\d\d-\d\d\n(.*?)(?=^## |\Z)", changelog, re.MULTILINE | re.DOTALL
    )[0]
    plain = re.sub(r"^### (.*)$", r"\1:", re.sub(r"[*`]", "", section), flags=re.MULTILINE)
    lines = re.sub(r"\n  +", " ", plain).split("\n")
    return version, "\n".join([version, *filter(None, lines)])


def main() -> None:
    """Put the section into `metadata.txt`, whose last entry it is."""
    metadata = ROOT / "metadata.txt"
    before = metadata.read_text(encoding="utf-8").partition("changelog=")[0]
    text = newest()[1].replace("\n", "\n    ")  # further lines of an entry are indented
    metadata.write_text(f"{before}changelog={text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()

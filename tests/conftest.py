"""What holds for all tests: `engine` is imported as ``python -m engine`` finds it, and Qt needs no screen."""

import importlib.util
import os
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
HELPERS = ROOT / "tests" / "engine"
sys.path[:0] = [str(ROOT), str(HELPERS), *(str(room) for room in sorted(HELPERS.iterdir()) if room.is_dir())]
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("GOMP_SPINCOUNT", "3000")  # as the engine has it: see its __main__
collect_ignore = (
    [] if importlib.util.find_spec("PyQt6") else ["qt6"]
)  # those have an environment of their own

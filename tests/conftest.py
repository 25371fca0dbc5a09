"""Put the repository's root on the path, so tests import `engine` just as ``python -m engine`` does."""

import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "engine")]

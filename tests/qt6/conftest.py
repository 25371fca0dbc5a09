"""The tests of Qt 6. They run in an environment with PyQt6 and without QGIS: see `make matrix-qt6`."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
os.environ["QT_QPA_PLATFORM"] = "offscreen"
sys.path[:0] = [str(Path(__file__).parent)]

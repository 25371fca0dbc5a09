"""Makes the pictures of the tutorial and of these pages: drives the real QGIS as a user would, and
photographs its screen.

``make pictures`` runs it; it needs Xvfb. QGIS has a profile of its own and goes through ``tour.py``.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).parents[1]
SCREEN, COLORS, QUALITY = "1440x900x24", 256, 82
INI = (
    "[PythonPlugins]\nraster_segmenter=true\nprocessing=true\n\n[qgis]\nshowTips=false\ncheckVersion=false\n\n"
    "[app]\nfirstRunVersionFlag=999999\nwelcome_page=false\n"
)


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "profiles" / "default"
        (home / "python" / "plugins").mkdir(parents=True)
        (home / "python" / "plugins" / "raster_segmenter").symlink_to(ROOT)
        (home / "QGIS").mkdir()
        (home / "QGIS" / "QGIS3.ini").write_text(INI, encoding="utf-8")
        photos = Path(folder) / "photos.txt"
        variables = {
            **os.environ, "QT_QPA_PLATFORM": "xcb", "XDG_RUNTIME_DIR": folder,
            "RASTER_SEGMENTER_ROOT": str(ROOT), "RASTER_SEGMENTER_PHOTOS": str(photos),
            "RASTER_SEGMENTER_PYTHON": str(ROOT / ".venv" / "bin" / "python"),
        }  # fmt: skip
        program = shutil.which("qgis.bin") or "qgis"
        tour = Path(__file__).with_name("tour.py")
        qgis = [
            program,
            "--profiles-path",
            folder,
            "--profile",
            "default",
            "--nologo",
            "--noversioncheck",
            "--code",
            str(tour),
        ]
        run = subprocess.run(
            ["xvfb-run", "-a", "-s", f"-screen 0 {SCREEN}", *qgis], env=variables, timeout=600, check=False
        )
        for photo in photos.read_text(encoding="utf-8").splitlines():
            shrink(Path(photo))
    return run.returncode


def shrink(path: Path) -> None:
    """To a palette, which pictures of dialogs need no more than; maps would lose colours that mean something,
    and are photos.
    """
    picture = Image.open(path).convert("RGB")
    if path.suffix == ".png":
        picture.quantize(COLORS, dither=Image.Dither.NONE).save(path, optimize=True)
    else:
        picture.save(path, quality=QUALITY, subsampling=0, optimize=True)


if __name__ == "__main__":
    sys.exit(main())

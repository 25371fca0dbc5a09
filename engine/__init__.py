"""The engine: rasters, labels and networks, in a process of its own. It knows nothing of QGIS."""

import json
import sys

__version__ = "0.1.0"
PYTHON = (3, 9)
"""The oldest Python for engine and plugin. Older ones must be able to read this file, and no other."""

if sys.version_info < PYTHON:
    _message = "Raster Segmenter needs Python {}.{} or newer, and this is Python {}.{}.{} ({}).".format(
        *(PYTHON + tuple(sys.version_info[:3]) + (sys.executable,))
    )
    _remedy = "Name a newer Python for the engine; where this is the Python of QGIS, update QGIS."
    if sys.argv[0] == "-m":  # started as the engine: whoever did so reads events
        print(json.dumps({"event": "failure", "code": "old_python", "message": _message, "remedy": _remedy}))
        sys.exit(1)
    raise ImportError(_message + " " + _remedy)

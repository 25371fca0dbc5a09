"""The engine: rasters, labels and networks, in a process of its own. It knows nothing of QGIS."""

import json
import sys

__version__ = "0.1.0"
PYTHON = (3, 9)
"""The oldest Python that runs the engine, and the plugin. This file alone has to be readable for older ones, too."""

if sys.version_info < PYTHON:
    _message = "The engine needs Python {}.{} or newer, and {} is Python {}.{}.{}.".format(
        *(PYTHON + (sys.executable,) + tuple(sys.version_info[:3]))  # noqa: RUF005
    )
    _remedy = "Name a newer Python for the engine, or update QGIS where this is the Python of QGIS."
    if sys.argv[0] == "-m":  # started as the engine: whoever did so reads events
        print(json.dumps({"event": "failure", "code": "old_python", "message": _message, "remedy": _remedy}))
        sys.stdout.flush()
    raise ImportError(_message + " " + _remedy)

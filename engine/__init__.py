"""The engine: rasters, labels and networks, in a process of its own. It knows nothing of QGIS."""

__version__ = "0.1.0"

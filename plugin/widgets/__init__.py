"""Widgets of our own for parameters that QGIS has none for, or none that works."""

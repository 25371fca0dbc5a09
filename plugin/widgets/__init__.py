"""Our own widgets for parameters for which QGIS has no widget, or none that works."""

"""QGIS's layers: to what the engine can open, from what it wrote, and what their styles call classes."""

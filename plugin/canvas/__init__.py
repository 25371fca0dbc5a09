"""Drawings over the map while jobs run: the growing map, outlines, legend, learning curve."""

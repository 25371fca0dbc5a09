"""Classify: a raster and models in, a class map and whatever else is wished for out."""

"""Classify: makes a class map, and the other outputs that the job asks for, from a raster and models."""

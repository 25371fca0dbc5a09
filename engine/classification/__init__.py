"""Classification: computes the class scores of a raster, and hands them to everything that writes results."""

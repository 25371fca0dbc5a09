"""Classification: from a raster to class scores, and from these to whatever is written of them."""

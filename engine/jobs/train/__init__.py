"""Train: makes a model file from images and references."""

"""Train: images and references in, a model file out."""

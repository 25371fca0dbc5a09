"""Training: from images and labels to the best weights."""

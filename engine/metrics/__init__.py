"""Accuracy figures from counts of pixels, probabilities and samples, and their confidence; numpy only."""

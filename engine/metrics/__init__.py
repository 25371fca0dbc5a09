"""Figures from counts, with numpy alone: of pixels, of probabilities, of samples, and how sure they are."""

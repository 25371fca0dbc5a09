"""The words that some fields of jobs are one of.."""

DEVICES, UNLABELLED = ("auto", "cuda", "mps", "cpu"), ("ignore", "background")
SCHEDULES, SWITCH = ("recommended", "as_published"), ("auto", "on", "off")
RESOLUTIONS, PRECISIONS = ("auto", "as_trained", "as_raster"), ("auto", "fp32", "bf16", "fp16")
AUXILIARIES = ("auto", "none", "reconstruction", "distance")
AUGMENTATIONS = ("auto", "none", "flips", "turns", "rotations", "all")

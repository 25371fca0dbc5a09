"""Model files: saves, loads and exports models, and takes weights from files to start a training."""

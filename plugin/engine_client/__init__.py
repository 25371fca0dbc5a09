"""The engine's process: its interpreter, its start, jobs in, events and results out."""

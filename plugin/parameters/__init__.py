"""Parameters of the algorithms: definitions, checks before a run, and texts that stand for tables."""

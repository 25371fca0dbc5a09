"""Parameters of the algorithms: their definitions, checks before a run, and the texts that stand for
tables.
"""

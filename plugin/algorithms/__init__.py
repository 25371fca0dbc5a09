"""The algorithms, one file each: the provider lists the `Algorithm` of each module."""

"""The machine and its libraries: what is installed, why something does not load, what differs between
systems.
"""

"""The machine: installed libraries, why one does not load, and what differs between operating systems."""

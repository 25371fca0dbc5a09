"""One file per algorithm: the provider lists each module's `Algorithm`."""

"""Why there is no lock file, or why the one that is there cannot be used."""


class LockError(Exception):
    """Its text is what a person reads: what is wrong, and what to do."""

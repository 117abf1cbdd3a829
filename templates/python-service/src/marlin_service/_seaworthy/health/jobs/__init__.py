"""Counts runs of background work."""

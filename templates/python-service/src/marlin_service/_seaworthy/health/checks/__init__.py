"""Asks dependencies in the background."""

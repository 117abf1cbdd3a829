"""Keeps completed minutes outside the process."""

"""Judges what a deployment changed."""

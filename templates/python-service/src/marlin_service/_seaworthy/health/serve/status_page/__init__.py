"""Renders one page for people: no script, nothing loaded."""

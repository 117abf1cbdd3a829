"""Renders what Prometheus reads."""

"""Answers the probes, the document, the metrics and the page, from memory."""

"""Counts requests, in bounded memory."""

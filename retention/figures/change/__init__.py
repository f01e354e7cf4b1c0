"""Figures of the page Why it changed."""

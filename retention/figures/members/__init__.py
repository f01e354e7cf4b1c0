"""Figures of the page Members."""

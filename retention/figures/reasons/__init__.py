"""Figures of the page Reasons."""

"""Figures of the page Win-back."""

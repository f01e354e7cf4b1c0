"""Figures of the page Farewell."""

"""Finds out whose export a file is, and which column holds what."""

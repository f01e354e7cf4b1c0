"""Turns the bytes of a file into a table of text."""

"""Finds rows that are wrong, doubtful or too few."""

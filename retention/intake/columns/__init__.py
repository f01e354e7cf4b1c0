"""Turns the cells of a column into values: dates, amounts, words, terms."""

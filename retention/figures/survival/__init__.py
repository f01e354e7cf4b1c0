"""Figures of the page How long they stay."""

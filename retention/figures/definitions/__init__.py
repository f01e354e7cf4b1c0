"""Figures of the page Which churn?."""

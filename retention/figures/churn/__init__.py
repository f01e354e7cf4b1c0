"""Figures of the page Churn."""

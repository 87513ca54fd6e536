"""Seasons made by chance, and what all products say of their last week held against the figures."""

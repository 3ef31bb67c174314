"""Unique values in every personal column of two people: what is told of whom, and what is left."""

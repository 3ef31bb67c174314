"""Keeps an invention: the rows of a place's invented people, in bulk, as services would have."""

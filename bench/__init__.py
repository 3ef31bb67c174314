"""Measures and proofs at full size. Nothing here is imported by the house or by its tests."""

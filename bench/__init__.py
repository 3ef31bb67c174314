"""Measures and proofs at full size. The house imports nothing of it; tests run it, tiny."""

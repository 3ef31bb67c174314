"""The makers' commands: set-up, running side by side, proofs."""

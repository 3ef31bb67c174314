"""The words and rules that all rooms share (pure)."""

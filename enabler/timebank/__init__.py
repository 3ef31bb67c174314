"""The time bank: minutes given and received (pure)."""

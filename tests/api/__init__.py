"""The JSON door, through its calls."""

"""What others are served does not tell where somebody lives (law 7)."""

"""What makes somebody look: what must fire, what must not, and what follows from it."""

"""Is leave really asked for? Each check is taken out in turn, and some test must turn red."""

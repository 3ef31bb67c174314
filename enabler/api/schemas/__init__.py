"""What goes over the JSON door: a thin schema for each view, and one for each thing sent."""

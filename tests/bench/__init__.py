"""The bench cannot rot: its generator and each of its measures, at the size of a hamlet."""

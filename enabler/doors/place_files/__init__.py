"""Reads a place's TOML file and the files that it names; what is wrong is told with its place."""

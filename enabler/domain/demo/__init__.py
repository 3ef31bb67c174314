"""Invented people for a real map: who lives there, gives, asks, and what has come of it.

Pure and repeatable: the same seed, size, town and moment give the same people. Everybody in it is
made up; what they say and are called lies in the TOML files beside the code. It keeps nothing and
matches nobody: ``services.demo`` asks the engine who could have helped, and keeps the rows.
"""

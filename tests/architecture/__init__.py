"""The laws of the house that a machine can hold: sizes, imports, words, clocks, files.

Each check is a function from a file's text to complaints, and each is shown a bad sample, so that
none of them can pass by being blind.
"""

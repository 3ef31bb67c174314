"""The engine's inner loops: plain functions of numbers and arrays, compiled for many at once.

Nothing here is imported until many needs are matched at once (see :mod:`.compiling`).
"""

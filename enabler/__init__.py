"""Enabler: the platform with which a place looks after itself. Nothing is imported here, ever."""

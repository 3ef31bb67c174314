"""The table of periodic work; the one module that imports apscheduler."""

"""Chromium for the tests, the application served to it, and axe to judge what it shows."""

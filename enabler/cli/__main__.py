"""``python -m enabler.cli``: the same as the command ``enabler``."""

from enabler.cli import main

main()

"""One text in, what is to be done and said out: pure, so that it can be replayed and tried."""

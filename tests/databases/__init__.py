"""Both databases for the tests: a throw-away PostgreSQL and SpatiaLite files, a fresh one per test.

It does not know the schema: that comes from ``enabler.app.upgrade_schema``, once per run.
"""

"""The cellar: the only room that knows a database."""

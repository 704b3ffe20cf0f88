"""Changing the schema and the code while the suite serves: expand, migrate, contract."""

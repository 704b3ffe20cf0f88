"""Road engines."""

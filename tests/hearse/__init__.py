"""The hearse service."""

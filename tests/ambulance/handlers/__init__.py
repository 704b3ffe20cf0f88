"""Handlers of the ambulance service on a real PostgreSQL."""

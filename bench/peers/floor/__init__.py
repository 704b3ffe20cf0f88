"""Peer c, the floor: FastAPI straight to PostgreSQL, no broker."""

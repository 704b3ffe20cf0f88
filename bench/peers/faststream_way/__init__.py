"""Peer b: FastAPI in front, FastStream RPC over RabbitMQ, psycopg's async pool behind."""

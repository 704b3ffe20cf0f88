"""PostgreSQL and RabbitMQ, private to one folder, for `kota up` and for tests."""

from kota.engines.definitions import Document, build_definitions
from kota.engines.management import Management
from kota.engines.postgres import PostgresServer, postgres_server
from kota.engines.postgres_roles import provision_databases
from kota.engines.rabbitmq import RabbitmqNode, rabbitmq_node

__all__ = [
    "Document",
    "Management",
    "PostgresServer",
    "RabbitmqNode",
    "build_definitions",
    "postgres_server",
    "provision_databases",
    "rabbitmq_node",
]

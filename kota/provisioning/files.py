"""Secrets as files for a compose file or a secret store: the drawn ones, and the addresses that are made of them."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from chassis.privacy.letter_keys import sealing_key
from chassis.settings import opening_variable, sealing_variable
from contracts.envelope import opens
from kota.engines.definitions import VHOST
from kota.private_files import write_private
from kota.secrets import wanted_secrets
from kota.services import discover


def write_files(folder: Path, postgres: str, rabbitmq: str) -> list[str]:
    """Write what is missing; returns its names. Addresses follow the passwords that are there."""
    names = discover()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    values = {name: _kept(folder / name) or draw() for name, draw in wanted_secrets(names).items()}
    values |= addresses(values, names, postgres, rabbitmq)
    values["RABBITMQ_CONF"] = f"default_user = admin\ndefault_pass = {values['AMQP_PASSWORD_ADMIN']}"
    missing = [name for name, text in values.items() if _kept(folder / name) != text]
    for name in missing:
        write_private(folder / name, values[name] + "\n")
        # Compose mounts a file with the owner and rights that it has here, and a container's user is another one: the
        # folder keeps others out.
        (folder / name).chmod(0o444)
    return missing


def addresses(values: dict[str, str], services: tuple[str, ...], postgres: str, rabbitmq: str) -> dict[str, str]:
    """Who logs in where; and the public halves of the keys with which others seal."""
    made = {
        "POSTGRES_URL": f"postgresql://postgres:{quote(values['POSTGRES_PASSWORD'], safe='')}@{postgres}/postgres",
        "AMQP_MANAGEMENT_URL": f"http://admin:{quote(values['AMQP_PASSWORD_ADMIN'], safe='')}@{rabbitmq}:15672",
    }
    watcher = quote(values["AMQP_PASSWORD_KOTA"], safe="")
    made["AMQP_MONITOR_URL"] = f"http://kota:{watcher}@{rabbitmq}:15672/{VHOST}"  # for autoscalers, which count queues
    for user in (*services, "gateway", "kota"):
        password = quote(values[f"AMQP_PASSWORD_{user.upper()}"], safe="")
        made[f"AMQP_URI_{user.upper()}"] = f"amqp://{user}:{password}@{rabbitmq}:5672/{VHOST}"
    for service in services:
        password = quote(values[f"POSTGRES_PASSWORD_{service.upper()}"], safe="")
        made[f"DATABASE_URL_{service.upper()}"] = f"postgresql://{service}:{password}@{postgres}/{service}"
        if opens(service):
            made[sealing_variable(service)] = sealing_key(values[opening_variable(service)])
    return made


def _kept(file: Path) -> str:
    return file.read_text(encoding="utf-8").strip() if file.exists() else ""

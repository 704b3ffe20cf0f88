"""The gateway from its image's tree alone, and what the script refuses."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.deploy.image.tree import bare_python, build, size, try_to_build
from tests.gateway.support.issuing import Issuer
from tests.gateway.support.process import GatewayProcess
from tests.support.broker import Vhost


def test_it_serves_without_any_service_and_without_nameko(vhost: Vhost, tmp_path: Path) -> None:
    tree, issuer = build("gateway", tmp_path / "kota"), Issuer()
    assert not (tree / "lib" / "nameko").exists() and not (tree / "app" / "services").exists()
    assert size(tree) <= size(Path(sys.prefix)) / 2
    process = GatewayProcess(vhost.uri("gateway"), issuer.url, tmp_path / "log", PYTHON=str(bare_python(tmp_path)))
    process.command, process.root = [str(tree / "start")], tree
    with issuer.running(), process as gateway:
        assert gateway.get("/health/ready").json()["status"] == "ready"
        assert gateway.get("/docs").status_code == 200
        assert gateway.get("/docs/assets/swagger-ui.css").status_code == 200
        reply = gateway.get("/v1/hearse/bookings", headers=issuer.headers("hearse-officer"))
        assert reply.status_code == 503, reply.text  # nobody answers for the hearse service here


def test_an_unknown_part_is_named(tmp_path: Path) -> None:
    done = try_to_build("hearsay", tmp_path / "kota")
    assert done.returncode == 2 and "no part 'hearsay'" in done.stderr
    assert not (tmp_path / "kota").exists()


def test_a_folder_in_use_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "app").mkdir()
    done = try_to_build("gateway", tmp_path)
    assert done.returncode == 2 and "not empty" in done.stderr

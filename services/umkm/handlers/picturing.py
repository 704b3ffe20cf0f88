"""Photos made fit for the market, in a process of their own: `python -m services.umkm.handlers.picturing`.

A picture is the one thing here that a stranger's bytes make a large library decode. What goes wrong in it ends that
process, which has little memory and none of the service's keys, and not the service. It reads the file from its input
and writes a line of JSON and the two JPEG files to its output.
"""

from __future__ import annotations

import io
import json
import resource
import sys
import warnings
from dataclasses import dataclass
from typing import Any

TYPES = ("JPEG", "PNG", "WEBP")
MOST_PIXELS = 59_999_999
"""Pillow warns only beyond 89 million; a photo of sixty takes 180 MB once it is decoded."""
LARGE, SMALL = 1280, 320
QUALITY = 82
MEGABYTES = 1200
FEWEST = 50
"""Points a side; with less a photo shows nothing."""


@dataclass(frozen=True, slots=True)
class Pictured:
    """Two JPEG files and the size of the large one; or `fault`, a code of what is wrong with the file."""

    fault: str = ""
    width: int = 0
    height: int = 0
    large: bytes = b""
    small: bytes = b""


def pictured(content: bytes) -> Pictured:
    """The photo in both sizes: upright, in sRGB, on white, without metadata."""
    from PIL import Image, UnidentifiedImageError

    warnings.simplefilter("ignore", Image.DecompressionBombWarning)
    try:
        image = Image.open(io.BytesIO(content), formats=TYPES)
    except UnidentifiedImageError:
        return Pictured("no_picture")
    except Image.DecompressionBombError:
        return Pictured("too_many_pixels")
    except Exception:
        return Pictured("damaged")
    if image.width * image.height > MOST_PIXELS:
        return Pictured("too_many_pixels")
    if min(image.size) < FEWEST:
        return Pictured("too_small")
    try:
        return _both(image)
    except Exception:  # whatever a decoder says of a damaged file
        return Pictured("damaged")


def _both(image: Any) -> Pictured:
    from PIL import ImageOps

    image.draft("RGB", (LARGE, LARGE))  # JPEG: decoded small at once
    upright = _plain(ImageOps.exif_transpose(image))
    upright.thumbnail((LARGE, LARGE))
    large = _jpeg(upright)
    width, height = upright.size
    upright.thumbnail((SMALL, SMALL))
    return Pictured("", width, height, large, _jpeg(upright))


def _plain(image: Any) -> Any:
    """RGB in the colours that screens expect; what is transparent becomes white."""
    from PIL import Image, ImageCms

    if profile := image.info.get("icc_profile"):
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            if image.mode in ("RGB", "CMYK"):
                image = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
        except (ImageCms.PyCMSError, OSError):
            pass  # a broken profile: the colours as they are
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        clear = image.convert("RGBA")
        white = Image.new("RGB", clear.size, "white")
        white.paste(clear, mask=clear.getchannel("A"))
        return white
    if image.mode.startswith("I;16"):
        image = image.point(lambda value: value / 256).convert("L")
    return image.convert("RGB")


def _jpeg(image: Any) -> bytes:
    target = io.BytesIO()
    image.info = {}
    image.save(target, "JPEG", quality=QUALITY, optimize=True, progressive=True, exif=b"", icc_profile=None)
    return target.getvalue()


def main() -> None:
    """One file in, two out."""
    resource.setrlimit(resource.RLIMIT_AS, (MEGABYTES << 20, MEGABYTES << 20))
    found = pictured(sys.stdin.buffer.read())
    head = {"fault": found.fault, "width": found.width, "height": found.height, "large": len(found.large)}
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + found.large + found.small)


if __name__ == "__main__":
    main()

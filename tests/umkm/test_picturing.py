"""Photos: upright, small, without what a camera wrote, and nothing that is none."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from PIL import Image, ImageCms

from contracts.problems import InvalidRequest
from services.umkm.handlers.photos import picture as made
from services.umkm.handlers.picturing import pictured
from tests.umkm.pictures import picture

LATITUDE = "tempat"


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def with_exif(turned: int = 1) -> bytes:
    """A photo that says where and how it was taken."""
    exif = Image.Exif()
    exif[0x0112] = turned
    exif[0x010F] = LATITUDE
    exif.get_ifd(0x8825)[2] = (6.0, 10.0, 12.0)
    return picture(exif=exif.tobytes())


def png_head(width: int, height: int) -> bytes:
    """A PNG that says how large it is, and holds nothing."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = [(b"IHDR", head), (b"IDAT", zlib.compress(b"")), (b"IEND", b"")]
    body = b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + body


def test_made_smaller_in_two_sizes_and_never_larger() -> None:
    found = made(picture(4000, 3000))
    assert (found.width, found.height) == (1280, 960) == opened(found.large).size
    assert opened(found.small).size == (320, 240)
    assert opened(made(picture(200, 100)).large).size == (200, 100)


def test_nothing_that_the_camera_wrote_is_left() -> None:
    content = with_exif()
    assert LATITUDE.encode() in content and opened(content).getexif().get_ifd(0x8825)
    found = made(content)
    for one in (found.large, found.small):
        image = opened(one)
        assert not image.getexif() and "exif" not in image.info and LATITUDE.encode() not in one


@pytest.mark.parametrize(("turned", "red"), [(1, (10, 150)), (3, (390, 150)), (6, (150, 10)), (8, (150, 390))])
def test_turned_upright(turned: int, red: tuple[int, int]) -> None:
    image = opened(made(with_exif(turned)).large)
    assert image.size == ((300, 400) if turned in (6, 8) else (400, 300))
    pixel = image.getpixel(red)
    assert isinstance(pixel, tuple) and pixel[0] > 200 > 100 > pixel[1]


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_png_and_webp_become_jpeg_and_what_is_transparent_white(kind: str) -> None:
    image = Image.new("RGBA", (100, 100), (255, 0, 0, 0))
    target = io.BytesIO()
    image.save(target, kind)
    found = opened(made(target.getvalue()).large)
    assert (found.format, found.getpixel((50, 50))) == ("JPEG", (255, 255, 255))


@pytest.mark.parametrize("mode", ["L", "P", "CMYK", "1", "I;16", "LA"])
def test_every_mode_of_colours(mode: str) -> None:
    target = io.BytesIO()
    Image.new(mode, (60, 60)).save(target, "JPEG" if mode == "CMYK" else "PNG")
    assert opened(pictured(target.getvalue()).large).mode == "RGB"


def test_colours_of_another_profile_are_brought_to_what_screens_expect() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert not pictured(picture(icc_profile=profile)).fault
    assert not pictured(picture(icc_profile=b"no profile at all")).fault
    assert "icc_profile" not in opened(pictured(picture(icc_profile=profile)).large).info


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "no_picture"),
        (b"GIF89a not a jpeg at all", "no_picture"),
        (b"%PDF-1.7 called foto.jpg", "no_picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "no_picture"),
        (picture(kind="GIF"), "no_picture"),
        (picture()[:400], "damaged"),
        (picture(40, 400), "too_small"),
        (png_head(10_000, 6_000), "too_many_pixels"),
        (png_head(20_000, 20_000), "too_many_pixels"),
    ],
    ids=["empty", "gif head", "pdf", "svg", "gif", "cut off", "narrow", "60 megapixels", "400 megapixels"],
)
def test_what_is_no_photo_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(InvalidRequest) as refused:
        made(content)
    error = refused.value.data.errors[0]
    assert (error.pointer, error.code) == ("/file", code)


def test_just_below_sixty_megapixels_is_decoded() -> None:
    found = made(picture(9_999, 6_000, quality=5))
    assert (found.width, found.height) == (1280, 768)

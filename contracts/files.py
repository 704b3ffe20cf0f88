"""Files as replies: what is printed or opened in a spreadsheet."""

from __future__ import annotations

from typing import ClassVar

from pydantic import ConfigDict

from .base import View


class FileReply(View):
    """The bytes of one file, base64 on the broker, as they are at the edge."""

    model_config = ConfigDict(extra="ignore", frozen=True, ser_json_bytes="base64", val_json_bytes="base64")

    media_type: ClassVar[str]
    file_name: str
    content: bytes


class Pdf(FileReply):
    """To be printed."""

    media_type: ClassVar[str] = "application/pdf"


class Csv(FileReply):
    """UTF-8 with commas and a head line."""

    media_type: ClassVar[str] = "text/csv; charset=utf-8"

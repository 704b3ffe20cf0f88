"""Files: those that people send, and replies that are printed or opened in a spreadsheet."""

from __future__ import annotations

from typing import ClassVar

from pydantic import ConfigDict, Field

from .base import Model, View


class FileReply(View):
    """The bytes of one file, base64 on the broker, as they are at the edge."""

    model_config = ConfigDict(extra="ignore", frozen=True, ser_json_bytes="base64", val_json_bytes="base64")

    media_type: ClassVar[str]
    cached_seconds: ClassVar[int] = 0
    """How long anybody may keep it; 0: nobody, not at all."""
    file_name: str
    content: bytes


class Pdf(FileReply):
    """To be printed."""

    media_type: ClassVar[str] = "application/pdf"


class Csv(FileReply):
    """UTF-8 with commas and a head line."""

    media_type: ClassVar[str] = "text/csv; charset=utf-8"


class Xlsx(FileReply):
    """To be opened in a spreadsheet."""

    media_type: ClassVar[str] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Jpeg(FileReply):
    """A picture that never changes under its address."""

    media_type: ClassVar[str] = "image/jpeg"
    cached_seconds: ClassVar[int] = 3_600


class StoredFile(Model):
    """A file that the gateway has put into storage for a service: who uploads sends the file itself."""

    key: str = Field(pattern=r"^[a-z]+/[0-9a-f]{32,64}$")
    name: str = Field(max_length=200, repr=False)
    size: int = Field(ge=0)
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")

"""A zipped workbook: its parts, unpacked as a stream; what could harm is refused before anything is unpacked."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO
from xml.parsers import expat

from .limits import Limits, Unreadable

CHUNK = 1 << 18
DAMAGED = Unreadable("damaged", "the file is damaged or cut off", "export it again and send the new file")
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, KeyError, ValueError)


class Part:
    """An unpacked part. Only what goes wrong while it is unpacked is the file's fault."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream

    def read(self, size: int) -> bytes:
        """The next bytes. Raises Unreadable."""
        try:
            return self._stream.read(size)
        except _BROKEN:
            raise DAMAGED from None


class Package:
    """The parts by name. Raises Unreadable."""

    def __init__(self, file: IO[bytes], limits: Limits) -> None:
        self.limits = limits
        try:
            self._zip = zipfile.ZipFile(file)
            self._parts = self._zip.infolist()
        except _BROKEN:
            raise DAMAGED from None
        self._refuse_harm()
        self.names = frozenset(part.filename for part in self._parts)

    def _refuse_harm(self) -> None:
        limits, parts = self.limits, self._parts
        if any(part.flag_bits & 1 for part in parts):
            raise password_protected()
        if any(part.filename.lower().endswith("vbaproject.bin") for part in parts):
            raise Unreadable("macros", "the file holds macros", "save it as .xlsx without macros")
        if any("externallinks/" in part.filename.lower() for part in parts):
            raise Unreadable("external_links", "the file refers to other files", "paste the values, then save it anew")
        packed = [part for part in parts if part.file_size > limits.small_part]
        too_dense = any(part.file_size > limits.ratio * max(part.compress_size, 1) for part in packed)
        if too_dense or len(parts) > limits.parts or sum(part.file_size for part in parts) > limits.unpacked:
            raise Unreadable("unpacks_too_large", "the file unpacks to far more than a roster", "export it again")

    @contextmanager
    def open(self, name: str) -> Iterator[Part]:
        """A part as a stream."""
        try:
            stream = self._zip.open(name)
        except _BROKEN:
            raise DAMAGED from None
        with stream:
            yield Part(stream)

    def parse(self, name: str, parser: expat.XMLParserType) -> None:
        """Read a small part whole."""
        with self.open(name) as stream:
            while block := stream.read(CHUNK):
                feed(parser, block)
            feed(parser, b"", last=True)


def new_parser() -> expat.XMLParserType:
    """A parser that knows no document type: entities are how a small file grows large."""
    parser = expat.ParserCreate(namespace_separator=None)
    parser.buffer_text = True
    parser.buffer_size = 1 << 16
    parser.StartDoctypeDeclHandler = _no_doctype
    return parser


def feed(parser: expat.XMLParserType, block: bytes, *, last: bool = False) -> None:
    """Hand on a block. Raises Unreadable for what is no XML."""
    try:
        parser.Parse(block, last)
    except (expat.ExpatError, ValueError):
        raise DAMAGED from None


def local(tag: str) -> str:
    """The name without its prefix: writers are free to choose one."""
    return tag.rpartition(":")[2]


def password_protected() -> Unreadable:
    """The refusal of an encrypted file."""
    return Unreadable("password", "the file is protected by a password", "save it without a password")


def _no_doctype(*_: object) -> None:
    raise Unreadable("damaged", "the file declares a document type", "export it again and send the new file")

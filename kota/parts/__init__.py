"""The parts that an image is built for: what each starts from, and which locked packages it needs."""

from .locks import lock_of
from .parts import OPERATOR, Part, all_parts

__all__ = ["OPERATOR", "Part", "all_parts", "lock_of"]

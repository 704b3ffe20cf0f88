"""Every text for people that stands in the code, found in the source, so that none can be forgotten."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import contracts
from contracts.problems import PROBLEMS

ROOT = Path(contracts.__file__).parent.parent
ROOMS = ("contracts", "chassis", "services", "gateway")
TABLES = re.compile(r"_?(FIX|FIXES|\w*TEXTS?)")
"""Names of module-level tables of such texts."""

TEXT_ARGUMENTS = {
    "wrong_field": ((2, "detail"), (3, "fix")),
    "FieldError": ((None, "detail"), (None, "fix")),
    "PydanticCustomError": ((1, "message_template"),),
    "refuse": ((1, "problem"), (2, "fix")),
    "refused": ((1, "detail"),),
    "Unfit": ((1, "problem"), (2, "fix")),
    "Unreadable": ((1, "problem"), (2, "fix")),
    "control": ((1, "reason"),),
    "required_text": ((2, "fix"),),
    "_candidate": ((4, "text"),),
    "row_fault": ((2, "detail"), (3, "fix")),
}


def found() -> dict[str, str]:
    """Where each text stands; what is put into it shows as `{}`."""
    return {text: place for path in _modules() for text, place in _in_module(path)}


def _modules() -> Iterator[Path]:
    for room in ROOMS:
        yield from sorted((ROOT / room).rglob("*.py"))


def _in_module(path: Path) -> Iterator[tuple[str, str]]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        texts: Iterator[str] = iter(())
        if isinstance(node, ast.Call):
            texts = _of_call(node, tree)
        elif isinstance(node, ast.Assign) and any(_is_table(target) for target in node.targets):
            texts = _texts(node.value, tree)
        elif isinstance(node, ast.Dict):
            texts = (one for key, value in _items(node) if key == "fix" for one in _texts(value, tree))
        for text in texts:
            yield text, f"{path.relative_to(ROOT)}:{node.lineno}"


def _of_call(call: ast.Call, tree: ast.Module) -> Iterator[str]:
    name = getattr(call.func, "id", None) or getattr(call.func, "attr", "")
    given = {keyword.arg: keyword.value for keyword in call.keywords}
    arguments = TEXT_ARGUMENTS.get(name, ())
    if name in {problem.__name__ for problem in PROBLEMS.values()} and "detail_id" not in given:
        arguments = ((0, "detail"),)
    for position, keyword in arguments:
        value = given.get(keyword)
        if value is None and position is not None and len(call.args) > position:
            value = call.args[position]
        if value is not None:
            yield from _texts(value, tree)


def _texts(value: ast.AST, tree: ast.Module) -> Iterator[str]:
    if isinstance(value, ast.Constant) and isinstance(value.value, str) and _is_said(value.value):
        yield value.value
    elif isinstance(value, ast.JoinedStr):
        yield "".join(part.value if isinstance(part, ast.Constant) else "{}" for part in value.values)
    elif isinstance(value, ast.Name):
        yield from _assigned(value.id, tree)
    elif isinstance(value, ast.Subscript):
        yield from _texts(value.value, tree)
    elif isinstance(value, ast.Dict):
        for _, each in _items(value):
            yield from _texts(each, tree)
    elif isinstance(value, ast.Tuple | ast.BinOp | ast.IfExp | ast.BoolOp):
        for each in ast.iter_child_nodes(value):
            yield from _texts(each, tree)


def _is_said(text: str) -> bool:
    """Words, and not SQL."""
    return " " in text and "\n" not in text


def _assigned(name: str, tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Assign) or isinstance(node.value, ast.Name):
            continue
        if any(getattr(target, "id", None) == name for target in node.targets):
            yield from _texts(node.value, tree)


def _is_table(target: ast.AST) -> bool:
    return isinstance(target, ast.Name) and TABLES.fullmatch(target.id) is not None


def _items(node: ast.Dict) -> Iterator[tuple[str | None, ast.AST]]:
    for key, value in zip(node.keys, node.values, strict=True):
        yield (key.value if isinstance(key, ast.Constant) and isinstance(key.value, str) else None), value

"""What the tests of the house read: the files of the project, and what stands in them."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "buurtdraad"
# Made by programs, or not ours.
NOT_OURS = {".git", ".venv", ".data", ".setup", "node_modules", "built", "dist", "__pycache__", "migrations"}

ALWAYS_A_QUERYSET = {"get_or_create", "update_or_create", "bulk_create", "bulk_update"}
SIGN_OF_A_QUERYSET = {"objects", "_default_manager", "_base_manager", "filter", "exclude", "all", "using"}
WRITING_SQL = re.compile(r"^\s*(INSERT|UPDATE|DELETE|TRUNCATE|COPY|MERGE)\b", re.IGNORECASE)

TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)
COMMENT = re.compile(r"\{% comment.*?endcomment %\}|\{#.*?#\}|<!--.*?-->", re.DOTALL)
SHAPES_THE_POLICY_REFUSES = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "a <style> element": re.compile(r"<style\b", re.IGNORECASE),
    "a script without src": re.compile(r"<script\b(?![^>]*\ssrc\s*=)", re.IGNORECASE),
    "an on... attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "hx-on": re.compile(r"\b(data-)?hx-on\b", re.IGNORECASE),
    "js: in a value": re.compile(r"""["'\s](js|javascript):""", re.IGNORECASE),
    "a filter in hx-trigger": re.compile(r"""hx-trigger\s*=\s*["'][^"']*\[""", re.IGNORECASE),
}


def rooms() -> list[str]:
    """Names of the rooms that stand."""
    return sorted(folder.name for folder in PACKAGE.iterdir() if (folder / "__init__.py").exists())


def room_of(path: Path) -> str:
    """The room that a file of the package lies in; of a file beside the rooms, its own name."""
    return path.relative_to(PACKAGE).parts[0]


def files(folder: Path, *suffixes: str) -> Iterator[Path]:
    """Our own files below a folder with one of these suffixes, in order."""
    for above, folders, names in folder.walk():
        folders[:] = sorted(set(folders) - NOT_OURS)
        yield from (above / name for name in sorted(names) if Path(name).suffix in suffixes)


def templates() -> list[Path]:
    """All templates of all rooms."""
    return [path for path in files(PACKAGE, ".html", ".txt") if "templates" in path.parts]


def markdown() -> list[Path]:
    """Every text that a reader may follow a link in."""
    return list(files(ROOT, ".md"))


def writes(source: str) -> list[tuple[int, str]]:
    """Line and call of each write to the database in Python source.

    `save()` and `delete()` without positional arguments are those of a model, a form or a queryset (files and caches
    take a name); `create` and `update` count when the chain shows a manager or a queryset, so that `dict.update` does not.
    """
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)]
    return [(call.lineno, call.func.attr) for call in calls if writes_rows(call) or writes_by_sql(call)]


def writes_rows(call: ast.Call) -> bool:
    """Whether a call of a method is a write of Django's (the asynchronous ones begin with an `a`)."""
    name = call.func.attr.removeprefix("a")
    if name in ALWAYS_A_QUERYSET:
        return True
    if name in {"save", "delete"}:
        return not call.args
    return name in {"create", "update"} and bool(SIGN_OF_A_QUERYSET & set(chain(call.func.value)))


def writes_by_sql(call: ast.Call) -> bool:
    """Whether a call sends the database a statement that writes."""
    return call.func.attr in {"execute", "executemany", "copy"} and bool(call.args and WRITING_SQL.match(text_of(call.args[0])))


def chain(node: ast.expr) -> Iterator[str]:
    """Names along `a.b(...).c[...]`, from right to left."""
    while True:
        match node:
            case ast.Attribute():
                yield node.attr
                node = node.value
            case ast.Call():
                node = node.func
            case ast.Subscript() | ast.Await():
                node = node.value
            case _:
                return


def text_of(node: ast.expr) -> str:
    """The text that an expression starts with, as far as it can be read without running it."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=[first, *_]):
            return text_of(first)
        case ast.BinOp(left=left):
            return text_of(left)
        case ast.Call(func=ast.Attribute(value=inner), args=args):
            return text_of(inner) or (text_of(args[0]) if args else "")
        case _:
            return ""


def imported(source: str) -> set[str]:
    """Full names of all that Python source imports."""
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def methods(source: str) -> list[tuple[int, str]]:
    """Line and name of each method in Python source."""
    return [
        (item.lineno, item.name)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ClassDef)
        for item in node.body
        if isinstance(item, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def refused_shapes(template: str) -> list[str]:
    """What a template holds that the Content Security Policy would refuse, or that htmx would have to `eval`."""
    html = TAG.sub("x", COMMENT.sub("", template))
    return [name for name, shape in SHAPES_THE_POLICY_REFUSES.items() if shape.search(html)]


def settings_read(source: str) -> dict[str, object]:
    """Names that are read with `env.<type>("NAME", default)`, each with its default (None where that is no constant)."""
    found: dict[str, object] = {}
    for call in ast.walk(ast.parse(source)):
        match call:
            case ast.Call(func=ast.Attribute(value=ast.Name(id="env")), args=[ast.Constant(value=str(name)), *rest]):
                found[name] = rest[0].value if rest and isinstance(rest[0], ast.Constant) else None
    return found


def environment_read(source: str) -> set[str]:
    """Names that are read from `os.environ`, by key or by `get`, or with our own `named("...")`."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Subscript(value=ast.Attribute(attr="environ"), slice=ast.Constant(value=str(name)), ctx=ast.Load()):
                found.add(name)
            case ast.Call(func=ast.Attribute(value=ast.Attribute(attr="environ"), attr="get"), args=[ast.Constant(value=str(name)), *_]):
                found.add(name)
            case ast.Call(func=ast.Name(id="named") | ast.Attribute(attr="named"), args=[ast.Constant(value=str(name))]):
                found.add(name)
    return found

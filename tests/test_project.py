"""The house rules, as tests. Where a rule makes a piece of code worse, it is named here with the reason."""

import ast
import hashlib
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection
from django.template import engines

ROOT = Path(settings.ROOT)
PACKAGES = ("lms", "curriculum", "assessments", "certificates")
NOT_OURS = {
    ".venv",
    "var",
    ".git",
    "__pycache__",
    ".pytest_cache",
    ".ruff_cache",
    ".hypothesis",
    ".import_linter_cache",
}

# Files over 300 lines and functions over 30, each with its reason.
LONG_FILES: dict[str, str] = {}
LONG_FUNCTIONS: dict[str, str] = {}

INLINE = re.compile(
    r"<style|\sstyle\s*=|<script(?![^>]*(\ssrc=|application/(ld\+)?json))|\son[a-z]+\s*=|javascript:", re.I
)
DRAWN_NOT_SERVED: dict[str, str] = {}

# Layers ---------------------------------------------------------------------------------------------------------------


def test_imports_point_down():
    command = [Path(sys.executable).parent / "lint-imports", "--no-cache", "--config", ROOT / "pyproject.toml"]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert found.returncode == 0, found.stdout + found.stderr


def test_picture_holds_every_package():
    drawn = set(_floors())
    built = {_dotted(path.parent) for path in _files("apps.py") if path.parent.name != "settings"}
    assert built <= drawn


def test_foreign_keys_point_down():
    """The person is named by Django's own setting, so a row may say who wrote it wherever it stands."""
    upward = [
        f"{field} → {field.related_model._meta.label}"
        for model in apps.get_models()
        for field in model._meta.get_fields(include_parents=False)
        if field.is_relation and not field.auto_created and isinstance(field.related_model, type)
        if field.related_model is not get_user_model()
        if _points_up(model._meta.app_label, field.related_model._meta.app_label)
    ]
    assert upward == []


def test_names_in_strings_point_down():
    """«assessments.Question» in curriculum's code, but for the page types that Wagtail wants as strings."""
    upward = [
        f"{_short(path)}:{node.lineno} {node.value}"
        for path in _files("*.py", packages=PACKAGES)
        if (label := _label_of(path)) and "migrations" not in path.parts
        for node in _strings_outside_page_types(ast.parse(path.read_text()))
        if (named := re.fullmatch(r"(\w+)\.[A-Z]\w+", node.value)) and _points_up(label, named[1])
    ]
    assert upward == []


def test_get_model_points_down():
    upward = [
        f"{_short(path)}:{node.lineno}"
        for path in _files("*.py", packages=PACKAGES)
        if (label := _label_of(path)) and "migrations" not in path.parts
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "get_model"
        if node.args and isinstance(node.args[0], ast.Constant)
        if _points_up(label, str(node.args[0].value).split(".")[0])
    ]
    assert upward == []


def test_templates_load_and_include_downwards():
    libraries = engines["django"].engine.libraries
    upward = []
    for path in _files("*.html", packages=("templates",)):
        label = path.relative_to(ROOT / "templates").parts[0]
        text = path.read_text()
        loaded = [
            _label(libraries[name]) for names in re.findall(r"{% load ([^%]+) %}", text) for name in names.split()
        ]
        drawn = re.findall(r'{% (?:include|extends) "(\w+)/', text)
        upward += [f"{_short(path)}: {other}" for other in loaded + drawn if other and _points_up(label, other)]
    assert upward == []


# Migrations -----------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=1)


def test_each_app_has_one_migration():
    several = {"lms/core": ["0001_initial", "0002_countries_and_locales"]}
    for folder in (
        path.parent for path in _files("__init__.py", packages=PACKAGES) if path.parent.name == "migrations"
    ):
        names = sorted(path.stem for path in folder.glob("0*.py"))
        assert names == several.get(_short(folder.parent), ["0001_initial"]), folder


# Words and files ------------------------------------------------------------------------------------------------------


def test_every_variable_is_in_the_readme_and_is_read():
    table = set(re.findall(r"^\| `([A-Z_]+)` \|", (ROOT / "README.md").read_text(), re.M))
    read = _variables_of_settings() | set(re.findall(r"\$\{([A-Z_]+):-", (ROOT / "run").read_text()))
    assert table == read


def test_templates_have_no_inline_style_or_script():
    """The content security policy forbids them."""
    found = [
        f"{_short(path)}: {match[0]}"
        for path in _files("*.html", packages=("templates", *PACKAGES))
        if _short(path) not in DRAWN_NOT_SERVED and (match := INLINE.search(path.read_text()))
    ]
    assert found == []


def test_files_are_short():
    kinds = ("*.py", "*.html", "*.css", "*.js", "run")
    paths = [path for kind in kinds for path in _files(kind) if not re.search(r"\.min\.|migrations", str(path))]
    long = {_short(path) for path in paths if len(path.read_text().splitlines()) > 300}
    assert long == set(LONG_FILES)


def test_functions_are_short():
    long = {
        f"{_short(path)}:{node.name}"
        for path in _files("*.py")
        if "migrations" not in path.parts
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef) and _length(node) > 30
    }
    assert long == set(LONG_FUNCTIONS)


def test_packages_open_with_four_things():
    """What a package is for, what it owns, what it may import, what it offers."""
    for folder in (path.parent for path in _files("apps.py", packages=PACKAGES)):
        words = ast.get_docstring(ast.parse((folder / "__init__.py").read_text())) or ""
        missing = [word for word in ("Owns", "ay import", "Offers") if word not in words]
        assert words.splitlines()[0] and not missing, f"{_short(folder)} does not say: {missing}"


def test_no_package_is_called_after_nothing():
    names = {"utils", "helpers", "common", "misc"}
    assert [_short(path) for path in _files("*.py") if names & {path.stem, path.parent.name}] == []


def test_no_file_knows_a_registry_or_a_machine():
    hosts = ["py" + "pi.org", "python" + "hosted.org", "registry.npm" + "js", "deb.debian" + ".org"]
    options = ["index" + "-url =", "--index" + "-url ", "find" + "-links"]
    paths = ["root", "home", "work", "opt", "Users"]
    told = re.compile("|".join(map(re.escape, hosts + options)) + rf"|(?<![\w.>)}}])/({'|'.join(paths)})/")
    found = [f"{_short(path)}: {match[0]}" for path in _text_files() if (match := told.search(path.read_text()))]
    assert found == []


# Starter content ------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_starter_content_loads_twice():
    _load()
    before = _tables()
    _load()
    assert {name: rows for name, rows in _tables().items() if rows != before[name]} == {}


def _load():
    call_command("load_starter", verbosity=0)
    call_command("load_demo", verbosity=0)


def _tables() -> dict[str, str]:
    """Each table's rows as one hash."""
    hashes = {}
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")
            rows = sorted(map(repr, cursor.fetchall()))
            hashes[name] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return hashes


# The house as data ----------------------------------------------------------------------------------------------------


@cache
def _floors() -> dict[str, int]:
    """Package → floor, 0 at the bottom, from the contract in pyproject.toml."""
    contract = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"][0]
    rows = [re.findall(r"[\w.]+", layer) for layer in reversed(contract["layers"])]
    return {name: floor for floor, names in enumerate(rows) for name in names}


def _floor(label: str) -> int | None:
    config = apps.app_configs.get(label)
    return _floors().get(config.name) if config else None


def _points_up(label: str, other: str) -> bool:
    """From one of our apps to another of ours that stands on a higher floor, or beside it."""
    here, there = _floor(label), _floor(other)
    return label != other and here is not None and there is not None and there >= here


def _label(module: str) -> str | None:
    owners = [config for config in apps.get_app_configs() if f"{module}.".startswith(f"{config.name}.")]
    return max(owners, key=lambda config: len(config.name)).label if owners else None


def _label_of(path: Path) -> str | None:
    return _label(_dotted(path.with_suffix("")))


def _strings_outside_page_types(tree: ast.Module) -> Iterator[ast.Constant]:
    wanted = {"subpage_types", "parent_page_types"}
    skipped = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign | ast.AnnAssign) and wanted & {name.id for name in _targets(node)}
        for inner in ast.walk(node)
    }
    return (
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in skipped
    )


def _targets(node: ast.Assign | ast.AnnAssign) -> list[ast.Name]:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    return [target for target in targets if isinstance(target, ast.Name)]


def _variables_of_settings() -> set[str]:
    text = "\n".join(path.read_text() for path in _files("*.py", packages=("lms/settings",)))
    return set(re.findall(r"\b(?:text|needed|flag|words|number|folder|secret|db_url)\([^()\n]*?\"([A-Z_]{3,})\"", text))


def _files(pattern: str, packages: tuple[str, ...] = ("",)) -> list[Path]:
    found = [path for package in packages for path in (ROOT / package).rglob(pattern) if path.is_file()]
    return sorted(path for path in found if not NOT_OURS & set(path.relative_to(ROOT).parts))


def _text_files() -> list[Path]:
    binary = {".woff2", ".ttf", ".otf", ".png", ".jpg", ".mo", ".icc", ".pdf", ".pyc", ".webp", ".ico", ".gz"}
    return [path for path in _files("*") if path.suffix not in binary and not path.name.startswith(".git")]


def _length(function: ast.FunctionDef) -> int:
    """Its lines without its docstring."""
    said = function.body[0] if ast.get_docstring(function) else None
    return function.end_lineno - function.lineno + 1 - (said.end_lineno - said.lineno + 1 if said else 0)


def _dotted(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).parts)


def _short(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()

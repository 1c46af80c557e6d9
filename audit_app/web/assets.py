"""Static files, under an address that names their content, so that browsers may keep them."""

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from flask import Flask
from whitenoise import WhiteNoise

STATIC = Path(__file__).parent / "static"
A_YEAR = 31_536_000


def serve_assets(app: Flask, *, headers: Mapping[str, str]) -> None:
    """Put the static folder before the app, and the template global `asset(name)` into it.

    The version is one hash over the whole folder and stands before the name, so that files which
    refer to each other by relative paths stay together.
    """
    prefix = f"/static/{version_of(STATIC)}/"

    def with_headers(given: Any, _path: str, _url: str) -> None:
        for name, value in headers.items():
            given[name] = value

    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app,
        root=STATIC,
        prefix=prefix,
        max_age=A_YEAR,
        immutable_file_test=lambda _path, _url: True,
        allow_all_origins=False,
        add_headers_function=with_headers,
    )
    app.jinja_env.globals["asset"] = addressing(prefix)


def addressing(prefix: str) -> Callable[[str], str]:
    """Give the function that turns a file's name into its address; KeyError for an unknown file."""
    known = {
        path.relative_to(STATIC).as_posix(): prefix + path.relative_to(STATIC).as_posix()
        for path in STATIC.rglob("*")
        if path.is_file()
    }
    return known.__getitem__


def version_of(folder: Path) -> str:
    """Give a short hash over the names and bytes of every file in a folder."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            content = path.read_bytes()
            digest.update(f"{path.relative_to(folder).as_posix()} {len(content)}\n".encode())
            digest.update(content)
    return digest.hexdigest()[:16]

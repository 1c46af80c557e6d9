"""Which files a report may fetch while it is drawn: those in its own folder and in `_base`."""

from collections.abc import Iterable
from mimetypes import guess_type
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse


class AllowedFiles(URLFetcher):
    """Reads a file where its resolved path lies in an allowed folder, and stops the drawing else.

    It opens files itself and never asks urllib: there is no network here, no redirect, no proxy.
    """

    def __init__(self, folders: Iterable[Path]) -> None:
        """Allow these folders, as they are after every link in their path is followed."""
        super().__init__(allowed_protocols={"file"}, allow_redirects=False, fail_on_errors=True)
        self._folders = tuple(folder.resolve(strict=True) for folder in folders)

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """Give an allowed file; raises FatalURLFetchingError for anything else."""
        path = self._path(url)
        try:
            body = path.read_bytes()
        except OSError:
            raise FatalURLFetchingError("a file that the report names is not there") from None
        kind = guess_type(path.name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, body=body, headers={"Content-Type": kind})

    def _path(self, url: str) -> Path:
        try:
            parts = urlsplit(url)
            if parts.scheme != "file" or parts.netloc or parts.query:
                raise FatalURLFetchingError("the report asks for something that is not its own")
            path = Path(url2pathname(parts.path)).resolve()
        except (OSError, ValueError):
            raise FatalURLFetchingError("the report asks for an address that is none") from None
        if not any(path.is_relative_to(folder) for folder in self._folders):
            raise FatalURLFetchingError("the report asks for a file outside its own folder")
        return path

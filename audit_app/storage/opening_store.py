"""Opening the store of evidence that an installation has chosen."""

import importlib
from pathlib import Path

from audit_app.evidence_config import BUCKET, EvidenceConfig
from audit_app.storage.evidence_store import Bucket, EvidenceStore, Folder


class NoBucketLibrary(Exception):
    """A bucket is configured, and the library that speaks to it is not installed."""

    def __init__(self) -> None:
        super().__init__(
            "AUDIT_EVIDENCE_STORE names a bucket: install the extra that speaks to it "
            "(pip install 'section-11-audit[s3]')."
        )


def open_store(config: EvidenceConfig, *, data: Path) -> EvidenceStore:
    """Give the store; nothing is asked of it yet. Raises NoBucketLibrary.

    Address, region and keys of the bucket are read by boto3 from its own names in the environment.
    """
    if not config.is_bucket:
        return Folder(Path(config.store) if config.store else data / "evidence")
    bucket, _, prefix = config.store.removeprefix(BUCKET).partition("/")
    try:
        boto3 = importlib.import_module("boto3")
    except ImportError:
        raise NoBucketLibrary from None
    return Bucket(boto3.client("s3"), bucket, prefix)

"""Where an installation keeps evidence, who looks at it for viruses, and how much there may be."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from audit_app.environment import ConfigIsWrong, whole, yes_or_no

MB = 1_000_000
BUCKET = "s3://"


@dataclass(frozen=True)
class EvidenceConfig:
    """`store` is a folder or `s3://bucket/prefix`, `clamav` a socket or `host:port`; in bytes.

    Without a store, evidence lies in the folder of the data.
    """

    store: str = ""
    shared: bool = False
    clamav: str = ""
    largest_file: int = 20 * MB
    most_of_return: int = 500 * MB
    most_of_organisation: int = 2_000 * MB

    @property
    def is_bucket(self) -> bool:
        """Say whether evidence is kept with an object store, and not in a folder."""
        return self.store.startswith(BUCKET)

    @property
    def largest_post(self) -> int:
        """Give how many bytes may be sent at once: five of the largest files."""
        return 5 * self.largest_file


def read_evidence(
    environment: Mapping[str, str], *, database_url: str, demonstration: bool
) -> EvidenceConfig:
    """Read where evidence is kept; raises ConfigIsWrong.

    PostgreSQL can mean several machines, each of which must find the same files: outside a
    demonstration, which is one machine, a folder has to be said to be shared.
    """
    store = environment.get("AUDIT_EVIDENCE_STORE", "").strip()
    if store and not store.startswith((BUCKET, "/")):
        raise ConfigIsWrong(
            "AUDIT_EVIDENCE_STORE must be the full path of a folder, or s3://bucket/prefix."
        )
    if store.startswith(BUCKET) and not store.removeprefix(BUCKET).partition("/")[0]:
        raise ConfigIsWrong("AUDIT_EVIDENCE_STORE names no bucket: s3://bucket/prefix.")
    shared = yes_or_no(environment, "AUDIT_EVIDENCE_SHARED", otherwise=False)
    is_postgresql = database_url.startswith("postgres")
    if is_postgresql and not demonstration and not shared and not store.startswith(BUCKET):
        raise ConfigIsWrong(
            "With PostgreSQL several machines may serve, and each must find the same evidence: set "
            "AUDIT_EVIDENCE_STORE to s3://bucket/prefix, or say AUDIT_EVIDENCE_SHARED=yes where "
            "the folder is shared or there is one machine."
        )
    file = whole(environment, "AUDIT_EVIDENCE_FILE_MB", 20, most=200)
    of_return = whole(environment, "AUDIT_EVIDENCE_RETURN_MB", 500, most=1_000_000)
    of_organisation = whole(environment, "AUDIT_EVIDENCE_ORGANISATION_MB", 2_000, most=1_000_000)
    return EvidenceConfig(
        store=store,
        shared=shared,
        clamav=_scanner(environment.get("AUDIT_CLAMAV", "").strip()),
        largest_file=file * MB,
        most_of_return=of_return * MB,
        most_of_organisation=of_organisation * MB,
    )


def _scanner(text: str) -> str:
    """Read `/run/clamav/clamd.ctl` or `host:port`."""
    if not text or Path(text).is_absolute():
        return text
    host, colon, port = text.rpartition(":")
    if not (host and colon and port.isdecimal() and 0 < int(port) < 65_536):
        raise ConfigIsWrong("AUDIT_CLAMAV must be the path of a socket, or host:port.")
    return text

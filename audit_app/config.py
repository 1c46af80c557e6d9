"""What an installation decides for itself: read once from AUDIT_* in the environment."""

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from audit_app.environment import ConfigIsWrong as ConfigIsWrong
from audit_app.environment import listed, whole, yes_or_no
from audit_app.evidence_config import EvidenceConfig, read_evidence
from audit_app.mail_config import THIS_MACHINE, MailServer, Notify, read_sender

ROOT = Path(__file__).resolve().parents[1]
SHORTEST_KEY = 32
FEWEST_SIGNS = 8
KNOWN_TO_EVERYBODY = ("change", "default", "example", "insecure", "password", "secret")
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


@dataclass(frozen=True)
class Oidc:
    """The single sign-on that this installation trusts, by OpenID Connect.

    `tenant` is the directory whose people may come, where the issuer knows tenants. `asks_twice`
    says that the provider asks everybody for a second factor, so that ours is not asked too.
    """

    issuer: str
    client_id: str
    client_secret: str
    tenant: str = ""
    name: str = "your organisation’s account"
    asks_twice: bool = False


@dataclass(frozen=True)
class Config:
    """Everything the service was told. See the README for the names in the environment."""

    data: Path
    database_url: str
    base_address: str
    secret_keys: tuple[str, ...]
    demonstration: bool
    trusted_hosts: tuple[str, ...]
    idle_limit: timedelta = timedelta(minutes=30)
    absolute_limit: timedelta = timedelta(hours=12)
    proxies: int = 0
    questionnaires: Path = ROOT / "questionnaires"
    workers: int = 2
    threads: int = 4
    log_level: str = "INFO"
    second_factor: bool | None = None
    oidc: Oidc | None = None
    sender: MailServer | Notify | None = None
    evidence: EvidenceConfig = field(default_factory=EvidenceConfig)

    @property
    def needs_second_factor(self) -> bool:
        """Say whether those who see many organisations must have one; not in a demonstration."""
        return not self.demonstration if self.second_factor is None else self.second_factor

    @property
    def mail_folder(self) -> Path:
        """Give where a demonstration puts its messages, none of which leaves this machine."""
        return self.data / "mail"

    @property
    def is_behind_tls(self) -> bool:
        """Say whether people reach the service by https."""
        return self.base_address.startswith("https://")


def read_config(environment: Mapping[str, str]) -> Config:
    """Read the environment; raises ConfigIsWrong.

    What runs on this machine alone is a demonstration unless AUDIT_DEMONSTRATION says no; what
    has an address of its own is not, unless AUDIT_DEMONSTRATION says yes. Only a demonstration
    may make its own key.
    """
    data = Path(environment.get("AUDIT_DATA") or ROOT / "var").resolve()
    here = f"http://127.0.0.1:{environment.get('PORT') or 8000}"
    base_address = _base_address(environment.get("AUDIT_BASE_ADDRESS") or here)
    host = urlsplit(base_address).hostname or ""
    demonstration = yes_or_no(environment, "AUDIT_DEMONSTRATION", otherwise=host in THIS_MACHINE)
    keys = _secret_keys(environment)
    database_url = environment.get("AUDIT_DATABASE_URL") or f"sqlite:///{data / 'audit.db'}"
    if not keys and not demonstration:
        raise ConfigIsWrong(
            "AUDIT_SECRET_KEYS is missing: outside the demonstration the service needs a key of "
            f"at least {SHORTEST_KEY} random characters."
        )
    return Config(
        data=data,
        database_url=database_url,
        base_address=base_address,
        secret_keys=keys or (_demonstration_key(data),),
        demonstration=demonstration,
        trusted_hosts=listed(environment, "AUDIT_TRUSTED_HOSTS")
        or tuple(dict.fromkeys(("127.0.0.1", "localhost", host))),
        idle_limit=timedelta(minutes=whole(environment, "AUDIT_IDLE_MINUTES", 30)),
        absolute_limit=timedelta(hours=whole(environment, "AUDIT_SESSION_HOURS", 12)),
        proxies=whole(environment, "AUDIT_PROXIES", 0, least=0),
        questionnaires=Path(environment.get("AUDIT_QUESTIONNAIRES") or ROOT / "questionnaires"),
        workers=whole(environment, "AUDIT_WORKERS", 2),
        threads=whole(environment, "AUDIT_THREADS", 4),
        log_level=_log_level(environment, otherwise="WARNING" if demonstration else "INFO"),
        second_factor=yes_or_no(environment, "AUDIT_SECOND_FACTOR", otherwise=not demonstration),
        oidc=_oidc(environment),
        sender=read_sender(environment),
        evidence=read_evidence(environment, database_url=database_url, demonstration=demonstration),
    )


def kept_secret(file: Path, *, made: str) -> str:
    """Give the secret that a demonstration keeps in a file, or keep the one just `made`.

    Only the owner can read the file. It is written aside and then linked, so that of two programs
    that start at once both read the same whole secret. Raises OSError.
    """
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        aside = file.with_name(f".{file.name}-{secrets.token_hex(4)}")
        with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as new:
            new.write(made)
        with suppress(FileExistsError):
            file.hardlink_to(aside)
        aside.unlink()
    return file.read_text().strip()


def _demonstration_key(folder: Path) -> str:
    """Give the demonstration's key. Where its folder cannot be written, one for this process only:
    commands that need no folder still work, and `serve` refuses such a folder in its own words.
    """
    made = secrets.token_urlsafe(48)
    try:
        return kept_secret(folder / "secret-key", made=made)
    except OSError:
        return made


def _base_address(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/"):
        raise ConfigIsWrong(
            "AUDIT_BASE_ADDRESS must be the address people use, such as https://audit.example.org."
        )
    return text.rstrip("/")


def _oidc(environment: Mapping[str, str]) -> Oidc | None:
    """Read the single sign-on; nothing of it is asked unless an issuer is named."""
    issuer = environment.get("AUDIT_OIDC_ISSUER", "").strip()
    if not issuer:
        return None
    parts = urlsplit(issuer)
    if parts.scheme != "https" and parts.hostname not in THIS_MACHINE:
        raise ConfigIsWrong("AUDIT_OIDC_ISSUER must be an https address.")
    client_id = environment.get("AUDIT_OIDC_CLIENT_ID", "").strip()
    client_secret = environment.get("AUDIT_OIDC_CLIENT_SECRET", "").strip()
    if not client_id or not client_secret:
        raise ConfigIsWrong(
            "AUDIT_OIDC_CLIENT_ID and AUDIT_OIDC_CLIENT_SECRET are needed with AUDIT_OIDC_ISSUER."
        )
    return Oidc(
        issuer=issuer,
        client_id=client_id,
        client_secret=client_secret,
        tenant=environment.get("AUDIT_OIDC_TENANT", "").strip(),
        name=environment.get("AUDIT_OIDC_NAME", "").strip() or Oidc.name,
        asks_twice=yes_or_no(environment, "AUDIT_OIDC_MFA", otherwise=False),
    )


def _secret_keys(environment: Mapping[str, str]) -> tuple[str, ...]:
    keys = listed(environment, "AUDIT_SECRET_KEYS")
    for key in keys:
        if len(key) < SHORTEST_KEY:
            raise ConfigIsWrong(
                f"A key in AUDIT_SECRET_KEYS has {len(key)} characters: "
                f"at least {SHORTEST_KEY} random ones are needed."
            )
        if len(set(key)) < FEWEST_SIGNS or any(word in key.lower() for word in KNOWN_TO_EVERYBODY):
            raise ConfigIsWrong(
                "A key in AUDIT_SECRET_KEYS can be guessed: make one with "
                'python3 -c "import secrets; print(secrets.token_urlsafe(48))".'
            )
    return keys


def _log_level(environment: Mapping[str, str], *, otherwise: str) -> str:
    """Give the least that is logged; a demonstration leaves the terminal to its accounts."""
    level = (environment.get("AUDIT_LOG_LEVEL") or otherwise).upper()
    if level not in LOG_LEVELS:
        raise ConfigIsWrong(f"AUDIT_LOG_LEVEL must be one of {', '.join(LOG_LEVELS)}.")
    return level

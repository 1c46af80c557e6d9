"""Whether an installation is read from its environment as it was meant, and refused if unsafe."""

from datetime import timedelta
from pathlib import Path

import pytest

from audit_app.config import Config, ConfigIsWrong, kept_secret, read_config

GOOD = "kR3vX9qLz7Tn2WmPb5Ys8Dc4Hf6Jg1Aa"
OTHER = "Zx8Cv2Bn6Mq4We9Rt1Yu7Io3Pa5Sd0Fg"


def read(tmp_path: Path, **environment: str) -> Config:
    return read_config({"AUDIT_DATA": str(tmp_path), **environment})


def test_what_runs_on_this_machine_alone_is_a_demonstration(tmp_path: Path):
    config = read(tmp_path)
    assert config.demonstration
    assert config.database_url == f"sqlite:///{tmp_path / 'audit.db'}"
    assert config.base_address == "http://127.0.0.1:8000"
    assert config.trusted_hosts == ("127.0.0.1", "localhost")
    assert (config.idle_limit, config.absolute_limit) == (
        timedelta(minutes=30),
        timedelta(hours=12),
    )


def test_what_has_an_address_of_its_own_is_not_a_demonstration(tmp_path: Path):
    config = read(tmp_path, AUDIT_BASE_ADDRESS="https://audit.example.org/", AUDIT_SECRET_KEYS=GOOD)
    assert not config.demonstration
    assert config.is_behind_tls
    assert config.base_address == "https://audit.example.org"
    assert "audit.example.org" in config.trusted_hosts


def test_a_demonstration_makes_its_key_once_and_keeps_it_to_itself(tmp_path: Path):
    first, second = read(tmp_path), read(tmp_path)
    assert first.secret_keys == second.secret_keys
    assert len(first.secret_keys[0]) > 32
    assert (tmp_path / "secret-key").stat().st_mode & 0o777 == 0o600
    assert [file.name for file in tmp_path.iterdir()] == ["secret-key"]


def test_a_folder_that_cannot_be_written_does_not_stop_commands_that_need_none(tmp_path: Path):
    (tmp_path / "file").write_text("not a folder")
    assert read_config({"AUDIT_DATA": str(tmp_path / "file" / "var")}).secret_keys


@pytest.mark.parametrize(
    ("environment", "told"),
    [
        ({"AUDIT_BASE_ADDRESS": "https://audit.example.org"}, "is missing"),
        ({"AUDIT_DEMONSTRATION": "no"}, "is missing"),
        ({"AUDIT_SECRET_KEYS": "a" * 31}, "has 31 characters"),
        ({"AUDIT_SECRET_KEYS": f"{GOOD},short"}, "has 5 characters"),
        ({"AUDIT_SECRET_KEYS": "a" * 40}, "can be guessed"),
        ({"AUDIT_SECRET_KEYS": "please-CHANGE-me-0123456789-abcdefgh"}, "can be guessed"),
        ({"AUDIT_BASE_ADDRESS": "audit.example.org"}, "must be the address people use"),
        ({"AUDIT_BASE_ADDRESS": "https://audit.example.org/path"}, "must be the address"),
        ({"AUDIT_IDLE_MINUTES": "0"}, "AUDIT_IDLE_MINUTES must be a whole number"),
        ({"AUDIT_IDLE_MINUTES": "half an hour"}, "AUDIT_IDLE_MINUTES must be a whole number"),
        ({"AUDIT_LOG_LEVEL": "loud"}, "AUDIT_LOG_LEVEL must be one of"),
        ({"AUDIT_DEMONSTRATION": "maybe"}, "must be yes or no"),
    ],
)
def test_an_unsafe_or_unclear_environment_is_refused_in_words(
    tmp_path: Path, environment: dict[str, str], told: str
):
    with pytest.raises(ConfigIsWrong, match=told):
        read(tmp_path, **environment)


def test_several_keys_are_accepted_and_the_first_signs(tmp_path: Path):
    assert read(tmp_path, AUDIT_SECRET_KEYS=f"{GOOD}, {OTHER}").secret_keys == (GOOD, OTHER)


def test_of_two_who_make_a_secret_at_once_both_get_the_same(tmp_path: Path):
    assert kept_secret(tmp_path / "word", made="one") == "one"
    assert kept_secret(tmp_path / "word", made="two") == "one"


REAL = {
    "AUDIT_BASE_ADDRESS": "https://audit.example.org",
    "AUDIT_SECRET_KEYS": GOOD,
}
ENTRA = {
    "AUDIT_OIDC_ISSUER": "https://login.example.org/tenant/v2.0",
    "AUDIT_OIDC_CLIENT_ID": "client",
    "AUDIT_OIDC_CLIENT_SECRET": "secret",
}


def test_single_sign_on_is_read_whole_or_refused():
    assert read_config(REAL).oidc is None
    oidc = read_config(REAL | ENTRA | {"AUDIT_OIDC_TENANT": "t", "AUDIT_OIDC_MFA": "yes"}).oidc
    assert oidc is not None
    assert (oidc.client_id, oidc.tenant, oidc.asks_twice) == ("client", "t", True)
    for wrong in ({"AUDIT_OIDC_ISSUER": "http://login.example.org"}, {"AUDIT_OIDC_CLIENT_ID": ""}):
        with pytest.raises(ConfigIsWrong, match="AUDIT_OIDC"):
            read_config(REAL | ENTRA | wrong)


def test_a_second_step_is_needed_outside_the_demonstration():
    assert read_config(REAL).needs_second_factor
    assert not read_config(REAL | {"AUDIT_DEMONSTRATION": "yes"}).needs_second_factor
    assert not read_config(REAL | {"AUDIT_SECOND_FACTOR": "no"}).needs_second_factor

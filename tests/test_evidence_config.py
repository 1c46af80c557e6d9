"""Where evidence is kept is read from the environment, and what cannot work is refused."""

import pytest

from audit_app.environment import ConfigIsWrong
from audit_app.evidence_config import EvidenceConfig, read_evidence

SQLITE, POSTGRESQL = "sqlite:////srv/audit.db", "postgresql://audit@db/audit"


def read(*, url: str = SQLITE, demonstration: bool = False, **given: str) -> EvidenceConfig:
    environment = {f"AUDIT_{name}": value for name, value in given.items()}
    return read_evidence(environment, database_url=url, demonstration=demonstration)


def test_a_folder_with_the_data_unless_told_otherwise():
    assert read() == EvidenceConfig()


def test_everything_can_be_told():
    told = read(
        EVIDENCE_STORE="s3://county/evidence",
        EVIDENCE_FILE_MB="5",
        EVIDENCE_RETURN_MB="50",
        EVIDENCE_ORGANISATION_MB="100",
        CLAMAV="clam:3310",
    )
    assert told.is_bucket
    assert (told.largest_file, told.most_of_return, told.most_of_organisation) == (
        5_000_000,
        50_000_000,
        100_000_000,
    )
    assert (told.clamav, told.largest_post) == ("clam:3310", 25_000_000)


def test_postgresql_with_a_folder_of_one_machine_does_not_start():
    with pytest.raises(ConfigIsWrong, match="AUDIT_EVIDENCE_SHARED=yes"):
        read(url=POSTGRESQL)
    assert read(url=POSTGRESQL, EVIDENCE_SHARED="yes").shared
    assert read(url=POSTGRESQL, EVIDENCE_STORE="s3://county").is_bucket
    assert not read(url=POSTGRESQL, demonstration=True).shared


@pytest.mark.parametrize(
    "given",
    [
        {"EVIDENCE_STORE": "evidence"},
        {"EVIDENCE_STORE": "s3://"},
        {"EVIDENCE_STORE": "s3:///prefix"},
        {"EVIDENCE_FILE_MB": "0"},
        {"EVIDENCE_FILE_MB": "many"},
        {"CLAMAV": "clamd.ctl"},
        {"CLAMAV": "clam:port"},
    ],
)
def test_what_makes_no_sense_is_refused(given: dict[str, str]):
    with pytest.raises(ConfigIsWrong):
        read_evidence(
            {f"AUDIT_{name}": value for name, value in given.items()},
            database_url=SQLITE,
            demonstration=False,
        )

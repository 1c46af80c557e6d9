"""Whether the way out for messages is read as it was meant, and refused where it is unsafe."""

from datetime import timedelta

import pytest

from audit_app.config import Config, ConfigIsWrong, read_config
from audit_app.mail_config import MailServer, Notify, Tls, read_sender

KEY = "wensmere-" + "-".join(("0b7a1c9e-4a2f-4c59-9f0f-1f0b6d1f8a11",) * 2)


def test_an_installation_that_is_told_nothing_has_no_way_out():
    assert read_sender({}) is None


def test_a_mail_server_elsewhere_is_reached_privately():
    read = read_sender({"AUDIT_MAIL_HOST": "mail.example.org", "AUDIT_MAIL_FROM": "a@example.org"})
    assert read == MailServer("mail.example.org", 587, Tls.STARTTLS, "a@example.org")


def test_a_mail_server_on_this_machine_needs_no_privacy():
    read = read_sender({"AUDIT_MAIL_HOST": "localhost", "AUDIT_MAIL_FROM": "a@example.org"})
    assert isinstance(read, MailServer)
    assert (read.port, read.tls, read.timeout) == (25, Tls.NONE, timedelta(seconds=10))


def test_notify_is_named_by_its_key_and_template():
    read = read_sender({"AUDIT_NOTIFY_KEY": KEY, "AUDIT_NOTIFY_TEMPLATE": "t"})
    assert isinstance(read, Notify)
    assert read.address == "https://api.notifications.service.gov.uk"


def test_secrets_do_not_show_when_the_config_is_printed(tmp_path):
    config = read_config(
        {
            "AUDIT_DATA": str(tmp_path),
            "AUDIT_MAIL_HOST": "localhost",
            "AUDIT_MAIL_FROM": "a@example.org",
            "AUDIT_MAIL_USER": "us",
            "AUDIT_MAIL_PASSWORD": "sunflower",
        }
    )
    assert isinstance(config, Config)
    assert isinstance(config.sender, MailServer)
    assert config.sender.password == "sunflower"
    assert "sunflower" not in repr(config)
    assert KEY not in repr(Notify(KEY, "t"))


@pytest.mark.parametrize(
    ("environment", "told"),
    [
        ({"AUDIT_MAIL_HOST": "localhost"}, "AUDIT_MAIL_FROM must be"),
        ({"AUDIT_MAIL_HOST": "localhost", "AUDIT_MAIL_FROM": "a b@example.org"}, "AUDIT_MAIL_FROM"),
        (
            {"AUDIT_MAIL_HOST": "h", "AUDIT_MAIL_FROM": "a@b", "AUDIT_MAIL_TLS": "perhaps"},
            "starttls, tls or none",
        ),
        (
            {
                "AUDIT_MAIL_HOST": "mail.example.org",
                "AUDIT_MAIL_FROM": "a@b",
                "AUDIT_MAIL_TLS": "none",
                "AUDIT_MAIL_USER": "us",
            },
            "in the clear",
        ),
        ({"AUDIT_MAIL_HOST": "h", "AUDIT_MAIL_FROM": "a@b", "AUDIT_MAIL_PORT": "0"}, "65535"),
        ({"AUDIT_MAIL_HOST": "h", "AUDIT_NOTIFY_KEY": KEY}, "leave by one way"),
        ({"AUDIT_NOTIFY_KEY": KEY}, "AUDIT_NOTIFY_TEMPLATE is needed"),
        ({"AUDIT_NOTIFY_KEY": "short", "AUDIT_NOTIFY_TEMPLATE": "t"}, "too short"),
        (
            {
                "AUDIT_NOTIFY_KEY": KEY,
                "AUDIT_NOTIFY_TEMPLATE": "t",
                "AUDIT_NOTIFY_ADDRESS": "http://notify.example.org",
            },
            "must be an https address",
        ),
    ],
)
def test_what_is_unsafe_or_unclear_is_refused_in_one_sentence(
    environment: dict[str, str], told: str
):
    with pytest.raises(ConfigIsWrong, match=told):
        read_sender(environment)

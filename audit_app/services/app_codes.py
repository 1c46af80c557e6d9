"""Codes from an app on somebody's telephone (TOTP, RFC 6238), as a second proof of who they are."""

import hmac
import json
from collections.abc import Sequence
from datetime import datetime

import pyotp
from sqlalchemy.orm import Session

from audit_app.services.recording import Event
from audit_app.services.sealing import SealIsBroken, seal, unseal
from audit_app.services.telling_of_factors import tell_of_factor
from audit_app.storage.models import Person

ISSUER = "Section 11 audit"
METHOD = "authenticator"
EITHER_SIDE = 1
"""How many steps of 30 seconds a telephone's clock may be wrong by."""


class CodeDoesNotFit(Exception):
    """The code is not the one that the app shows now, or it was used before."""


def new_secret() -> str:
    """Make the secret that the app and the service share."""
    return str(pyotp.random_base32())


def address_for_app(secret: str, *, email: str) -> str:
    """Give what the app reads from the square picture."""
    return str(pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=ISSUER))


def set_up_app(
    session: Session, person: Person, *, secret: str, code: str, keys: Sequence[str], now: datetime
) -> None:
    """Begin to ask for codes from the app, once it has shown a right one; raises CodeDoesNotFit."""
    step = _step_of(secret, code, at=now, after=0)
    if step is None:
        raise CodeDoesNotFit
    person.tf_primary_method = METHOD
    person.tf_totp_secret = _sealed(secret, step, keys)
    session.flush()
    tell_of_factor(
        session,
        person,
        Event.SECOND_FACTOR_SET_UP,
        what="signing in now asks for a code from an app",
        now=now,
    )


def app_code_fits(
    session: Session, person: Person, code: str, *, keys: Sequence[str], now: datetime
) -> bool:
    """Say whether this is the code of now, and let it count once.

    The step of the code is kept, so that one read over somebody's shoulder opens nothing.
    """
    session.refresh(person, ["tf_totp_secret", "tf_primary_method"], with_for_update=True)
    if person.tf_primary_method != METHOD or person.tf_totp_secret is None:
        return False
    try:
        kept = json.loads(unseal(person.tf_totp_secret, keys=keys))
    except SealIsBroken:
        return False
    step = _step_of(kept["secret"], code, at=now, after=kept["step"])
    if step is None:
        return False
    person.tf_totp_secret = _sealed(kept["secret"], step, keys)
    session.flush()
    return True


def remove_app(session: Session, person: Person, *, now: datetime) -> None:
    """Ask for codes from the app no longer."""
    person.tf_primary_method = person.tf_totp_secret = None
    session.flush()
    tell_of_factor(
        session,
        person,
        Event.SECOND_FACTOR_REMOVED,
        what="signing in no longer asks for a code from an app",
        now=now,
    )


def _step_of(secret: str, code: str, *, at: datetime, after: int) -> int | None:
    """Give the step of 30 seconds to which a code belongs, if it is near now and still unused."""
    typed = "".join(sign for sign in code if not sign.isspace())
    clock = pyotp.TOTP(secret)
    here = clock.timecode(at)
    for step in range(here - EITHER_SIDE, here + EITHER_SIDE + 1):
        right = hmac.compare_digest(str(clock.generate_otp(step)).encode(), typed.encode())
        if right and step > after:
            return step
    return None


def _sealed(secret: str, step: int, keys: Sequence[str]) -> str:
    return seal(json.dumps({"secret": secret, "step": step}), keys=keys)

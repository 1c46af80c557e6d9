"""What a list of returns says of their signing: whose signature is awaited, or who declined."""

from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

from audit_app.storage.models import SignOff, SignOffRequest


class SigningSoFar(NamedTuple):
    """The request that awaits a decision, or the last that was declined since one was signed."""

    waiting: SignOffRequest | None = None
    refused: SignOffRequest | None = None


NOTHING = SigningSoFar()


def signing_so_far(requests: Iterable[SignOffRequest]) -> SigningSoFar:
    """Say where the signing of one return stands, by its requests in the order they were made."""
    waiting = refused = None
    for one in requests:
        if one.decision is None:
            waiting = one
        elif one.decision is SignOff.SIGNED:
            refused = None
        elif one.decision is SignOff.DECLINED:
            refused = one
    return SigningSoFar(waiting, refused)


def by_return(requests: Iterable[SignOffRequest]) -> dict[UUID, SigningSoFar]:
    """Say the same of several returns; those of which nothing was asked are left out."""
    found: dict[UUID, list[SignOffRequest]] = {}
    for one in requests:
        found.setdefault(one.audit_return_id, []).append(one)
    return {return_id: signing_so_far(some) for return_id, some in found.items()}

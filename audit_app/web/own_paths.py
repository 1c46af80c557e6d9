"""Which addresses a redirect may lead to: our own, and no others."""

from urllib.parse import quote, urlsplit

SIGN_IN = "/sign-in"
SIGN_OUT = "/sign-out"
PROVE = "/account/prove"


def own_path(address: str | None, *, otherwise: str = "/") -> str:
    """Give the address if it is a path of this service, or the other one.

    Browsers read a backslash as a slash and skip control characters, so an address with either
    is not taken; `//host` would lead away.
    """
    if not address or not address.startswith("/") or address.startswith("//"):
        return otherwise
    if "\\" in address or any(ord(sign) < 33 or ord(sign) == 127 for sign in address):
        return otherwise
    try:
        parts = urlsplit(address)
    except ValueError:
        return otherwise
    leads_out = parts.scheme or parts.netloc or parts.path == SIGN_OUT
    return otherwise if leads_out else address


def sign_in_address(*, next_path: str) -> str:
    """Give the address of the sign-in page that leads back to a path afterwards."""
    wanted = own_path(next_path.rstrip("?"))
    return SIGN_IN if wanted == "/" else f"{SIGN_IN}?next={quote(wanted, safe='/')}"


def prove_address(*, next_path: str) -> str:
    """Give the address of the page on which people prove again who they are, leading back."""
    return f"{PROVE}?next={quote(own_path(next_path.rstrip('?')), safe='/')}"

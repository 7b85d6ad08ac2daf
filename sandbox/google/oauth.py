"""Google's token endpoint: a service account's signed assertion for a bearer token of one hour.

The assertion's own times are checked against the real clock, because google-auth signs by it; the
tokens age by the sandbox's clock, which may be moved.
"""

import functools
import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from google.auth import jwt

from sandbox.google.edit import PEOPLE, Caller
from sandbox.google.errors import GoogleError
from sandbox.google.schema import Json

LIFETIME = timedelta(hours=1)
GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
DOMAIN = "sandbox.iam.gserviceaccount.com"
KEY_ID = "sandbox-key-1"
_decode: Callable[..., Json] = jwt.decode  # google-auth has no types here


@dataclass(frozen=True)
class Refused(Exception):
    """A token request that is refused: OAuth's error code and what it says."""

    error: str
    description: str


def new_key() -> str:
    """Make an RSA key for the sandbox's service accounts, as PEM.

    A short one: it guards nothing, and loading one of Google's size takes a twentieth of a second.
    """
    key = rsa.generate_private_key(public_exponent=65537, key_size=1024)  # noqa: S505
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ).decode()


@functools.cache
def public_pem(private_pem: str) -> str:
    """Return the public half of a key; loading one is slow, and there is only one."""
    key = serialization.load_pem_private_key(private_pem.encode(), password=None)
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return key.public_key().public_bytes(serialization.Encoding.PEM, form).decode()


def write_key_file(path: Path, token_uri: str, private_pem: str, name: str) -> None:
    """Write a service account's JSON key file as Google's console does; only its owner reads it."""
    account = {
        "type": "service_account",
        "project_id": "sandbox",
        "private_key_id": KEY_ID,
        "private_key": private_pem,
        "client_email": f"{name}@{DOMAIN}",
        "client_id": "100000000000000000000",
        "auth_uri": "https://accounts.google.com/o/oauth2/auth",
        "token_uri": token_uri,
    }
    path.unlink(missing_ok=True)
    path.touch(mode=0o600)
    path.write_text(json.dumps(account, indent=2), "utf-8")


def person_email(name: str) -> str:
    """Return the address of the person that a bearer token `person:<name>` names."""
    return name if "@" in name else f"{name}@{PEOPLE}"


class Tokens:
    """The bearer tokens that were given out. They do not outlive the process."""

    def __init__(self, now: Callable[[], datetime], private_pem: Callable[[], str]) -> None:
        self._now = now
        self._private_pem = private_pem
        self._given: dict[str, tuple[Caller, datetime]] = {}

    def exchange(self, grant_type: str, assertion: str, own_path: str) -> Json:
        """Return OAuth's answer to an assertion, or raise Refused."""
        if grant_type != GRANT:
            raise Refused("unsupported_grant_type", f"Invalid grant_type: {grant_type}")
        try:
            claims = _decode(
                assertion, certs=public_pem(self._private_pem()), clock_skew_in_seconds=300
            )
        except (ValueError, KeyError) as error:
            raise Refused("invalid_grant", "Invalid JWT Signature.") from error
        email = str(claims.get("iss", ""))
        if not email.endswith(f"@{DOMAIN}"):
            raise Refused("invalid_grant", "Invalid grant: account not found")
        if urlsplit(str(claims.get("aud", ""))).path != own_path:
            raise Refused("invalid_grant", "Invalid JWT: wrong audience.")
        if not claims.get("scope"):
            raise Refused("invalid_scope", "Empty or missing scope not allowed.")
        token = "ya29." + secrets.token_urlsafe(24)
        caller = Caller(email, scopes=frozenset(str(claims["scope"]).split()))
        self._given[token] = (caller, self._now() + LIFETIME)
        seconds = int(LIFETIME.total_seconds())
        return {"access_token": token, "expires_in": seconds, "token_type": "Bearer"}

    def caller(self, authorization: str) -> Caller:
        """Return who calls; 401 for a missing, unknown or expired token."""
        kind, _, token = authorization.partition(" ")
        if kind.lower() != "bearer" or not token:
            raise GoogleError(401)
        if token.startswith("person:") and token != "person:":
            return Caller(person_email(token.removeprefix("person:")), person=True)
        caller, expires = self._given.get(token, (None, None))
        if caller is None or expires is None or expires <= self._now():
            raise GoogleError(401)
        return caller

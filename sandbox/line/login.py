"""LINE Login for web pages: one chooses a sample person where LINE would ask for a password."""

import base64
import hashlib
import hmac
import html
import json
import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from cryptography.hazmat.primitives.asymmetric import ec
from flask import Response, request

from sandbox.line.answering import answer
from sandbox.line.state import ChannelState, LoginChannel, Refused, SignIn
from sandbox.line.world import Call, LineWorld
from sandbox.people import Person

ISSUER = "https://access.line.me"
CODE_LIFE = timedelta(minutes=10)
ID_TOKEN_LIFE = timedelta(hours=1)
TOKEN_LIFE = timedelta(days=30)
SCOPES = ("openid", "profile", "email")
_PAGE = """<!doctype html><html lang="th"><meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>LINE Login (ตัวอย่าง)</title><h1>เข้าสู่ระบบเป็นใคร</h1>
<form method="post">{buttons}<p><button name="person" value="">ยกเลิก</button></form>"""


class _NotAccepted(Refused):
    """LINE Login's own shape of a refusal."""

    def __init__(self, error: str, description: str, status: int = 400) -> None:
        super().__init__(status, description)
        self.body = {"error": error, "error_description": description}


# Signing in


def _choose(world: LineWorld, _: Call, __: dict[str, str]) -> Response:
    """Ask who signs in; LINE's own page would ask for a password."""
    state, _login = _page_of(world)
    if (complaint := _wrong_request()) is not None:
        return complaint
    buttons = "".join(
        f'<p><button name="person" value="{html.escape(p.slug)}">{html.escape(p.name)}</button>'
        for p in state.friends.values()
    )
    return Response(_PAGE.format(buttons=buttons), content_type="text/html; charset=utf-8")


def _sign_in(world: LineWorld, _: Call, __: dict[str, str]) -> Response:
    state, login = _page_of(world)
    if (complaint := _wrong_request()) is not None:
        return complaint
    slug = request.form.get("person", "")
    if not slug:
        return _back(error="access_denied", error_description="The resource owner denied it")
    code = secrets.token_urlsafe(15)
    now = world.now()
    with world.lock:
        world.sign_ins.codes[code] = SignIn(
            login=login,
            person=world.person(state.channel.agency, slug),
            scope=tuple(request.args["scope"].split()),
            at=now,
            expires=now + CODE_LIFE,
            redirect_uri=request.args["redirect_uri"],
            nonce=request.args.get("nonce"),
            challenge=request.args.get("code_challenge"),
        )
    return _back(code=code)


def _page_of(world: LineWorld) -> tuple[ChannelState, LoginChannel]:
    """Find the Login channel; an unknown one or an unregistered callback is never sent back."""
    state, login = _find(world, request.args.get("client_id", ""))
    if request.args.get("redirect_uri") not in login.callbacks:
        raise _NotAccepted("invalid_request", "redirect_uri is not registered for this channel")
    return state, login


def _find(world: LineWorld, channel_id: str) -> tuple[ChannelState, LoginChannel]:
    for agency in world.agencies:
        state = world.state(agency)
        if state.channel.login is not None and state.channel.login.channel_id == channel_id:
            return state, state.channel.login
    raise _NotAccepted("invalid_client", "client_id is not known")


def _wrong_request() -> Response | None:
    """Send a page's mistake back to it, as LINE does."""
    args = request.args
    scope = args.get("scope", "").split()
    wrong = {
        "unsupported_response_type": args.get("response_type") != "code",
        "invalid_request": not args.get("state")
        or ("code_challenge" in args and args.get("code_challenge_method") != "S256"),
        "invalid_scope": not scope or not set(scope) <= set(SCOPES),
    }
    errors = [error for error, found in wrong.items() if found]
    return _back(error=errors[0], error_description=errors[0]) if errors else None


def _back(**answer_to_page: str) -> Response:
    query = urlencode({**answer_to_page, "state": request.args.get("state", "")})
    target = request.args["redirect_uri"]
    location = f"{target}{'&' if '?' in target else '?'}{query}"
    return Response(status=302, headers={"Location": location})


# Tokens


def _exchange(world: LineWorld, _call: Call, _args: dict[str, str]) -> Response:
    form = request.form
    if form.get("grant_type") != "authorization_code":
        raise _NotAccepted("unsupported_grant_type", "grant_type must be authorization_code")
    _, login = _find(world, form.get("client_id", ""))
    if not hmac.compare_digest(
        form.get("client_secret", "").encode(), login.channel_secret.encode()
    ):
        raise _NotAccepted("invalid_client", "client_secret is wrong")
    with world.lock:
        signed_in = world.sign_ins.codes.pop(form.get("code", ""), None)  # single use
    if signed_in is None or not _fits(world, signed_in, login):
        raise _NotAccepted("invalid_grant", "invalid authorization code")
    return answer(_tokens(world, signed_in))


def _fits(world: LineWorld, signed_in: SignIn, login: LoginChannel) -> bool:
    """Check a code's age, channel, callback and PKCE verifier."""
    verifier = request.form.get("code_verifier", "")
    challenge = _base64url(hashlib.sha256(verifier.encode()).digest())
    return (
        world.now() < signed_in.expires
        and signed_in.login == login
        and signed_in.redirect_uri == request.form.get("redirect_uri")
        and signed_in.challenge in (None, challenge)
    )


def _tokens(world: LineWorld, signed_in: SignIn) -> dict[str, Any]:
    token = secrets.token_urlsafe(48)
    with world.lock:
        world.sign_ins.tokens[token] = replace(signed_in, expires=world.now() + TOKEN_LIFE)
    body = {
        "access_token": token,
        "token_type": "Bearer",
        "expires_in": int(TOKEN_LIFE.total_seconds()),
        "refresh_token": secrets.token_urlsafe(20),
        "scope": " ".join(signed_in.scope),
    }
    if "openid" in signed_in.scope:
        body["id_token"] = _id_token(world, signed_in)
    return body


def _id_token(world: LineWorld, signed_in: SignIn) -> str:
    """A JWT under HS256 and the channel's secret, which is what LINE gives to web pages."""
    now = int(world.now().timestamp())
    claims: dict[str, Any] = {
        "iss": ISSUER,
        "sub": signed_in.person.line_user_id,
        "aud": signed_in.login.channel_id,
        "exp": now + int(ID_TOKEN_LIFE.total_seconds()),
        "iat": now,
        "auth_time": int(signed_in.at.timestamp()),
        "amr": ["linesso"],
    }
    if signed_in.nonce is not None:
        claims["nonce"] = signed_in.nonce
    if "profile" in signed_in.scope:
        claims["name"] = signed_in.person.name
    head, body = (
        _base64url(json.dumps(part).encode()) for part in ({"typ": "JWT", "alg": "HS256"}, claims)
    )
    return f"{head}.{body}.{_signature(signed_in.login, f'{head}.{body}')}"


def _signature(login: LoginChannel, signed: str) -> str:
    digest = hmac.new(login.channel_secret.encode(), signed.encode(), hashlib.sha256).digest()
    return _base64url(digest)


def _base64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _verify_id_token(world: LineWorld, _call: Call, _args: dict[str, str]) -> Response:
    _, login = _find(world, request.form.get("client_id", ""))
    signed, _dot, signature = request.form.get("id_token", "").rpartition(".")
    if not hmac.compare_digest(_signature(login, signed).encode(), signature.encode()):
        raise _NotAccepted("invalid_request", "Invalid IdToken.")
    raw = signed.partition(".")[2]
    claims = json.loads(base64.urlsafe_b64decode(raw + "=" * (-len(raw) % 4)))
    if claims["exp"] <= world.now().timestamp():
        raise _NotAccepted("invalid_request", "IdToken expired.")
    if claims.get("nonce") != request.form.get("nonce", claims.get("nonce")):
        raise _NotAccepted("invalid_request", "Invalid IdToken Nonce.")
    return answer(claims)


def _verify_access_token(world: LineWorld, _: Call, __: dict[str, str]) -> Response:
    signed_in = world.sign_ins.tokens.get(request.args.get("access_token", ""))
    if signed_in is None or signed_in.expires <= world.now():
        raise _NotAccepted("invalid_request", "access token expired")
    left = int((signed_in.expires - world.now()).total_seconds())
    scope = " ".join(signed_in.scope)
    return answer({"scope": scope, "client_id": signed_in.login.channel_id, "expires_in": left})


def _revoke(world: LineWorld, _: Call, __: dict[str, str]) -> Response:
    with world.lock:
        world.sign_ins.tokens.pop(request.form.get("access_token", ""), None)
    return Response(status=200)


# Who it is


def _signed_in(world: LineWorld, scope: str) -> Person:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    signed_in = world.sign_ins.tokens.get(token)
    if scheme != "Bearer" or signed_in is None or signed_in.expires <= world.now():
        raise Refused(401, "The access token expired")
    if scope not in signed_in.scope:
        raise Refused(403, "The access token lacks the scope " + scope)
    return signed_in.person


def _profile(world: LineWorld, _: Call, __: dict[str, str]) -> Response:
    person = _signed_in(world, "profile")
    return answer({"userId": person.line_user_id, "displayName": person.name})


def _userinfo(world: LineWorld, _: Call, __: dict[str, str]) -> Response:
    person = _signed_in(world, "openid")
    return answer({"sub": person.line_user_id, "name": person.name})


def _configuration(_: LineWorld, __: Call, ___: dict[str, str]) -> Response:
    host = request.host_url.rstrip("/")
    return answer(
        {
            "issuer": ISSUER,
            "authorization_endpoint": f"{host}/oauth2/v2.1/authorize",
            "token_endpoint": f"{host}/oauth2/v2.1/token",
            "revocation_endpoint": f"{host}/oauth2/v2.1/revoke",
            "userinfo_endpoint": f"{host}/oauth2/v2.1/userinfo",
            "jwks_uri": f"{host}/oauth2/v2.1/certs",
            "scopes_supported": list(SCOPES),
            "response_types_supported": ["code"],
            "subject_types_supported": ["pairwise"],
            "id_token_signing_alg_values_supported": ["ES256"],
            "code_challenge_methods_supported": ["S256"],
        }
    )


def _keys() -> Callable[[LineWorld, Call, dict[str, str]], Response]:
    """LINE's published keys sign the tokens of phone apps (ES256); web pages' are HS256."""
    numbers = ec.generate_private_key(ec.SECP256R1()).public_key().public_numbers()
    point = {
        name: _base64url(n.to_bytes(32, "big")) for name, n in (("x", numbers.x), ("y", numbers.y))
    }
    key = {"kty": "EC", "alg": "ES256", "use": "sig", "kid": "sandbox", "crv": "P-256", **point}
    return lambda _world, _call, _args: answer({"keys": [key]})


ROUTES = (
    ("GET", "/oauth2/v2.1/authorize", "login_authorize", _choose),
    ("POST", "/oauth2/v2.1/authorize", "login_authorize", _sign_in),
    ("POST", "/oauth2/v2.1/token", "login_token", _exchange),
    ("POST", "/oauth2/v2.1/verify", "login_verify", _verify_id_token),
    ("GET", "/oauth2/v2.1/verify", "login_verify", _verify_access_token),
    ("POST", "/oauth2/v2.1/revoke", "login_revoke", _revoke),
    ("GET", "/oauth2/v2.1/certs", "login_keys", _keys()),
    ("GET", "/oauth2/v2.1/userinfo", "login_profile", _userinfo),
    ("GET", "/v2/profile", "login_profile", _profile),
    ("GET", "/.well-known/openid-configuration", "login_keys", _configuration),
)
"""Method, path, the name for faults and the log, and what answers; none needs a channel token."""

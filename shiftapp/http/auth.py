"""Signing in and out, and the first account: native forms, answered with a redirect and a cookie no script can read."""

import re
from collections.abc import Mapping
from typing import Annotated, Any, Final, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import RedirectResponse, Response

from shiftapp.auth import sessions, told
from shiftapp.domain.refusal import Refused
from shiftapp.domain.visitor import Language
from shiftapp.http.callers import client_of, refuse_other_sites
from shiftapp.services import accounts, first_run
from shiftapp.services.demo import create_demo
from shiftapp.settings import settings

router = APIRouter(prefix="/auth", tags=["sign in"], dependencies=[Depends(refuse_other_sites)])

_LOCAL: Final = re.compile(r"/(?![/\\])[A-Za-z0-9\-._~/%?=&+]{0,500}")
_AFTER: Final = {"demo": "/", "empty": "/", "import": "/import"}

Text = Annotated[str, Form(max_length=1_000)]


def local_path(asked: str) -> str:
    """Return ``asked`` if it leads to a page of ours, else the front page."""
    return asked if _LOCAL.fullmatch(asked) and not asked.startswith(("/auth", "/login")) else "/"


def is_secure() -> bool:
    """Say whether users come over TLS."""
    return settings().address.startswith("https://")


@router.post("/login", status_code=303, summary="Sign in")
async def login(request: Request, email: Text = "", password: Text = "", next: Text = "/") -> Response:
    """Check e-mail and password; set the session cookie and go to ``next``, or back to the form with the reason."""
    answer = await accounts.sign_in(email, password, client_of(request))
    if isinstance(answer, Refused):
        back = "/login" if local_path(next) == "/" else f"/login?{urlencode({'next': local_path(next)})}"
        return _back(request, back, answer, {"email": email})
    return _signed_in(request, answer, local_path(next))


@router.post("/logout", status_code=303, summary="Sign out")
async def logout(request: Request) -> Response:
    """End the session here and in every open page of it."""
    await accounts.sign_out(request.headers.get("cookie", ""))
    response = _to(request, "/login")
    response.delete_cookie(_cookie_name(), path="/", secure=is_secure(), httponly=True, samesite="lax")
    response.headers["clear-site-data"] = '"cache"'
    return response


@router.post("/setup", status_code=303, summary="Create the first account and its team")
async def setup(
    request: Request,
    token: Text = "",
    name: Text = "",
    email: Text = "",
    password: Text = "",
    team: Text = "",
    language: Annotated[Literal["ja", "en"], Form()] = "ja",
    country: Text = "JP",
    start: Annotated[Literal["demo", "import", "empty"], Form()] = "demo",
) -> Response:
    """Use a set-up link: make account and team, sign in, and start with what was chosen."""
    lang: Language = language
    asked = first_run.OwnerAsked(token, name, email, password, team, lang, country)
    answer = await first_run.create_owner(asked, client_of(request))
    if isinstance(answer, Refused):
        typed = {"name": name, "email": email, "team": team, "country": country, "start": start}
        return _back(request, f"/setup?{urlencode({'token': token})}", answer, typed)
    if start == "demo":
        await create_demo(answer.visitor)
    return _signed_in(request, answer, _AFTER[start])


def _cookie_name() -> str:
    return sessions.SECURE_COOKIE if is_secure() else sessions.COOKIE


def _to(request: Request, path: str) -> RedirectResponse:
    """Redirect within the site the form was on (in development the page has another port than we)."""
    origin = request.headers.get("origin", "")
    return RedirectResponse(origin + path if origin in settings().origins else path, status_code=303)


def _signed_in(request: Request, opened: accounts.SignedIn, path: str) -> Response:
    response = _to(request, path)
    response.set_cookie(
        _cookie_name(),
        opened.token,
        expires=opened.ends_at,
        path="/",
        secure=is_secure(),
        httponly=True,
        samesite="lax",
    )
    response.delete_cookie(told.COOKIE, path="/")
    return response


def _back(request: Request, path: str, why: Refused, typed: Mapping[str, Any]) -> Response:
    response = _to(request, path)
    response.set_cookie(
        told.COOKIE,
        told.pack(why.code, why.args, typed),
        max_age=told.SECONDS,
        path="/",
        secure=is_secure(),
        httponly=True,
        samesite="lax",
    )
    return response

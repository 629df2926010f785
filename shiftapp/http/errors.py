"""One shape for everything that goes wrong over HTTP.

::

{"error": {"code": "not_valid", "message": "...", "details": [{"where": "problem.days", "what": "..."}]}}
"""

import logging
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

MOST_DETAILS: Final = 50
_log = logging.getLogger(__name__)


class Detail(BaseModel):
    """One thing that is wrong with what was sent."""

    where: str = Field(description="path of the field, such as `problem.people.3.id`")
    what: str = Field(description="what was expected")


class Error(BaseModel):
    """What went wrong."""

    code: str = Field(description="for programs: `not_valid`, `not_found`, `busy` …")
    message: str = Field(description="for people: what happened and what to do")
    details: list[Detail] = Field(default_factory=list[Detail])


class ErrorBody(BaseModel):
    """The body of every answer with a status of 400 or more."""

    error: Error


class ApiError(Exception):
    """Ends a request with an error of the one shape."""

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        details: Sequence[Detail] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.status, self.code, self.message = status, code, message
        self.details, self.headers = list(details), headers


_CODES: Final = {
    400: ("not_readable", "The request could not be read."),
    401: ("not_signed_in", "Sign in first: this needs a session cookie."),
    403: ("not_allowed", "You have no right to this."),
    404: ("not_found", "There is nothing at this address. /docs lists what there is."),
    405: ("method_not_allowed", "This address does not take that method."),
    413: ("too_large", "The body is too large."),
    415: ("not_json", "Send the body as application/json."),
}


def error_response(
    status: int, code: str, message: str, details: Sequence[Detail] = (), headers: Mapping[str, str] | None = None
) -> JSONResponse:
    """Return an answer of the one shape."""
    body = ErrorBody(error=Error(code=code, message=message, details=list(details)))
    return JSONResponse(body.model_dump(), status_code=status, headers=dict(headers or {}))


def plain_error(status: int, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """Return the answer for a bare status."""
    phrase = HTTPStatus(status).phrase
    code, message = _CODES.get(status, (phrase.lower().replace(" ", "_"), f"{phrase}."))
    return error_response(status, code, message, headers=headers)


def details_of(errors: Sequence[Any]) -> list[Detail]:
    """Turn pydantic's errors into ours, without what was sent."""
    return [
        Detail(
            where=".".join(str(part) for part in error["loc"] if part != "body") or "body",
            what=str(error["msg"]).removeprefix("Value error, ")[:300],
        )
        for error in errors[:MOST_DETAILS]
    ]


async def _said(_: Request, error: Exception) -> Response:
    assert isinstance(error, ApiError)
    return error_response(error.status, error.code, error.message, error.details, error.headers)


async def _bare(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return plain_error(error.status_code, error.headers)


async def _not_valid(_: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    found = error.errors()
    if any(each["type"] == "json_invalid" for each in found):
        return error_response(400, "not_json", "The body is not valid JSON.", details_of(found))
    return error_response(422, "not_valid", "The request does not have the form described at /docs.", details_of(found))


async def _broken(request: Request, error: Exception) -> Response:
    _log.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return error_response(500, "broken", "The server failed to answer. The fault is ours and is in the server's log.")


def speak_one_shape(api: FastAPI) -> None:
    """Have every error of ``api`` answered in the one shape."""
    api.add_exception_handler(ApiError, _said)
    api.add_exception_handler(HTTPException, _bare)
    api.add_exception_handler(RequestValidationError, _not_valid)
    api.add_exception_handler(Exception, _broken)

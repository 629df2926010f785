"""The reference of the HTTP API: a page made from the OpenAPI document, without scripts and without other servers."""

import json
from collections.abc import Iterator
from html import escape
from typing import Any, Final, cast

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

Json = dict[str, Any]
router = APIRouter(include_in_schema=False)

_ORDER: Final = ("get", "post", "put", "patch", "delete")


@router.get("/docs")
async def docs(request: Request) -> HTMLResponse:
    """Show every route, what it takes and what it answers."""
    return HTMLResponse(page(request.app.openapi(), str(request.base_url).rstrip("/")))


def page(document: Json, address: str) -> str:
    """Return the reference as HTML.

    Parameters
    ----------
    document
        OpenAPI 3.1.
    address
        Of the server, for the examples.
    """
    routes = [
        (method, path, operation)
        for path, methods in cast("dict[str, Json]", document["paths"]).items()
        for method in _ORDER
        if (operation := methods.get(method)) is not None
    ]
    schemas: Json = document.get("components", {}).get("schemas", {})
    index = "".join(f'<li><a href="#{_anchor(m, p)}"><b>{m.upper()}</b> {escape(p)}</a></li>' for m, p, _ in routes)
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{escape(document["info"]["title"])}</title><link rel="stylesheet" href="/app.css"></head>'
        f'<body class="reference"><header><h1>{escape(document["info"]["title"])}</h1>'
        f"<p>{_text(document['info'].get('description', ''))}</p>"
        f'<p>As a document: <a href="/openapi.json">openapi.json</a></p></header>'
        f"<nav><ul>{index}</ul></nav><main>"
        + "".join(_route(method, path, operation, address) for method, path, operation in routes)
        + "<h2>Schemas</h2>"
        + "".join(_schema(name, schema) for name, schema in sorted(schemas.items()))
        + "</main></body></html>"
    )


def _anchor(method: str, path: str) -> str:
    return escape(f"{method}{path}".replace("/", "-").strip("-"))


def _text(source: str) -> str:
    """Mark up paragraphs and `code` of a description."""
    paragraphs = [part for part in source.strip().split("\n\n") if part.strip()]
    return "</p><p>".join(_code(escape(" ".join(part.split()))) for part in paragraphs)


def _code(escaped: str) -> str:
    pieces = escaped.split("`")
    return "".join(f"<code>{piece}</code>" if at % 2 else piece for at, piece in enumerate(pieces))


def _route(method: str, path: str, operation: Json, address: str) -> str:
    rows = "".join(
        f"<tr><td><code>{escape(given['name'])}</code></td><td>{_kind(given.get('schema', {}))}</td>"
        f"<td>{_code(escape(given.get('description', '')))}</td></tr>"
        for given in operation.get("parameters", [])
    )
    answers = "".join(
        f"<tr><td><code>{escape(status)}</code></td><td>{_content(answer)}</td>"
        f"<td>{_code(escape(answer.get('description', '')))}</td></tr>"
        for status, answer in operation.get("responses", {}).items()
    )
    body = operation.get("requestBody")
    return (
        f'<section id="{_anchor(method, path)}"><h2><b>{method.upper()}</b> {escape(path)}</h2>'
        f"<h3>{escape(operation.get('summary', ''))}</h3><p>{_text(operation.get('description', ''))}</p>"
        + (f"<table><caption>Parameters</caption>{rows}</table>" if rows else "")
        + (f"<p>Body: {_content(body)}</p>" if body else "")
        + f"<table><caption>Answers</caption>{answers}</table>"
        + f"<pre>{escape(_curl(method, path, body, address))}</pre></section>"
    )


def _content(holder: Json) -> str:
    kinds: Json = holder.get("content", {})
    return ", ".join(f"{_kind(given.get('schema', {}))} <small>{escape(kind)}</small>" for kind, given in kinds.items())


def _curl(method: str, path: str, body: Json | None, address: str) -> str:
    if method == "get":
        return f"curl {address}{path}"
    kinds: Json = (body or {}).get("content", {})
    if "application/json" in kinds:
        return f"curl {address}{path} --json @problem.json"
    return f"curl -X {method.upper()} {address}{path}"


def _kind(schema: Json) -> str:
    """Name what a schema describes, with links to those that have a name."""
    if "$ref" in schema:
        name = escape(schema["$ref"].rpartition("/")[2])
        return f'<a href="#{name}">{name}</a>'
    for choice in ("anyOf", "oneOf", "allOf"):
        if choice in schema:
            return " or ".join(_kind(each) for each in schema[choice])
    if "enum" in schema or "const" in schema:
        return " | ".join(f"<code>{escape(str(each))}</code>" for each in schema.get("enum", [schema.get("const")]))
    kind = str(schema.get("type", "any"))
    if kind == "array":
        return f"list of {_kind(schema.get('items', {}))}"
    if kind == "object" and isinstance(schema.get("additionalProperties"), dict):
        return f"object of {_kind(schema['additionalProperties'])}"
    return escape(kind)


def _schema(name: str, schema: Json) -> str:
    required = schema.get("required", [])
    rows = "".join(
        f"<tr><td><code>{escape(field)}</code>{'' if field in required else ' <small>optional</small>'}</td>"
        f"<td>{_kind(given)}</td><td>{_code(escape('; '.join(_notes(given))))}</td></tr>"
        for field, given in schema.get("properties", {}).items()
    )
    table = f"<table>{rows}</table>" if rows else f"<p>{_kind(schema)}</p>"
    about = _text(schema.get("description", ""))
    example = f"<pre>{escape(json.dumps(schema['example'], indent=2))}</pre>" if "example" in schema else ""
    return f'<section id="{escape(name)}"><h3>{escape(name)}</h3><p>{about}</p>{table}{example}</section>'


def _notes(given: Json) -> Iterator[str]:
    if "description" in given:
        yield str(given["description"])
    for bound, sign in (("minimum", "≥"), ("exclusiveMinimum", ">"), ("maximum", "≤"), ("exclusiveMaximum", "<")):
        if bound in given:
            yield f"{sign} {given[bound]}"
    if "default" in given and given["default"] not in (None, "", [], {}):
        yield f"default {given['default']}"

"""Secrets we hand out once and keep only as a digest."""

import hashlib
import secrets
from typing import Final

TOKEN_BYTES: Final = 32
"""256 bits of chance: a digest needs no salt and no slow hash, for nobody can guess its source."""


def new_token() -> str:
    """Return a fresh secret of 43 URL-safe characters."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def digest(token: str) -> bytes:
    """Return what is stored of ``token``: its SHA-256, 32 bytes."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()

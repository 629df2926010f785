"""What the environment decides: read once, passed on, never read elsewhere."""

from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from shiftapp.errors import CannotStart

PROJECT = Path(__file__).resolve().parent.parent
"""The folder that holds ``rxconfig.py``, ``alembic.ini`` and ``assets``."""

SCHEMES = ("postgresql+psycopg://", "postgresql://", "postgres://")
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


class Settings(BaseSettings):
    """The environment of one process.

    Every field is the variable ``SHIFTAPP_<FIELD>``, except `database_url`, which is ``DATABASE_URL``.
    """

    model_config = SettingsConfigDict(env_prefix="SHIFTAPP_", frozen=True, extra="ignore", populate_by_name=True)

    port: int = Field(default=8000, ge=1, le=65535, description="page and socket, one port")
    host: str = Field(default="127.0.0.1", description="address to listen on")
    data_dir: Path = Field(default=Path(".data"), description="embedded database, its log and backups")
    database_url: str | None = Field(
        default=None, validation_alias="DATABASE_URL", description="your PostgreSQL; unset: an embedded one"
    )
    page_port: int | None = Field(
        default=None, ge=1, le=65535, description="port of the page where another program serves it: `reflex run`"
    )
    public_url: str | None = Field(default=None, description="address users type, where a proxy stands in front")
    open_api: bool | None = Field(
        default=None, description="the solver answers without a session; unset: on a loopback address only"
    )
    pool_size: int = Field(default=12, ge=2, le=200, description="database connections of the hot path, per server")
    runs_at_once: int | None = Field(
        default=None, ge=0, le=256, description="runs a server works on itself; unset: all cores but one; 0: workers do"
    )
    nice: int = Field(default=19, ge=0, le=19, description="by how much a search steps back behind everything else")
    log_level: Literal["debug", "info", "warning", "error"] = "warning"

    @field_validator("data_dir")
    @classmethod
    def _absolute(cls, value: Path) -> Path:
        """Relative to the folder the command was typed in, whatever the process does later."""
        return value.expanduser().absolute()

    @field_validator("database_url")
    @classmethod
    def _plain_scheme(cls, value: str | None) -> str | None:
        """Give every accepted spelling in the one that libpq reads; empty means unset."""
        if not value:
            return None
        for scheme in SCHEMES:
            if value.startswith(scheme):
                return "postgresql://" + value.removeprefix(scheme)
        raise ValueError("must start with postgresql://")

    @property
    def address(self) -> str:
        """The address to print: what a user opens in a browser."""
        if self.public_url:
            return self.public_url.rstrip("/")
        shown = "127.0.0.1" if self.host in ("0.0.0.0", "::") else self.host
        return f"http://{shown}:{self.port}"

    @property
    def origins(self) -> tuple[str, ...]:
        """Origins whose pages may open a socket here and post forms."""
        if self.public_url:
            return (self.address,)
        names = [name for name in dict.fromkeys((*LOOPBACK, self.host)) if name not in ("0.0.0.0", "::")]
        ports = [self.port] if self.page_port is None else [self.port, self.page_port]
        return tuple(f"http://{name}:{port}" for port in ports for name in names)


@lru_cache(maxsize=1)
def settings() -> Settings:
    """Return the settings of this process.

    Raises
    ------
    CannotStart
        A variable has a value that cannot be used; the message names it.
    """
    try:
        return Settings()
    except ValidationError as refused:
        first = refused.errors()[0]
        field = str(first["loc"][0]).upper() if first["loc"] else ""
        name = field if field.startswith(("SHIFTAPP_", "DATABASE_")) else f"SHIFTAPP_{field}"
        reason = first["msg"].removeprefix("Value error, ")
        raise CannotStart(f"{name}: {reason}") from None

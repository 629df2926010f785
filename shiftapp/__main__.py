"""``python -m shiftapp``."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036  (whoever calls this by hand may have an older one)
    raise SystemExit("shiftapp: needs Python 3.11 or newer, this is " + sys.version.split()[0] + "; run make setup.")

from shiftapp.cli import main

raise SystemExit(main())

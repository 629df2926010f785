"""``python -m shiftapp``."""

from shiftapp.cli import main

raise SystemExit(main())

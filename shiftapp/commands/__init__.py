"""What ``python -m shiftapp`` can do: one module a command, each with ``configure`` and ``run``."""

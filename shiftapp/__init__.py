"""Shift rosters that several managers edit live and a solver fills."""

__version__ = "0.1.0"

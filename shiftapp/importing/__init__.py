"""Rosters in: files of other programs, read and judged line by line, without touching the database."""

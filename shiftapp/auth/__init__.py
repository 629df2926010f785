"""Passwords, sessions and the delay after wrong ones: no I/O but the clock and chance."""

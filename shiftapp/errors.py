"""The one exception that ends a command with one line instead of a traceback."""


class CannotStart(Exception):
    """Something outside the program must change before it can run.

    The message is one line for the person at the terminal: what is wrong and what to do about it.
    """

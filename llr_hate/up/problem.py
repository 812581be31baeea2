"""The one way in which starting up fails: a sentence that a person can act on."""


class StartProblem(Exception):
    """One clear sentence about why the portal can't start; shown as it is, without a traceback."""


class Stopped(BaseException):
    """Somebody asked for a stop (Ctrl-C or TERM) while the portal was starting or running."""

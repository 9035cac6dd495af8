"""Errors that a user can act on. What belongs here: exception classes and exit codes. What does not: handling them.

Exit codes are those of the command line's contract: 0 done, 1 unexpected failure, 2 wrong usage, 3 nothing found,
4 some input was refused, 5 a gate or a verification failed.
"""

EXIT_DONE = 0
EXIT_UNEXPECTED = 1
EXIT_USAGE = 2
EXIT_NOTHING_FOUND = 3
EXIT_REFUSED = 4
EXIT_GATE = 5


class LoadpathError(Exception):
    """A foreseeable failure: ``str(error)`` is one line (what, where, why, what to do)."""

    exit_code = EXIT_UNEXPECTED


class UsageError(LoadpathError):
    """The caller asked for something that does not exist or does not fit."""

    exit_code = EXIT_USAGE


class QueryLimitError(UsageError):
    """A query was stopped: it took more time or memory than it may have. The caller narrows it or raises the limit."""


class NothingFoundError(LoadpathError):
    """The request was right; there is nothing to show."""

    exit_code = EXIT_NOTHING_FOUND


class InputRefusedError(LoadpathError):
    """One input cannot be taken: ``source`` names it, ``reason`` says why."""

    exit_code = EXIT_REFUSED

    def __init__(self, source: str, reason: str) -> None:
        super().__init__(f"{source}: {reason}")
        self.source = source
        self.reason = reason

    def __reduce__(self) -> tuple[type["InputRefusedError"], tuple[str, str]]:
        return type(self), (self.source, self.reason)


class GateError(LoadpathError):
    """A gate or a verification failed; nothing was published."""

    exit_code = EXIT_GATE


class ModelError(LoadpathError):
    """An ontology, registry, judgement or query file is wrong: the message names file, entry and reason."""

    exit_code = EXIT_GATE


class GraphUnreachableError(LoadpathError):
    """The graph database cannot be used: the message says whether address or login is wrong."""

    exit_code = EXIT_REFUSED

"""Why a database stops a start, said in the layout of every command."""

from collections.abc import Iterator
from contextlib import contextmanager

from .._seaworthy.redacted_url import RedactedUrl
from ..start_error import StartError
from .driver_errors import DRIVER_ERRORS, driver_message


def database_unusable(url: RedactedUrl, reason: str) -> StartError:
    """The file of an SQLite database; the reason is what SQLite or the system calls it."""
    return StartError(
        "the database cannot be opened for writing",
        code="START_DATABASE_UNUSABLE",
        got=f"{url}: {reason}",
        expected="a database file in a folder this process may write",
        fix="mend what got says, or set DATABASE_URL to another file",
        retry="yes: once the file can be written",
    )


def database_unreachable(url: RedactedUrl) -> StartError:
    """Nobody answers, or nobody is let in; what the driver said may hold the password."""
    return StartError(
        "there is no connection to the database",
        code="START_DATABASE_UNREACHABLE",
        got=str(url),
        expected="a PostgreSQL that answers, has this database and lets this user in",
        fix="start it, or correct DATABASE_URL",
        retry="yes: once it answers",
    )


@contextmanager
def explain_failures() -> Iterator[None]:
    """Makes a StartError of what a database fails with that was there."""
    try:
        yield
    except DRIVER_ERRORS as error:
        raise StartError(
            "the database failed",
            code="START_DATABASE_FAILED",
            got=driver_message(error),
            expected="a database that this user may read and write",
            fix="mend what got says, or correct DATABASE_URL",
            retry="yes: once that is mended",
        ) from None

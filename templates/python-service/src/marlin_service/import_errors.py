"""What can go wrong with an import, said in the layout of every command."""

from typing import Final

from ._seaworthy.jobs import JobError
from .start_error import EXIT_CODE_TRY_AGAIN, EXIT_CODE_USAGE, StartError

_STORED: Final = "The batches before it are stored."
_SAME_FILE: Final = "yes: the same file goes on after the last batch that is stored"


class ImportFailed(StartError):
    """An import that did not begin, or did not come to its end."""

    title = "ImportError"
    consequence = "Nothing was imported."


class ImportBrokenOff(ImportFailed):
    """An import that is to be run again."""

    consequence = _STORED


def missing_argument() -> ImportFailed:
    """The command names no file."""
    failed = ImportFailed(
        "no file was named",
        code="IMPORT_FILE_MISSING_ARGUMENT",
        got="nothing",
        expected="the path of a CSV file",
        fix="make import FILE=orders.csv",
        retry="no: name a file first",
    )
    failed.exit_code = EXIT_CODE_USAGE
    return failed


def file_unreadable(path: str) -> ImportFailed:
    """The file is not there, or cannot be read twice."""
    return ImportFailed(
        "the file cannot be read",
        code="IMPORT_FILE_UNREADABLE",
        got=path,
        expected="a readable CSV file in UTF-8, not a pipe",
        fix="check the path and who may read it",
        retry="yes: once the file can be read; rows already stored are not stored twice",
    )


def header_wrong(expected: str) -> ImportFailed:
    """The first line says that this is another kind of file."""
    return ImportFailed(
        "the first line is not the header",
        code="IMPORT_HEADER_WRONG",
        got="another first line",
        expected=expected,
        fix="make this the first line of the file",
        retry="no: the same file fails again",
    )


def file_changed() -> ImportBrokenOff:
    """Somebody wrote into the file while it was imported."""
    return ImportBrokenOff(
        "the file changed while it was imported",
        code="IMPORT_FILE_CHANGED",
        got="other content than at the beginning",
        expected="a file that is complete before it is imported",
        fix="let whatever writes the file finish, then import it again",
        retry="yes: rows that are stored already are left as they are",
    )


def import_stopped() -> ImportBrokenOff:
    """A signal came; the batch that ran then was finished."""
    return ImportBrokenOff(
        "the import was stopped",
        code="IMPORT_STOPPED",
        got="a signal to stop",
        expected="time to come to the end of the file",
        fix="import the same file",
        retry=_SAME_FILE,
    )


def import_interrupted(got: str) -> ImportBrokenOff:
    """The database or the file failed midway."""
    return ImportBrokenOff(
        "the import broke off",
        code="IMPORT_INTERRUPTED",
        got=got,
        expected="a file that can be read and a database that can be written to the end",
        fix="free the disk or stop what holds the database, then import the same file",
        retry=_SAME_FILE,
    )


def import_running(error: JobError) -> ImportFailed:
    """Another process imports the same file, or did until it died."""
    problem = error.problems[0]
    failed = ImportFailed(
        "the same file is being imported elsewhere",
        code="IMPORT_RUNNING",
        got=problem.got,
        expected=problem.expected,
        fix=problem.fix,
        retry=f"yes: {problem.retry}",
    )
    failed.exit_code = EXIT_CODE_TRY_AGAIN
    return failed

"""How a command ends: with its exit code, or with one message on standard error."""

import sys
from collections.abc import Callable

from ._seaworthy.settings_error import EXIT_CODE_SETTINGS, SettingsError
from .start_error import StartError


def run_command(command: Callable[[], int]) -> int:
    """Runs a command and returns its exit code; what whoever runs it can mend has no traceback."""
    try:
        return command()
    except SettingsError as error:
        return fail(str(error), EXIT_CODE_SETTINGS)
    except StartError as error:
        return fail(str(error), error.exit_code)


def fail(message: str, exit_code: int = 1) -> int:
    """Prints the message of a failure and returns its exit code."""
    sys.stderr.write(f"{message}\n")
    return exit_code

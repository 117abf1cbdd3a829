"""Starts the service: `python -m` this package."""

import os
import sys

from .app import create_application
from .database import explain_failures
from .json_log import start_log
from .listening_socket import open_listening_socket
from .migrations import MigrationHistory, open_migrated, read_migrations
from .passed_on_socket import passed_on_socket
from .run_command import run_command
from .server import run_server
from .settings import Settings
from .trusted_proxies import trusted_proxies


def main() -> int:
    """Runs the service and returns its exit code."""
    return run_command(_run)


def _run() -> int:
    # What can fail, fails before it listens.
    settings = Settings.load()
    start_log(settings.logging.level, settings.logging.redact_keys)
    proxies = trusted_proxies(settings.http_server.trusted_proxies)
    with open_migrated(settings) as database, explain_failures():
        newer = MigrationHistory(database).unknown(read_migrations(database.kind))
    http = settings.http_server
    listener = passed_on_socket(os.environ) or open_listening_socket(http.host, http.port)
    return run_server(settings, create_application(settings), listener, proxies, newer)


if __name__ == "__main__":
    sys.exit(main())

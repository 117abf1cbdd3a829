"""A PostgreSQL of its own, in a temporary folder and on a free port, that ends with the tests."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import psycopg
import pytest

NEEDED: Final = (
    "PostgreSQL: the programs initdb and postgres, and, where the tests run as root, the user"
    " postgres"
)
# Its input ends when the tests stop it, and also when they are killed: it never outlives them.
UNTIL_INPUT_ENDS: Final = """
exec 3<&0
"$0" "$@" </dev/null 3<&- & server=$!
{ read -r _ <&3; kill -INT "$server"; } >/dev/null 2>&1 &
wait "$server"
cd / && rm -rf "$FOLDER"
"""
OPTIONS: Final = (
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "fsync=off",
    "full_page_writes=off",
    "autovacuum=off",
    "shared_buffers=16MB",
)


def programs() -> Path | None:
    """Returns the folder with the programs: Debian keeps them out of PATH."""
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/postgres"),
        key=lambda path: float(path.parts[4]) if path.parts[4].isdigit() else 0,
    )
    in_path = shutil.which("postgres")
    candidates = [path.parent for path in reversed(found)]
    candidates += [Path(in_path).parent] if in_path else []
    return next((folder for folder in candidates if (folder / "initdb").exists()), None)


def other_user() -> dict[str, Any] | None:
    """Returns who runs it: PostgreSQL refuses to run as root."""
    if os.getuid() != 0:
        return {}
    try:
        entry = pwd.getpwnam("postgres")
    except KeyError:
        return None
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def skip(why: str) -> None:
    """Skips, which the last lines of pytest say; never in CI."""
    if os.environ.get("CI") == "true":
        raise AssertionError(f"CI needs {why}")
    pytest.skip(f"needs {why}")


@contextmanager
def postgres_server() -> Iterator[str]:
    """Runs a server and gives the address of its database."""
    folder, user = programs(), other_user()
    if folder is None or user is None:
        skip(NEEDED)
        return
    data = Path(tempfile.mkdtemp(prefix="postgres-"))
    try:
        if user:
            os.chown(data, user["user"], user["group"])
        yield from _run(folder, data, user)
    finally:
        shutil.rmtree(data, ignore_errors=True)


def emptied(address: str) -> str:
    """Removes every table, and returns the address again."""
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    return address


def _run(folder: Path, data: Path, user: dict[str, Any]) -> Iterator[str]:
    given: dict[str, Any] = {
        "cwd": data,
        "env": {"PATH": os.environ["PATH"], "LC_ALL": "C", "FOLDER": str(data)},
        **user,
    }
    arguments = ["--pgdata=.", "--auth=trust", "--username=postgres", "--no-sync"]
    arguments += ["--encoding=UTF8", "--locale=C"]
    subprocess.run([folder / "initdb", *arguments], **given, check=True, capture_output=True)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    options = [each for option in (*OPTIONS, f"port={port}") for each in ("-c", option)]
    server = subprocess.Popen(
        ["/bin/sh", "-c", UNTIL_INPUT_ENDS, folder / "postgres", "-D", ".", *options],
        **given,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        # A Ctrl-C reaches the tests alone.
        start_new_session=True,
    )
    assert server.stdin is not None
    assert server.stderr is not None
    written = []
    try:
        for line in server.stderr:
            written.append(line)
            if "database system is ready to accept connections" in line:
                break
        else:
            raise AssertionError("".join(written))
        # Nobody reads on, and a full pipe would stop it.
        reader = threading.Thread(target=server.stderr.read)
        reader.start()
        yield f"host=127.0.0.1 port={port} user=postgres dbname=postgres"
        server.stdin.close()
        reader.join()
    finally:
        server.stdin.close()
        server.wait()
        server.stderr.close()

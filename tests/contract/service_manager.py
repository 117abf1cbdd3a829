"""Stands in for systemd: holds a listening socket, passes it to one process, and hears what that tells it.

Arguments: a folder of its own, the descriptor count to name, then the command. Standard input: `look` connects a client,
asks for one path and says whether the connection that the service accepted has TCP_NODELAY; `stop` sends SIGTERM.
Standard output: one JSON object a line.
"""

import contextlib
import ctypes
import http.client
import json
import os
import signal
import socket
import stat
import subprocess
import sys
import threading

SYS_PIDFD_GETFD = 438

folder, count, *command = sys.argv[1:]
held = socket.socket()
held.bind(("127.0.0.1", 0))
held.listen(16)
port = held.getsockname()[1]
told = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
told.bind(f"{folder}/notify")
# Node has no such sockets and calls the program of systemd.
program = f"{folder}/systemd-notify"
with open(program, "w", encoding="utf-8") as file:
    file.write(
        f"#!{sys.executable}\nimport os, socket, sys\n"
        "socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)"
        ".sendto(sys.argv[1].encode(), os.environ['NOTIFY_SOCKET'])\n"
    )
os.chmod(program, stat.S_IRWXU)


def say(**fields: object) -> None:
    os.write(1, f"{json.dumps(fields)}\n".encode())


def hear() -> None:
    while True:
        say(told=told.recv(100).decode())


descriptor = os.dup(held.fileno())


def pass_on() -> None:
    os.dup2(descriptor, 3)
    os.set_inheritable(3, True)


process = subprocess.Popen(
    # The shell becomes the program, so its process id is that of the program.
    ["sh", "-c", f'LISTEN_FDS={count} LISTEN_PID=$$ exec "$@"', "sh", *command],
    env={**os.environ, "NOTIFY_SOCKET": f"{folder}/notify", "PATH": f"{folder}:{os.environ['PATH']}"},
    stdin=subprocess.DEVNULL,
    stdout=subprocess.DEVNULL,
    stderr=subprocess.PIPE,
    text=True,
    pass_fds=(3,),
    preexec_fn=pass_on,
)


def accepted_without_delay(client: tuple[str, int]) -> "bool | None":
    """Looks at the descriptors of the service for the other end of a connection."""
    pidfd = os.pidfd_open(process.pid)
    for name in os.listdir(f"/proc/{process.pid}/fd"):
        copied = ctypes.CDLL(None).syscall(SYS_PIDFD_GETFD, pidfd, int(name), 0)
        if copied < 0:
            continue
        if not stat.S_ISSOCK(os.fstat(copied).st_mode):
            os.close(copied)
            continue
        with socket.socket(fileno=copied) as found, contextlib.suppress(OSError):
            if found.getpeername() == client:
                return found.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) != 0
    return None


def look() -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", "/orders")
    answer = connection.getresponse()
    answer.read()
    say(status=answer.status, noDelay=accepted_without_delay(connection.sock.getsockname()))
    connection.close()


def wait() -> None:
    _, error = process.communicate()
    say(exited=process.returncode, error=error)


threading.Thread(target=hear, daemon=True).start()
ending = threading.Thread(target=wait)
ending.start()
say(port=port, pid=process.pid)
for line in sys.stdin:
    if line == "look\n":
        look()
    else:
        process.send_signal(signal.SIGTERM)
if process.poll() is None:
    process.kill()
ending.join()

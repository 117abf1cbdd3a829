"""Holds a listening socket, as a service manager does, and passes it to each process it starts.

Standard input: `start` starts one more, the end ends everything. Standard output: the port, then what the processes write
and `exited CODE`.
"""

import os
import socket
import subprocess
import sys
import threading

held = socket.socket()
held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
held.bind(("127.0.0.1", 0))
held.listen(511)
# Out of the way of descriptor 3, which the processes get it as.
descriptor = os.dup(held.fileno())


def pass_on() -> None:
    os.dup2(descriptor, 3)
    os.set_inheritable(3, True)


def say(line: str) -> None:
    os.write(1, f"{line}\n".encode())


def start() -> subprocess.Popen[bytes]:
    # The shell becomes the program, so its process id is that of the program.
    command = ["sh", "-c", 'LISTEN_FDS=1 LISTEN_PID=$$ exec "$@"', "sh", *sys.argv[1:]]
    return subprocess.Popen(command, stdin=subprocess.PIPE, pass_fds=(3,), preexec_fn=pass_on)


def report(process: subprocess.Popen[bytes]) -> None:
    say(f"exited {process.wait()}")


say(str(held.getsockname()[1]))
processes: list[subprocess.Popen[bytes]] = []
for line in sys.stdin:
    processes.append(start())
    threading.Thread(target=report, args=(processes[-1],), daemon=True).start()
for process in processes:
    process.kill()

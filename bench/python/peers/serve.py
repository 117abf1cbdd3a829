"""One measured server: `python serve.py PROGRAM SOURCE`. Writes its port, and lives until its input ends."""

import os
import socket
import sys
import threading
from importlib import import_module

import uvicorn

_, program, source = sys.argv
sys.path.insert(0, source)
app = import_module(program).app

listening = socket.socket()
listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
listening.bind(("127.0.0.1", 0))
# Already now: whoever reads the port connects at once.
listening.listen(128)
sys.stdout.write(f"{listening.getsockname()[1]}\n")
sys.stdout.flush()


def end_with_input() -> None:
    sys.stdin.buffer.read()
    os._exit(0)


threading.Thread(target=end_with_input, daemon=True).start()
# A connection waits for its turn while the other servers are measured.
config = uvicorn.Config(app, http="httptools", log_level="warning", access_log=False, timeout_keep_alive=86_400)
uvicorn.Server(config).run(sockets=[listening])

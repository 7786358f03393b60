#!/usr/bin/env python3
"""`tei-edition`, loaded and ready: each command is a process of its own, forked from this one.

python docs/ready_program.py FOLDER     writes the program `tei-edition` into FOLDER, which is to stand first on the
                                        path, says “ready”, and goes on until its stdin is closed

To load the program takes longer than most commands of the README do, and the README has fifty. What stands on the path
hands its arguments, folder, environment and streams over to this process, and leaves with the exit code that it is
told.
"""

from __future__ import annotations

import json
import os
import pkgutil
import select
import signal
import socket
import sys
from importlib import import_module
from pathlib import Path

CALLER = """#!{python} -IS
import json, os, socket, sys
call = socket.socket(socket.AF_UNIX)
call.connect({socket!r})
socket.send_fds(call, [b" "], [0, 1, 2])
call.sendall(json.dumps([sys.argv, os.getcwd(), dict(os.environ)]).encode())
call.shutdown(socket.SHUT_WR)
sys.exit(int(call.recv(9)))
"""


def load() -> None:
    """Import the program, each of its modules."""
    import tei_edition

    for module in pkgutil.walk_packages(tei_edition.__path__, "tei_edition."):
        if not module.name.endswith("__main__"):
            import_module(module.name)


def run(call: socket.socket) -> None:
    """Be the process of one command, and tell how it left."""
    _, streams, _, _ = socket.recv_fds(call, 1, 3)
    words = b"".join(iter(lambda: call.recv(65536), b""))
    arguments, folder, environment = json.loads(words)
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = arguments
    from tei_edition.cli import main

    try:
        main()
    except SystemExit as left:
        sys.stdout.flush()
        sys.stderr.flush()
        call.sendall(str(left.code).encode())


def serve(folder: Path) -> None:
    """Run commands until whoever started this closes our stdin."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for them: each tells its exit code itself
    address = str(folder / "socket")
    program = folder / "tei-edition"
    program.write_text(CALLER.format(python=sys.executable, socket=address), "utf-8")
    program.chmod(0o755)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(address)
        listening.listen()
        print("ready", flush=True)
        while sys.stdin not in select.select([listening, sys.stdin], [], [])[0]:
            call, _ = listening.accept()
            if not os.fork():
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                run(call)
                os._exit(0)
            call.close()


if __name__ == "__main__":
    load()
    serve(Path(sys.argv[1]))

"""A package index of this machine, with packages that are written for a test."""

import base64
import hashlib
import io
import tarfile
import threading
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def wheel(name: str, version: str, requires: Sequence[str] = ()) -> bytes:
    """A wheel that installs one empty module; the same arguments give the same bytes."""
    info = f"{name}-{version}.dist-info"
    required = "".join(f"Requires-Dist: {each}\n" for each in requires)
    files = {
        f"{name}.py": "",
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n{required}",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\n"
        "Tag: py3-none-any\n",
    }
    record = "".join(f"{file},{_record_digest(text)},{len(text)}\n" for file, text in files.items())
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as opened:
        for file, text in {**files, f"{info}/RECORD": f"{record}{info}/RECORD,,\n"}.items():
            opened.writestr(zipfile.ZipInfo(file), text)
    return archive.getvalue()


def source() -> bytes:
    """An empty source archive: it is listed by an index and never built."""
    archive = io.BytesIO()
    tarfile.open(fileobj=archive, mode="w").close()
    return archive.getvalue()


def sha256(contents: bytes) -> str:
    return hashlib.sha256(contents).hexdigest()


def _record_digest(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return "sha256=" + base64.urlsafe_b64encode(digest).decode().rstrip("=")


@contextmanager
def package_index(files: Mapping[str, bytes], *, hashes: bool = True) -> Iterator[str]:
    """Serves the files by name, as wheels and archives of indexes are named; gives its address."""

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            kind, name = self.path.strip("/").split("/")
            found = _page(name, files, hashes) if kind == "simple" else files[name]
            self.send_response(200 if found else 404)
            self.send_header("content-type", "text/html" if kind == "simple" else "application/zip")
            self.send_header("content-length", str(len(found)))
            self.end_headers()
            self.wfile.write(found)

        def log_message(self, *_arguments: object) -> None:
            """Tests print nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/simple"
        finally:
            server.shutdown()
            thread.join()


def _page(name: str, files: Mapping[str, bytes], hashes: bool) -> bytes:
    lines = [
        f'<a href="/files/{file}{"#sha256=" + sha256(contents) if hashes else ""}">{file}</a>'
        for file, contents in files.items()
        if file.startswith(f"{name.replace('-', '_')}-")
    ]
    return "\n".join(lines).encode()

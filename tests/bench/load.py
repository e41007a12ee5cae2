"""A load generator that costs little itself: prepared requests over kept-alive raw sockets, one thread a connection."""

import socket
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass


@dataclass(frozen=True)
class Load:
    """What came of ``seconds`` of load: requests a second, latency percentiles in milliseconds, answers not 200."""

    per_second: float
    p50: float
    p95: float
    failed: int


def request_bytes(host: str, path: str, cookie: str = "") -> bytes:
    lines = [f"GET {path} HTTP/1.1", f"Host: {host}", "Accept-Encoding: gzip", "Connection: keep-alive"]
    if cookie:
        lines.append(f"Cookie: {cookie}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def read_answer(connection: socket.socket) -> tuple[int, int]:
    """Status and length of one answer with Content-Length (or chunked: read to its end)."""
    buffer = b""
    while b"\r\n\r\n" not in buffer:
        piece = connection.recv(65536)
        if not piece:
            raise ConnectionError("closed")
        buffer += piece
    head, body = buffer.split(b"\r\n\r\n", 1)
    status = int(head.split(b" ", 2)[1])
    lowered = head.lower()
    if b"content-length:" in lowered:
        length = int(lowered.split(b"content-length:")[1].split(b"\r\n")[0])
        have = len(body)
        while have < length:
            have += len(connection.recv(65536))
        return status, length
    while not body.endswith(b"0\r\n\r\n"):
        body += connection.recv(65536)
    return status, len(body)


def _drive(host: str, port: int, request: bytes, until: float) -> tuple[list[float], int]:
    """A connection that the server has closed is opened again, as a browser does it; the request is asked anew."""
    times: list[float] = []
    failed = 0
    while time.perf_counter() < until:
        with socket.create_connection((host, port)) as connection:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            try:
                while time.perf_counter() < until:
                    start = time.perf_counter()
                    connection.sendall(request)
                    status, _ = read_answer(connection)
                    times.append(time.perf_counter() - start)
                    failed += status != 200
            except ConnectionError:
                continue
    return times, failed


def load(host: str, port: int, path: str, cookie: str, concurrency: int, seconds: float) -> Load:
    """Ask for ``path`` over ``concurrency`` connections for ``seconds`` (loopback only)."""
    assert host in {"127.0.0.1", "localhost"}, "only this machine"
    request = request_bytes(host, path, cookie)
    start = time.perf_counter()
    with ThreadPoolExecutor(concurrency) as pool:
        parts = list(pool.map(lambda _: _drive(host, port, request, start + seconds), range(concurrency)))
    wall = time.perf_counter() - start
    times = sorted(moment for part, _ in parts for moment in part)
    if not times:
        return Load(0.0, 0.0, 0.0, 1)
    return Load(
        per_second=len(times) / wall,
        p50=times[len(times) // 2] * 1000,
        p95=times[int(len(times) * 0.95)] * 1000,
        failed=sum(bad for _, bad in parts),
    )

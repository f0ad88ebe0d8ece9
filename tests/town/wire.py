"""One connection to the town, and how an answer goes over it: at once, or as its fault says."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
from http import HTTPStatus

from .answers import Answer

_PIECE = 64  # bytes of a drip
_CHUNK = 64 * 1024


class Wire:
    """A connection; `sent` counts the bytes of the last answer's body, `closed` says that no more can follow."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer
        writer.transport.set_write_buffer_limits(high=0)  # so that drain() waits until the kernel has taken all
        self.closed = False
        self.sent = 0

    async def head(self) -> str:
        """The next request's first line and headers. Raises `IncompleteReadError` at the connection's end."""
        return (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1")

    async def send(self, answer: Answer, *, head_only: bool = False, keep: bool = True) -> None:
        """Sends an answer as its fault says. Raises `ConnectionError` where the asker goes away."""
        fault, body = answer.fault, b"" if head_only else answer.body
        self.sent = 0
        await self._pause(fault.stall)
        if fault.reset:
            return self.reset()
        self.closed = not keep
        await self._write(_head(answer, keep=keep))
        if fault.endless and not head_only:
            return await self._endless(answer.body or b" " * _CHUNK)
        if fault.stall_in_body:
            await self._body(body[: len(body) // 2], 0)
            await self._pause(fault.stall_in_body)
            body = body[len(body) // 2 :]
        if fault.cut is not None:
            await self._body(body[: max(0, fault.cut - self.sent)], fault.drip)
            return self.close()
        await self._body(body, fault.drip)
        if fault.wrong_length > 0:
            self.close()

    async def _body(self, body: bytes, drip: float) -> None:
        if not drip:
            await self._write(body)
            self.sent += len(body)
            return
        for start in range(0, len(body), _PIECE):
            await self._write(body[start : start + _PIECE])
            self.sent += len(body[start : start + _PIECE])
            await self._pause(drip)

    async def _endless(self, body: bytes) -> None:
        while True:
            for start in range(0, len(body), _CHUNK):
                piece = body[start : start + _CHUNK]
                await self._write(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
                self.sent += len(piece)

    async def _write(self, data: bytes) -> None:
        self._writer.write(data)
        await self._writer.drain()

    async def _pause(self, seconds: float) -> None:
        """Waits, but not for an asker who has gone: the request is then no longer open."""
        if not seconds:
            return
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._reader.read(1), seconds)
            raise ConnectionResetError("the asker has gone")  # nobody sends more before the answer (no pipelining)

    def close(self) -> None:
        """Ends the connection behind what was sent."""
        self.closed = True
        self._writer.close()

    def reset(self) -> None:
        """Ends the connection by RST."""
        self.closed = True
        connection: socket.socket = self._writer.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._writer.transport.abort()


def _head(answer: Answer, *, keep: bool) -> bytes:
    status = answer.status
    phrase = HTTPStatus(status).phrase if status in HTTPStatus._value2member_map_ else "Unknown"
    headers = dict(answer.headers)
    if answer.fault.endless:
        headers["Transfer-Encoding"] = "chunked"
    elif status not in (204, 304):
        headers["Content-Length"] = str(max(0, len(answer.body) + answer.fault.wrong_length))
    headers["Connection"] = "keep-alive" if keep else "close"
    lines = [f"HTTP/1.1 {status} {phrase}", *(f"{name}: {value}" for name, value in headers.items())]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1", "replace")

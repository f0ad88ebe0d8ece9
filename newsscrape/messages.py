"""Messages between processes of this library, over pipes: pickles with their length before them.

Both ends are our own processes; what strangers sent is never read this way.
"""

from __future__ import annotations

import os
import pickle
import struct
from typing import Any

LENGTH = struct.Struct(">I")
"""What stands before a message: its length in bytes, big-endian."""
_PIECE = 64 * 1024


def packed(message: object) -> bytes:
    """A message as it goes over the pipe."""
    body = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    return LENGTH.pack(len(body)) + body


class Inbox:
    """The messages that come in at a descriptor.

    A read that Ctrl-C breaks off loses nothing of what has come, so that the next message can still be read.
    """

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._come = bytearray()

    def take(self) -> Any:
        """The next message; waits for it. Raises `EOFError` where the other end has gone."""
        start = LENGTH.size
        while len(self._come) < start or len(self._come) < start + self._length():
            piece = os.read(self._descriptor, _PIECE)
            if not piece:
                raise EOFError
            self._come += piece
        end = start + self._length()
        message = pickle.loads(self._come[start:end])
        del self._come[:end]
        return message

    def _length(self) -> int:
        return int(LENGTH.unpack_from(self._come)[0])

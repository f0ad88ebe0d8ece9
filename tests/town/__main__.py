"""The town's own process; `TownProcess` starts it."""

from __future__ import annotations

import sys

from .process import serve

serve(sys.stdin.buffer, sys.stdout.buffer)

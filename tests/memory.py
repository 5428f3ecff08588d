"""Where the databases of tests lie: in memory where there is room, for none of them has to outlive the machine.

It takes two thirds of the time off making a database on PostgreSQL, and every commit waits for its disk no longer.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")  # Linux's own
ENOUGH = 2 * 1024**3


def place() -> str | None:
    """A parent for temporary folders; None for the usual one, such as in a container, whose memory is small."""
    if "TMPDIR" in os.environ or not os.access(MEMORY, os.W_OK) or shutil.disk_usage(MEMORY).free < ENOUGH:
        return None
    return str(MEMORY)


def folder(prefix: str) -> Path:
    return Path(tempfile.mkdtemp(prefix=prefix, dir=place()))

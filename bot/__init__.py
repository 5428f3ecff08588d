"""The running process: from an update's arrival to its answer, from a due moment to its message."""

from __future__ import annotations

import os

os.environ.setdefault("PTB_TIMEDELTA", "true")  # the library asks for this choice before it is imported

"""Log lines without people: errors tell where and of which kind, addresses are blotted out.

What exactly was wrong stays in the row that had the trouble, which erasure reaches.
"""

import logging
import re
import traceback
from typing import Any

ADDRESS = re.compile(r"[^\s<>'\"=:,;()\[\]{}]+@[\w.-]+\w")


class Line(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return ADDRESS.sub("(an address)", super().format(record))

    def formatException(self, ei: Any) -> str:  # noqa: N802 - the name is logging's
        """The frames and the kind of each error in the chain, without what it says."""
        told = traceback.TracebackException(*ei)
        return "\n".join(self.links(told))

    def links(self, told: traceback.TracebackException) -> list[str]:
        cause = told.__cause__ or (None if told.__suppress_context__ else told.__context__)
        before = [*self.links(cause), ""] if cause else []
        frames = "".join(told.stack.format()).rstrip("\n")
        kind = told.exc_type.__qualname__ if told.exc_type else "an error"
        return [*before, frames, kind]

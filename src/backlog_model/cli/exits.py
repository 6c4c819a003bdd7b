"""How a command ends: its text on stdout, and its exit code."""

import errno
import os
import sys

from backlog_model.cli.speaking import complain
from backlog_model.translation import Text

DONE, USAGE, INVALID, DATA, NOT_MET, BUG, INTERRUPTED = 0, 2, 3, 4, 5, 70, 130


def put(text: str) -> None:
    """Text on stdout; a reader who has seen enough, such as `head`, ends it quietly."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError as error:
        if error.errno not in (errno.EPIPE, errno.EINVAL):  # Windows calls a closed pipe an invalid argument
            complain(Text("the answer cannot be written: {reason}", reason=error.strerror))
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(INVALID)
        # Python flushes stdout once more at the end, and would complain then.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

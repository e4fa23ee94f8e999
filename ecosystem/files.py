"""Writing files so that nobody ever sees half of one."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from ecosystem.errors import PublishError

__all__ = ["write_atomically"]


def write_atomically(path: Path, content: str | bytes, *, lasting: bool = True) -> None:
    """Write `content` (text as UTF-8) to a temporary file beside `path`, then rename it into place.

    Parameters
    ----------
    lasting
        Wait until the disk has it, so that even a power cut leaves the old or the new content. Thousands of files that
        can be made again need not wait.

    Raises
    ------
    PublishError
        If the folder does not exist or cannot be written.
    """
    data = content.encode("utf-8") if isinstance(content, str) else content
    temporary = ""
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            if lasting:
                file.flush()
                os.fsync(file.fileno())
        Path(temporary).chmod(0o666 & ~_umask())
        Path(temporary).replace(path)
    except OSError as error:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        raise PublishError(
            f"{path}: cannot be written: {error.strerror or error}.", hint="Name a folder that exists."
        ) from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask

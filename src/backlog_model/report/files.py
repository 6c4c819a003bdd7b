"""Files for people, written whole or not at all."""

from contextlib import suppress
from pathlib import Path

from backlog_model.errors import StoreError
from backlog_model.translation import Text


def write(content: str | bytes, path: Path) -> None:
    """A file with this content, whole or not at all.

    Raises
    ------
    StoreError
        When it cannot be written.
    """
    draft = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(content.encode() if isinstance(content, str) else content)
        draft.replace(path)
    except OSError as error:
        raise StoreError(
            Text("{path}: cannot be written: {reason}", path=path, reason=error.strerror or error)
        ) from error
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)

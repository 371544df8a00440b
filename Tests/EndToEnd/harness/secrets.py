"""What no output may ever show: the keys of TMDB's and people's sessions, the server's own and those of callers."""

from standin import (
    ACCESS_TOKEN,
    API_KEY,
    OTHER_ACCESS_TOKEN,
    OTHER_API_KEY,
    OTHER_SESSION,
    OTHER_USER_TOKEN,
    SESSION,
    USER_TOKEN,
)

KEYS = (
    API_KEY, ACCESS_TOKEN, OTHER_API_KEY, OTHER_ACCESS_TOKEN, SESSION, OTHER_SESSION, USER_TOKEN, OTHER_USER_TOKEN
)  # fmt: skip


def are_kept(output: str | bytes) -> bool:
    """Asserts that none of the keys is in the output; true for `assert`."""
    text = output if isinstance(output, str) else output.decode("latin-1")
    assert not [key for key in KEYS if key in text], "a key is in the output"
    return True

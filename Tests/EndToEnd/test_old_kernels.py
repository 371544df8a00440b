"""Kernels and filters that refuse system calls: the program does without them, or ends and says what is missing."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import platform
import shlex
import subprocess
import tempfile
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import refusing
from harness.binaries import Binary
from harness.listening import Serve
from harness.process import DEADLINE, environment
from harness.renumbered import MISSING, renumbered
from harness.wire import Wire
from standin import API_KEY, Certificates, StandIn

pytestmark = pytest.mark.release_only  # a host build has the system's C library

# What the program makes of calls while it serves, but for those that nothing can start or speak without.
USED = [
    "accept4", "bind", "clock_gettime", "clone", "close", "connect", "epoll_create1", "epoll_ctl",
    "epoll_pwait", "eventfd2", "fcntl", "flock", "fstat", "fsync", "futex", "getdents64", "getpeername", "getpid",
    "getrandom", "getsockname", "getsockopt", "ioctl", "listen", "madvise", "membarrier", "mkdir", "mprotect", "mremap",
    "munmap", "open", "poll", "prlimit64", "readlink", "readv", "recvfrom", "recvmsg", "rename",
    "rt_sigaction", "rt_sigprocmask", "sendmsg", "sendto", "set_robust_list", "set_tid_address", "setsockopt",
    "shutdown", "signalfd4", "socket", "stat", "wait4",
]  # fmt: skip
# Newer than the oldest kernel, or refused by filters that are in use: nothing is lost without them.
SPARED = ["accept4", "getrandom", "madvise", "membarrier", "prlimit64", "set_robust_list", "statx"]
FAILURES = (1, 2, 127)
"""How the program ends when something is wrong; the last: before it has begun."""
ERRORS = {"no such call": errno.ENOSYS, "not permitted": errno.EPERM}


@pytest.fixture
def native(binary: Binary) -> Binary:
    if not binary.is_native or platform.machine() != "x86_64":
        pytest.skip("a filter sees the calls of the emulator, not those of the program: see `renumbered`")
    return binary


@pytest.fixture
def emulated(binary: Binary) -> Binary:
    if binary.is_native or platform.machine() != "x86_64":
        pytest.skip("runs without an emulator whose calls could be filtered")
    return binary


@pytest.fixture
def armv7(binary: Binary) -> Binary:
    if binary.platform != "armv7":
        pytest.skip("64-bit machines have had these calls from the start, and `renumbered` knows one of 32")
    return binary


@pytest.fixture
def arm64(binary: Binary) -> Binary:
    if binary.platform != "arm64":
        pytest.skip("amd64 is tried with a filter, and 32-bit Arm has a second call")
    return binary


def call(command: list[str], tmdb: StandIn, certificates: Certificates) -> subprocess.CompletedProcess[str]:
    """One call of a tool over TLS, by a name that is looked up."""
    variables = environment(
        tmdb.url, API_KEY, SSL_CERT_FILE=str(certificates.authority), TMDB_TIMEOUT="5", PATH=os.environ["PATH"]
    )
    return subprocess.run(
        [*command, "call", "search", "query=matrix"], env=variables, capture_output=True, text=True, timeout=DEADLINE,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip


def served(serve: Serve, prefix: list[str], **variables: str) -> int:
    with Wire(serve(shell=f'exec {shlex.join(prefix)} "$0" "$@"', **variables)) as wire:
        return wire.ask("GET", "/health").status


def test_a_kernel_of_2_6_39_is_enough(
    native: Binary, serve: Serve, secure_tmdb: StandIn, certificates: Certificates
) -> None:
    prefix = refusing.command({}, newest=refusing.NEWEST_OF_LINUX_2_6_39)
    done = call([*prefix, *native.command], secure_tmdb, certificates)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["results"]
    assert served(serve, prefix) == 200


def test_nothing_is_lost_without_a_newer_call(
    native: Binary, serve: Serve, secure_tmdb: StandIn, certificates: Certificates
) -> None:
    for refused in ("ENOSYS", "EPERM"):
        prefix = refusing.command(dict.fromkeys(SPARED, getattr(errno, refused)))
        done = call([*prefix, *native.command], secure_tmdb, certificates)
        assert (done.returncode, done.stderr) == (0, "")
        assert served(serve, prefix) == 200


def test_whatever_is_refused_a_call_works_or_ends_with_a_message(
    native: Binary, secure_tmdb: StandIn, certificates: Certificates
) -> None:
    def outcome(refused: dict[str, int]) -> str:
        done = call([*refusing.command(refused), *native.command], secure_tmdb, certificates)
        told = done.stderr.strip() and done.returncode in FAILURES
        return "" if done.returncode == 0 or told else f"status {done.returncode}: {done.stderr}"

    assert each_refused(outcome) == {}


def test_whatever_is_refused_a_server_serves_or_ends_with_a_message(
    native: Binary, tmdb: StandIn, tmp_path: Path
) -> None:
    """On standard input and output, and HTTP beside it, with a token to be made."""

    def outcome(refused: dict[str, int]) -> str:
        home = tempfile.mkdtemp(dir=tmp_path)
        variables = environment(
            tmdb.url, API_KEY, SERVER_MODE="both", SERVER_SSE_HOST="127.0.0.1", SERVER_SSE_PORT="0", HOME=home
        )
        with subprocess.Popen(
            [*refusing.command(refused), *native.command], env=variables, stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        ) as process:  # fmt: skip
            watch = threading.Timer(DEADLINE, process.kill)
            watch.start()
            with contextlib.suppress(BrokenPipeError):
                process.stdin.write(b'{"jsonrpc":"2.0","id":1,"method":"ping"}\n')
                process.stdin.flush()
            answer = process.stdout.readline()
            if answer:
                process.terminate()
            errors = process.stderr.read()
            process.wait()
            watch.cancel()
        good = answer == b'{"jsonrpc":"2.0","id":1,"result":{}}\n'
        told = process.returncode in FAILURES and errors.strip()
        return "" if good or (not answer and told) else f"status {process.returncode}: {answer!r} {errors!r}"

    assert each_refused(outcome) == {}


def each_refused(outcome: Callable[[dict[str, int]], str]) -> dict[str, str]:
    """What is wrong when one call is refused, for each call and both errors."""
    cases = [(name, error) for name in USED for error in ("ENOSYS", "EPERM")]
    with ThreadPoolExecutor(4) as pool:
        found = pool.map(lambda case: outcome({case[0]: getattr(errno, case[1])}), cases)
        return {" ".join(case): wrong for case, wrong in zip(cases, found, strict=True) if wrong}


def test_without_random_bytes_it_says_what_is_missing(native: Binary) -> None:
    """Neither the call nor the file: the seed of its tables comes first."""
    prefix = refusing.command({"getrandom": errno.ENOSYS, "open": errno.EPERM})
    done = subprocess.run(
        [*prefix, *native.command, "call", "search", "query=x"], env=environment("http://127.0.0.1:1/3", API_KEY),
        capture_output=True, text=True, timeout=DEADLINE,
    )  # fmt: skip
    told = "no random bytes: getrandom: Function not implemented, and /dev/urandom cannot be read\n"
    assert (done.returncode, done.stdout, done.stderr) == (1, "", told)


def test_tls_needs_no_device(binary: Binary, secure_tmdb: StandIn, certificates: Certificates) -> None:
    """As where the program's root is a folder of its own."""
    user = [] if os.geteuid() == 0 else ["--map-root-user"]
    hiding = ["unshare", *user, "--mount", "sh", "-c", 'mount -t tmpfs none /dev && exec "$0" "$@"']
    if subprocess.run([*hiding, "true"], capture_output=True).returncode != 0:
        pytest.skip("NOT RUN: this user may make no mount namespace")
    done = call([*hiding, *binary.command], secure_tmdb, certificates)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_call_that_is_refused_is_named(native: Binary) -> None:
    prefix = refusing.command({"epoll_create1": errno.EPERM})
    done = subprocess.run(
        [*prefix, *native.on_stdio], env=environment("http://127.0.0.1:1/3", API_KEY), capture_output=True, text=True,
        timeout=DEADLINE, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    told = "the system refused what the server needs: epoll_create1: Operation not permitted (errno 1)\n"
    assert (done.returncode, done.stdout, done.stderr) == (1, "", f"tmdb-mcp: {told}")


def test_without_a_clock_it_says_so(native: Binary, tmp_path: Path) -> None:
    """The kernel maps code that reads the clock without a call: this copy of the program looks for another name."""
    name = b"__vdso_clock_gettime\0"
    program = native.path.read_bytes()
    assert name in program
    copy = tmp_path / "program"
    copy.write_bytes(program.replace(name, name.upper()))
    copy.chmod(0o755)
    prefix = refusing.command({"clock_gettime": errno.EPERM, "gettimeofday": errno.EPERM})
    variables = environment("http://127.0.0.1:1/3", API_KEY)
    done = subprocess.run(
        [*prefix, str(copy), "call", "search", "query=x"], env=variables, capture_output=True, text=True,
        timeout=DEADLINE,
    )  # fmt: skip
    assert done.returncode == 1
    assert "clock_gettime" in done.stderr


@pytest.mark.parametrize("to", [MISSING, "timerfd_create", "sync", "getpid"], ids=str)
@pytest.mark.parametrize("name", ["clock_gettime64", "statx"])
def test_a_number_that_means_another_call(armv7: Binary, tmp_path: Path, tmdb: StandIn, name: str, to: str) -> None:
    """As on Synology's kernels. `timerfd_create` refuses (EINVAL), `sync` seems to do well (0), `getpid` answers."""
    done = configured(renumbered(armv7, tmp_path / "program", name, to).command, tmdb, tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["results"]


def test_without_a_clock_on_arm_it_says_so(arm64: Binary, tmp_path: Path, tmdb: StandIn) -> None:
    program = renumbered(arm64, tmp_path / "program", "clock_gettime", "timerfd_create")
    done = configured(program.command, tmdb, tmp_path)
    assert done.returncode == 1
    assert "clock_gettime" in done.stderr


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize("refused", ["getrandom", "statx"])
def test_arm_without_a_newer_call(emulated: Binary, tmdb: StandIn, tmp_path: Path, refused: str, error: str) -> None:
    """The emulator makes these two calls for the program, and hands it their errors."""
    done = configured([*refusing.command({refused: ERRORS[error]}), *emulated.command], tmdb, tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["results"]


def configured(command: list[str], tmdb: StandIn, folder: Path) -> subprocess.CompletedProcess[str]:
    """One call of a tool, with the key in a config file, whose owner and mode are looked at."""
    settings = folder / "config.yaml"
    settings.touch(mode=0o600)
    settings.write_text(f"tmdb:\n  api_key: {API_KEY}\n")
    return subprocess.run(
        [*command, "call", "search", "query=matrix", "--config", str(settings)], env=environment(tmdb.url, None),
        capture_output=True, text=True, timeout=DEADLINE, stdin=subprocess.DEVNULL,
    )  # fmt: skip

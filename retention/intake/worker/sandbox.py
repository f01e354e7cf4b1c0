"""The bounds that the reading child gives itself: memory, time, and the files that DuckDB may touch."""

import tempfile
from pathlib import Path

from retention.intake import limits

WORK = ".work"


def confine(seconds: float) -> None:
    """Give this process bounds where the system knows them; elsewhere the parent's watchdog is the only one."""
    try:
        import resource
    except ImportError:
        return
    cpu = int(seconds * limits.THREADS) + 1
    wanted = ((resource.RLIMIT_AS, limits.ADDRESS_BYTES), (resource.RLIMIT_CPU, cpu), (resource.RLIMIT_CORE, 0))
    for kind, bound in wanted:
        _, hard = resource.getrlimit(kind)
        bound = bound if hard == resource.RLIM_INFINITY else min(bound, hard)
        try:
            resource.setrlimit(kind, (bound, bound))
        except (ValueError, OSError):
            continue  # macOS refuses RLIMIT_AS; the watchdog holds there


def seal(connection, into: Path, paths: list[str]):
    """Let DuckDB touch the files to read and the folder to write, and nothing else."""
    work = into / WORK
    work.mkdir(parents=True, exist_ok=True)
    tempfile.tempdir = str(work)
    connection.execute(f"set memory_limit = '{limits.DUCKDB_MEMORY}'")
    connection.execute(f"set threads = {limits.THREADS}")
    connection.execute("set temp_directory = $work", {"work": str(work / "spill")})
    connection.execute("set autoinstall_known_extensions = false")
    connection.execute("set autoload_known_extensions = false")
    connection.execute("set timezone = 'UTC'")
    connection.execute("set allowed_paths = $paths", {"paths": paths})
    connection.execute("set allowed_directories = $folders", {"folders": [str(into)]})
    connection.execute("set enable_external_access = false")
    return connection

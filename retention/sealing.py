"""Seals a DuckDB connection before anything is loaded: which files it reads, what it may use, and nothing else."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Engine:
    """What DuckDB may use. Nothing that comes in a file decides it."""

    memory: str = "4GB"
    threads: int = 2
    seconds: int = 60  # for one question
    loading_seconds: int = 1800  # for one statement while loading: at 10 million subscriptions the longest takes 40


def seal(connection, scratch: str, paths: list[str], engine: Engine) -> None:
    """Let this DuckDB read `paths` and spill into `scratch`; what comes after can change no setting.

    A time limit without `global` would hold for this connection alone, and questions run on cursors.
    """
    run = connection.execute
    run("set temp_directory = $folder", {"folder": scratch})
    run("set memory_limit = $memory", {"memory": engine.memory})
    run("set threads = $threads", {"threads": engine.threads})
    run("set autoinstall_known_extensions = false")
    run("set autoload_known_extensions = false")
    run("set allow_community_extensions = false")
    run("set python_enable_replacements = false")
    run("set allowed_paths = $paths", {"paths": paths})
    run("set enable_external_access = false")
    run("set global max_execution_time = $most", {"most": engine.seconds * 1000})
    run("set session max_execution_time = $most", {"most": engine.loading_seconds * 1000})
    run("set lock_configuration = true")

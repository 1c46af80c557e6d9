"""What a process has cost so far, as Linux tells it: processor time and memory."""

from pathlib import Path

LISTENING = "0A"


def cpu_seconds(*pids: int) -> float:
    """Give the processor time that these processes have used, by all threads that still live."""
    return sum(_nanoseconds(pid) for pid in pids) / 1e9


def peak_memory(pid: int) -> int:
    """Give the most memory, in bytes, that a process has held at once."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    raise ProcessLookupError(pid)


def children_of(pid: int) -> list[int]:
    """Give the processes that a process has started and that still run."""
    return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def listening_at(port: int) -> int:
    """Count the sockets of this machine that take connections at a port."""
    lines = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return sum(line[1].endswith(f":{port:04X}") and line[3] == LISTENING for line in lines)


def _nanoseconds(pid: int) -> int:
    threads = Path(f"/proc/{pid}/task").glob("*/schedstat")
    return sum(int(thread.read_text().split()[0]) for thread in threads)

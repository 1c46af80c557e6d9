"""Keeping a process running while it is wanted: started again when it dies, ended when not."""

import os
import signal
import sys
import time
from collections.abc import Callable
from types import FrameType

ENDS = (signal.SIGTERM, signal.SIGINT)
LOOKS_EVERY = 0.2
PATIENCE = 30.0
"""Seconds in which a child may finish what it has in hand."""

REST = 1.0
"""Seconds between a death and the next start, so that one that cannot start does not spin."""


def keep(run: Callable[[], None], *, while_wanted: Callable[[], bool]) -> None:
    """Run something in a child process, again whenever it dies, as long as it is wanted.

    A signal to end is passed on. The child should end by itself when its parent is gone.
    """
    ending = False

    def end(_number: int, _frame: FrameType | None) -> None:
        nonlocal ending
        ending = True

    for one in ENDS:
        signal.signal(one, end)
    while not ending and while_wanted():
        child = _started(run)
        while not _is_over(child):
            if ending or not while_wanted():
                ending = True
                _end(child)
                break
            time.sleep(LOOKS_EVERY)
        else:
            time.sleep(REST)


def _started(run: Callable[[], None]) -> int:
    child = os.fork()
    if child:
        return child
    for one in ENDS:
        signal.signal(one, signal.SIG_DFL)  # until the child has said what it does about them
    code = 1
    try:
        run()
        code = 0
    except Exception as error:  # noqa: BLE001 - the keeper starts it again, whatever it was
        print(f"The worker broke: {type(error).__name__}", file=sys.stderr)  # noqa: T201
    finally:
        # Not sys.exit: what the keeper has prepared for its own end is not the child's to do.
        sys.stderr.flush()
        os._exit(code)


def _is_over(child: int) -> bool:
    return os.waitpid(child, os.WNOHANG)[0] == child


def _end(child: int) -> None:
    os.kill(child, signal.SIGTERM)
    give_up_at = time.monotonic() + PATIENCE
    while not _is_over(child):
        if time.monotonic() > give_up_at:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            return
        time.sleep(LOOKS_EVERY)

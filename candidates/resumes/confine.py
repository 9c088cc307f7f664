"""What a reader gives up before it looks at a file: network, memory, time, other processes.

Three fences, each enough against what the next one stops too: limits (everywhere), an empty
network of its own (where the system grants one), and a filter on system calls (Linux on x86-64
and ARM64, for any user): sockets, new processes, other people's processes, and changes of files.
"""

import ctypes
import platform
import resource
import struct

MEMORY = 512 * 1024 * 1024
CPU_SECONDS = 10
MOST_OUTPUT = 16 * 1024 * 1024
NEW_USER, NEW_NET = 0x10000000, 0x40000000
NO_NEW_PRIVILEGES, SECCOMP, FILTER = 38, 22, 2

# Words of the kernel's filter machine: load, compare, jump, answer.
LOAD, EQUAL, AT_LEAST, ANY_BIT, ANSWER = 0x20, 0x15, 0x35, 0x45, 0x06
ALLOW, REFUSE, KILL = 0x7FFF0000, 0x00050001, 0x80000000
NUMBER, MACHINE, FLAGS = 0, 4, 32
WRITES = 0o3 | 0o100 | 0o1000
X32 = 0x40000000

# By machine: its mark, the number of openat, and the calls that are refused.
CALLS = {
    "x86_64": (
        0xC000003E,
        257,
        [41, 42, 43, 44, 45, 46, 47, 49, 50, 53, 288, 299, 307,  # sockets
         56, 57, 58, 59, 322, 435,  # new processes and programs
         62, 101, 310, 311, 434, 438,  # other processes
         2, 76, 77, 82, 83, 84, 85, 86, 87, 88, 90, 91, 92, 94, 133,  # files: 2 is the old open
         258, 259, 260, 263, 264, 265, 266, 268, 316, 437,
         165, 166, 155, 161, 246, 248, 249, 250, 272, 298, 304, 308, 321, 323, 425, 426, 427],
    ),
    "aarch64": (
        0xC00000B7,
        56,
        [198, 199, 200, 201, 202, 203, 206, 207, 211, 212, 242, 243, 269,
         220, 221, 281, 435,
         129, 117, 270, 271, 434, 438,
         45, 46, 33, 34, 35, 36, 37, 38, 52, 53, 54, 55, 276, 437,
         39, 40, 41, 51, 97, 104, 217, 218, 219, 241, 265, 268, 280, 282, 425, 426, 427],
    ),
}  # fmt: skip


def confine() -> None:
    limits = {
        resource.RLIMIT_AS: MEMORY,
        resource.RLIMIT_CPU: CPU_SECONDS,
        resource.RLIMIT_FSIZE: MOST_OUTPUT,
        resource.RLIMIT_CORE: 0,
    }
    for limit, most in limits.items():
        resource.setrlimit(limit, (most, most))
    leave_network()
    refuse_calls()


def leave_network() -> bool:
    """Into an empty network of its own, where the system lets us; true where it did."""
    unshare = getattr(ctypes.CDLL(None), "unshare", None)
    return unshare is not None and 0 in (unshare(NEW_USER | NEW_NET), unshare(NEW_NET))


def refuse_calls() -> bool:
    """From here on, for good; false on a system that has no such filter."""
    prctl = getattr(ctypes.CDLL(None, use_errno=True), "prctl", None)
    if prctl is None or platform.machine() not in CALLS:
        return False
    code = program(*CALLS[platform.machine()])
    held = ctypes.create_string_buffer(code, len(code))
    where = struct.pack("HxxxxxxP", len(code) // 8, ctypes.addressof(held))
    filtered = ctypes.create_string_buffer(where, len(where))
    if prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0):
        return False
    return int(prctl(SECCOMP, FILTER, ctypes.byref(filtered), 0, 0)) == 0


def program(mark: int, openat: int, refused: list[int]) -> bytes:
    """Refused calls answer "not permitted"; openat only where it would write."""
    steps = [
        step(LOAD, MACHINE),
        step(EQUAL, mark, 1, 0),
        step(ANSWER, KILL),
        step(LOAD, NUMBER),
        step(AT_LEAST, X32, 0, 1),
        step(ANSWER, KILL),
    ]
    for number in refused:
        steps += [step(EQUAL, number, 0, 1), step(ANSWER, REFUSE)]
    steps += [
        step(EQUAL, openat, 0, 3),
        step(LOAD, FLAGS),
        step(ANY_BIT, WRITES, 0, 1),
        step(ANSWER, REFUSE),
        step(ANSWER, ALLOW),
    ]
    return b"".join(steps)


def step(code: int, value: int, then: int = 0, otherwise: int = 0) -> bytes:
    return struct.pack("HBBI", code, then, otherwise, value)

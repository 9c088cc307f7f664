"""Reads one resume in a process of its own: `python -m candidates.resumes.child KIND <file >text`.

It gives up its network, memory and time before it looks at a single byte.
"""

import ctypes
import resource
import sys

MEMORY = 512 * 1024 * 1024
CPU_SECONDS = 10
MOST_OUTPUT = 8 * 1024 * 1024
MOST_PAGES = 100
MOST_CHARACTERS = 1_000_000
NOT_READABLE = 3
NEW_USER, NEW_NET = 0x10000000, 0x40000000


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


def leave_network() -> bool:
    """Into an empty network of its own, where the system lets us; true where it did."""
    unshare = getattr(ctypes.CDLL(None), "unshare", None)
    return unshare is not None and 0 in (unshare(NEW_USER | NEW_NET), unshare(NEW_NET))


def read(data: bytes, kind: str) -> str:
    # Imported behind the fence: a library is not trusted with what we did not limit.
    from candidates.resumes import archives, kinds, rtf  # noqa: PLC0415

    match kind:
        case kinds.PDF:
            return text_of_pdf(data)
        case kinds.DOCX:
            return archives.text_of_archive(data, "docx")
        case kinds.ODT:
            return archives.text_of_archive(data, "odt")
        case kinds.RTF:
            return rtf.text_of_rtf(data)
    return kinds.decode(data) or ""


def text_of_pdf(data: bytes) -> str:
    import pypdfium2  # noqa: PLC0415 - behind the fence

    with pypdfium2.PdfDocument(data) as document:
        pages = range(min(len(document), MOST_PAGES))
        return "\n".join(document[page].get_textpage().get_text_range() for page in pages)


def main() -> int:
    confine()
    try:
        text = read(sys.stdin.buffer.read(), sys.argv[1])
    except Exception as problem:
        sys.stderr.write(f"{type(problem).__name__}\n")
        return NOT_READABLE
    sys.stdout.buffer.write(text[:MOST_CHARACTERS].encode("utf-8", "ignore"))
    return 0


if __name__ == "__main__":
    sys.exit(main())

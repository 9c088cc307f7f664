"""Reads one resume in a process of its own: `python -m candidates.resumes.child KIND <file >JSON`.

It gives up its network, memory and time before it looks at a single byte.
"""

import json
import sys
from typing import Any

from candidates.resumes.confine import confine


def read(data: bytes, kind: str) -> dict[str, Any]:
    """`Reading` as JSON knows it, without the reason why it failed to start."""
    # Imported behind the fence: a library is not trusted with what we did not limit.
    from candidates.resumes import kinds, mend, odf, pdf, plain, rtf, word  # noqa: PLC0415
    from candidates.resumes.details import details_of  # noqa: PLC0415
    from candidates.resumes.found import NoText, NotReadable  # noqa: PLC0415

    readers = {
        kinds.PDF: pdf.read_pdf,
        kinds.DOCX: word.read_docx,
        kinds.ODT: odf.read_odt,
        kinds.RTF: rtf.read_rtf,
        kinds.TXT: plain.read_plain,
    }
    try:
        found = readers[kind](data)
        if not mend.is_told(found.text):
            raise NoText("unmapped")
        text = mend.mended(found.text)
        if not text:
            raise NoText("empty")
    except NoText as problem:
        return {"status": "no_text", "problem": str(problem)}
    except NotReadable as problem:
        return {"status": "not_read", "problem": str(problem)}
    except MemoryError:
        return {"status": "not_read", "problem": "too_much_memory"}
    details = details_of(text, found.links, found.heading)
    return {"status": "read", "text": text, "notes": sorted(found.notes), **details}


def main() -> int:
    confine()
    said = read(sys.stdin.buffer.read(), sys.argv[1])
    sys.stdout.buffer.write(json.dumps(said, ensure_ascii=False).encode("utf-8", "replace"))
    return 0


if __name__ == "__main__":
    sys.exit(main())

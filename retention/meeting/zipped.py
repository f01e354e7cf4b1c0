"""The same bytes for the same content: a zip, and the zips within it, without the clock of the day it was made."""

import io
import re
import zipfile

FIRST_DAY = (1980, 1, 1, 0, 0, 0)
STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms)")


def timeless(content: bytes, day: str) -> bytes:
    """The zip with every entry dated alike; documents within say that they were made on `day` (ISO)."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            data = old.read(entry)
            if entry.filename.endswith(".xlsx"):
                data = timeless(data, day)
            elif entry.filename == "docProps/core.xml":
                data = STAMP.sub(rb"\g<1>" + f"{day}T00:00:00Z".encode() + rb"\g<2>", data)
            new.writestr(zipfile.ZipInfo(entry.filename, FIRST_DAY), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()

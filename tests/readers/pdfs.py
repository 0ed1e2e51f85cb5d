"""Small PDFs for tests, written by hand: one stream of operators a page."""

import io
import zlib
from itertools import accumulate

from pypdf import PdfReader, PdfWriter

LINE = "Exports rose by 9.8 percent in the first half of the year."


def says(text: str) -> bytes:
    """Operators that show one line of text."""
    return b"BT /F1 12 Tf 72 700 Td (" + text.encode("latin-1") + b") Tj ET\n"


def pdf(*pages: bytes, trailer: bytes = b"", deflated: int = 0) -> bytes:
    """A PDF of these pages, each stream deflated so many times."""
    dictionary = b"/Filter [" + b" /FlateDecode" * deflated + b"]" if deflated else b""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for page in pages:
        for _ in range(deflated):
            page = zlib.compress(page, 9)
        objects.append(b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(page), dictionary, page))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    parts = [b"%PDF-1.4\n", *(b"%d 0 obj\n%s\nendobj\n" % (number, one) for number, one in enumerate(objects, 1))]
    *starts, end = accumulate(map(len, parts))
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    return b"%sxref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (
        b"".join(parts), len(objects) + 1, table, len(objects) + 1, trailer, end,
    )  # fmt: skip


def encrypted(user_password: str) -> bytes:
    """A PDF that opens with this password."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(says(LINE)))))
    writer.encrypt(user_password, "owner", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()

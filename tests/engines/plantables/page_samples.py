"""PDF files with tables, made by Typst."""

import io

import typst
from PIL import Image
from pypdf import PdfReader, PdfWriter

HEADS = ("№", "Содержание", "Сроки", "Ответственные")


def pages(*parts: str, paper: str = "a5") -> bytes:
    made = typst.compile(
        f'#set page("{paper}")\n#set text(lang: "ru", size: 10pt, hyphenate: false)\n'.encode()
        + "\n\n".join(parts).encode()
    )
    return made if isinstance(made, bytes) else made[0]


def ruled(*rows: tuple[str, ...], heads: tuple[str, ...] = HEADS, columns: str = "(1.2cm, 1fr, 2.4cm, 3cm)") -> str:
    """A table with lines; its head comes again on each page. A row of one text spans it."""
    cells = [
        f"table.cell(colspan: {len(heads)})[{row[0]}]" if len(row) == 1 else ", ".join(f"[{text}]" for text in row)
        for row in rows
    ]
    head = ", ".join(f"[{title}]" for title in heads)
    return f"#table(columns: {columns}, table.header({head}), {', '.join(cells)})"


def locked(source: bytes) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(source)))
    writer.encrypt("secret")
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def scanned() -> bytes:
    """Two pages that are nothing but a picture."""
    target = io.BytesIO()
    sheet = Image.new("L", (400, 560), 128)
    sheet.save(target, "PDF", save_all=True, append_images=[sheet])
    return target.getvalue()

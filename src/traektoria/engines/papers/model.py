"""What an official paper is made of: facts and words chosen by the room above. Texts are plain, never markup."""

from dataclasses import dataclass
from datetime import date
from math import isclose


@dataclass(frozen=True)
class Facts:
    """Labels with their values: «Председатель — Иванова М. П.». An empty value is printed as a dash.

    ``ruled``: a passport, with borders and without dashes between.
    """

    rows: tuple[tuple[str, str], ...]
    ruled: bool = False


@dataclass(frozen=True)
class Heading:
    """A heading between parts: level 1 stands in the middle («1. Общие положения»), level 2 on the left («РЕШИЛИ:»)."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    """A paragraph. ``number`` («1.2.») hangs on its left; ``indent`` are steps to the right; each line is kept."""

    text: str
    number: str = ""
    indent: int = 0


@dataclass(frozen=True)
class Bullets:
    """A list with dashes."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A table whose head is repeated on each page. ``widths`` are shares of the width of the text, 1 together.

    An empty cell stays empty: it may wait for a pen. Raises ``ValueError`` where rows or widths don't fit the head.
    """

    head: tuple[str, ...]
    widths: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]

    def __post_init__(self) -> None:
        if not self.head or any(len(row) != len(self.head) for row in (self.widths, *self.rows)):
            raise ValueError("widths and rows of a table need as many parts as its head")
        if min(self.widths) <= 0 or not isclose(sum(self.widths), 1, abs_tol=0.005):
            raise ValueError("the widths of a table are shares and make 1 together")


@dataclass(frozen=True)
class Picture:
    """A JPEG with the words under it."""

    content: bytes
    caption: str


@dataclass(frozen=True)
class Pictures:
    """Photos, two in a row."""

    items: tuple[Picture, ...]


Block = Facts | Heading | Paragraph | Bullets | Table | Pictures


@dataclass(frozen=True)
class Stamp:
    """A mark of approval in the upper right corner: «УТВЕРЖДЕНО / приказом … / от … № …».

    Of two stamps the first stands on the left («СОГЛАСОВАНО») and the second on the right («УТВЕРЖДЕНО»).
    """

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Signature:
    """A place to sign: «Директор ______ Иванова М. П.»; ``note`` stands under the position."""

    position: str
    name: str
    note: str = ""


@dataclass(frozen=True)
class Paper:
    """An official paper, top to bottom.

    ``kind`` is a slug (``order_of_appointment``). ``day`` is the date of the paper and the time written into the PDF.
    The line «5 сентября 2026 г. · с. Ясное · № 12» stands under the title; it is left out where there is neither a
    number nor a place but a stamp, for then the date is in the stamp. A paper of editions says there which one it is
    (``edition``: «Редакция № 2 от 5 сентября 2026 г., согласована …»). ``acquainted`` sign that they have read it.
    ``draft`` puts «ПРОЕКТ» on the first page; ``undated``: a blank stands for the date, which is not known yet.
    """

    kind: str
    file_name: str
    issuer: tuple[str, ...]
    title: tuple[str, ...]
    day: date
    number: str = ""
    place: str = ""
    edition: str = ""
    subject: str = ""
    blocks: tuple[Block, ...] = ()
    signatures: tuple[Signature, ...] = ()
    acquainted: tuple[Signature, ...] = ()
    stamps: tuple[Stamp, ...] = ()
    draft: bool = False
    undated: bool = False
    landscape: bool = False
    verification_code: str = ""
    verify_url: str = ""

"""One way to write a letter. Each character stays where it was: a place in the text means the same before and after."""

LOOK_ALIKES = str.maketrans("acekopxymhbt", "асекорхумнвт")
ROMAN = str.maketrans(
    {"і": "i", "ӏ": "i", "|": "i", "l": "i", "ш": "iii", "п": "ii", "х": "x", "у": "v", "y": "v", "ѵ": "v"}
)
_SAME = {
    "ё": "е",
    **dict.fromkeys("–—−‑‒―﹣-⁃", "-"),
    **dict.fromkeys("\u00a0\u202f\u2009\u2007\u3000\ufeff\u200b\t\r\f\v", " "),
    **dict.fromkeys("«»“”„‟\"'`’‘*", " "),
    **dict(zip("ⅰⅱⅲⅳⅴⅵⅶⅷⅸ", "123456789", strict=True)), "і": "i", "ї": "i", "⁄": "/",
}  # fmt: skip
_TABLE = str.maketrans(_SAME)
_SOFT_HYPHEN = "\u00ad"


def same_letters(text: str) -> str:
    """In small letters, with one dash, one blank, no quotation marks; as long as ``text``."""
    small = text.lower()
    if len(small) != len(text):
        small = "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)
    return small.translate(_TABLE)


def cyrillic(word: str) -> str:
    """A word typed with Latin letters that look like ours, or the word as it is."""
    return word.replace(_SOFT_HYPHEN, "").translate(LOOK_ALIKES)

"""Tags of an item of the bank in words."""

from traektoria.diagnostics.bank.models import BankItem

SHOWN_TAGS = ("subject", "block", "topic", "level", "kes", "kt", "source", "labels", "external_id")


def tag_lines(item: BankItem) -> list[tuple[str, str]]:
    """(label, value) of every tag that is filled in."""
    return [(_label(name), _value(item, name)) for name in SHOWN_TAGS if getattr(item, name)]


def _label(name: str) -> str:
    label = str(getattr(BankItem._meta.get_field(name), "verbose_name", name))
    return label[:1].upper() + label[1:]


def _value(item: BankItem, name: str) -> str:
    words = getattr(item, f"get_{name}_display", None)
    return str(words() if words else getattr(item, name))

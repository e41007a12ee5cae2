"""What came of the year: in words, and as data."""

from typing import Any

from traektoria.demo.simulated_year.year import Outcome

COUNTED = (
    ("told", "записано сделанного со слов с подтверждением"), ("by file", "  из них с файлом"),
    ("by link", "  со ссылкой"), ("by note", "  с кратким итогом"), ("taken back", "ошибочных записей отозвано"),
    ("counted", "засчитано по фактам (консультации, акты)"), ("not this", "предложений «это не то»"),
    ("hours", "консультаций записано"), ("withdrawn", "  из них отозвано"), ("acts", "актов аудита подписано"),
    ("findings", "  замечаний в них"), ("replies", "ответов школ на акты"), ("moved", "сроков перенесено с причиной"),
    ("cancelled", "сроков отменено с причиной"), ("floors broken", "нарушений «не реже» найдено"),
    ("left", "тьюторов ушло среди года"), ("tasks", "фоновых задач выполнено"),
)  # fmt: skip


def as_data(outcome: Outcome, seed: int) -> dict[str, Any]:
    scenario = outcome.scenario
    return {
        "preset": scenario.preset,
        "seed": seed,
        "paper": scenario.paper,
        "days": outcome.days,
        "checks": outcome.checks,
        "right": not outcome.wrong,
        "wrong": outcome.wrong,
        "counts": dict(sorted(outcome.counts.items())),
        "plans": outcome.plans,
    }


def in_words(told: dict[str, Any]) -> str:
    lines = [
        f"Год по пресету {told['preset']}: {told['days']} дней, зерно {told['seed']}",
        f"План: {told['paper'] or 'из положения'}",
        "",
    ]
    for plan in told["plans"]:
        lines += [plan["title"], *map(_line, plan["items"]), ""]
    lines += [f"{words}: {told['counts'][name]}" for name, words in COUNTED if told["counts"].get(name)]
    if told["right"]:
        lines += [
            "",
            f"Отчёт о выполнении сверен с независимым подсчётом: {told['checks']} сравнений, расхождений нет.",
        ]
    else:
        lines += ["", f"Расхождений: {len(told['wrong'])} из {told['checks']} сравнений", *told["wrong"][:40]]
    return "\n".join(lines)


def _line(item: dict[str, Any]) -> str:
    said = [f"выполнено {item['done']} из {item['due']}"] if item["due"] else []
    words = (("late", "с опозданием"), ("missed", "не выполнено"), ("cancelled", "отменено"), ("moved", "перенесено"))
    said += [f"{name} {item[key]}" for key, name in words if item[key]]
    if not item["due"] and item["deeds"]:
        said.append(f"сделано раз: {len(item['deeds'])}")
    said += [f"{_FACTS.get(slug, slug)}: {number}" for slug, number in item["happened"].items()]
    if item["floor_broken"]:
        said.append(f"реже, чем сказано: {len(item['floor_broken'])}")
    return (
        f"  {item['number']:<4} {item['content'][:58]:<58} {item['phrase'][:28]:<28} {'; '.join(said) or 'ещё не пора'}"
    )


_FACTS = {"hours": "консультаций", "audits": "актов"}

"""The end of a month's summary: what the month cost people, and what the secretaries beneath have confirmed and added."""

from __future__ import annotations

from domain.summaries import MonthSummary
from locales import Language
from reports import words


def burden(summary: MonthSummary, language: Language) -> str:
    sent = summary.burden
    if not sent.messages:
        return language.text("No reminders were sent this month")
    return language.plural(
        "{average} reminders a person on average ({messages} in all, to one person)",
        "{average} reminders a person on average ({messages} in all, to {number} people)",
        sent.people,
        average=f"{sent.average:.1f}",
        messages=sent.messages,
    )


def answering(summary: MonthSummary, language: Language) -> tuple[str, ...]:
    """How long it took people, in words; where few have answered nothing is said."""
    minutes = summary.burden.answered_in
    if minutes is None:
        return ()
    return (language.text("reports came {time} after the reminder (median)", time=words.time_taken(language, minutes)),)


def out_of_reach(summary: MonthSummary, language: Language) -> tuple[str, ...]:
    """The one place where a secretary is told of those who hear nothing from us; the people screen tells who."""
    number = summary.burden.out_of_reach
    if not number:
        return ()
    return (
        language.plural(
            "One person cannot be reached on Telegram (blocked it or left)",
            "{number} people cannot be reached on Telegram (blocked it or left)",
            number,
        ),
    )


def confirmed(summary: MonthSummary, language: Language) -> tuple[str, tuple[str, ...]]:
    """Who has not confirmed, and the words of those who have, each as its unit's."""
    head = ""
    if summary.unconfirmed:
        head = language.text("not confirmed by the secretary: {units}", units=language.names(summary.unconfirmed))
    return head, tuple(language.text("{what}: {about}", what=said.unit, about=said.text) for said in summary.words)

"""A month's summary in chat: its text with what one can do with it, its files, and the notice that brings it."""

from __future__ import annotations

from collections.abc import Sequence

from domain.calendar import Month
from domain.summaries import Edition, MonthSummary
from handlers.views import confirmations
from handlers.views.page import Button, Document, Html, Message, Picture, Say, button, lines, text
from locales import N_
from reports import summary_document
from reports.summary_counts import in_short
from reports.summary_document import document
from reports.summary_lines import title
from reports.summary_picture import picture
from reports.summary_text import LIMIT, chat_text, plain_text, utf16_length
from reports.summary_workbook import file_name, workbook
from services.confirmations import Answering
from services.summary_reading import OWN, Choice, Reading, Ready

REFUSALS = {
    "summary_no_role": N_(
        "Monthly summaries are for secretaries and the committee’s officers. What concerns you yourself is under “Me”."
    ),
    "no_such_month": N_("Please name a month that has begun, such as /summary 2026-10."),
    "no_such_unit": N_("None of your units is called “{unit}”. /summary without a name lists them under “Other units”."),
    "several_units": N_("Several of your units have “{unit}” in their names. Please give the whole name."),
    "detail_files_kept_out": N_(
        "Workbooks and papers are not sent through Telegram here. Your administrator can export them on the server."
    ),
}  # fmt: skip


def summary(data: Reading, say: Say) -> Message:
    state = confirmations.states(data.answering, say)
    if state is None:
        return Message(Html(chat_text(data.summaries, say.language)), _buttons(data, say))
    room = LIMIT - utf16_length(lines(state, "", ""))
    text = lines(state, "", Html(chat_text(data.summaries, say.language, room)))
    return Message(text, [*confirmations.buttons(data.answering, data.unit_id, say), *_buttons(data, say)])


def _buttons(data: Reading, say: Say) -> list[list[Button]]:
    month, unit_id = data.month, data.unit_id
    files = [button(say.plain("Picture"), "summary.picture", month, unit_id)]
    if data.detail_files:
        files.append(button(say.plain("Workbook"), "summary.workbook", month, unit_id))
        files.append(button(say.plain("Paper"), "summary.document", month, unit_id))
    files.append(button(say.plain("Text to forward"), "summary.plain", month, unit_id))
    turning = [_month_button(say.plain("‹ {month}", month=_month(data.previous, say)), data.previous, unit_id)]
    turning += [_month_button(say.plain("{month} ›", month=_month(data.next, say)), data.next, unit_id)]
    choosing = [button(say.plain("Other units"), "summary.units", month, 0)] if data.others else []
    taking = (files[:2], files[2:])  # four beside each other would break their words on a phone
    return [
        row for row in ([one for one in turning if one], *taking, *_experience(data.summaries, say), choosing) if row
    ]


def _experience(summaries: Sequence[MonthSummary], say: Say) -> list[list[Button]]:
    """Where highlights stand, all of them can be looked at."""
    return [[button(say.plain("Experience"), "experience")]] if any(one.highlights for one in summaries) else []


def _month_button(title: str, month: Month | None, unit_id: int) -> Button | None:
    return None if month is None else button(title, "summary.show", month, unit_id)


def _month(month: Month | None, say: Say) -> str:
    return say.language.month(month) if month else ""


def units(data: Choice, say: Say) -> Message:
    month = say.language.month(data.month)
    chosen = [[button(unit.name, "summary.show", data.month, unit.id)] for unit in data.units]
    turning = []
    if data.page > 0:
        turning.append(button(say.plain("‹ Previous"), "summary.units", data.month, data.page - 1))
    if data.page + 1 < data.pages:
        turning.append(button(say.plain("Next ›"), "summary.units", data.month, data.page + 1))
    mine = [button(say.plain("All my units"), "summary.show", data.month, OWN)]
    return Message(say("Whose summary of {month}?", month=month), [row for row in (*chosen, turning, mine) if row])


def picture_alone(data: Reading, say: Say) -> Message:
    return Message("", files=[_picture(data.summaries, say)])


def workbook_alone(data: Reading, say: Say) -> Message:
    return Message("", files=[_workbook(data.summaries, say)])


def document_alone(data: Reading, say: Say) -> Message:
    return Message("", files=[_document(data.summaries, say)])


def plain(data: Reading, say: Say) -> Message:
    """Nothing but the text, so that it can be forwarded as it is."""
    return Message(text(plain_text(data.summaries, say.language)))


def ready(data: Ready, say: Say) -> Message:
    """Text, picture and workbook at once."""
    opening, note = _opening(data, say), _note(data, say)
    room = LIMIT - utf16_length(lines(opening, "", "", note))
    told = Html(chat_text(data.summaries, say.language, room))
    files: list[Picture | Document] = [_picture(data.summaries, say)]
    if data.detail_files:
        files.append(_workbook(data.summaries, say))
    unit_id = data.summaries[0].unit_id if len(data.summaries) == 1 else OWN
    taking = [button(say.plain("Text to forward"), "summary.plain", data.month, unit_id)]
    if data.detail_files:
        taking.insert(0, button(say.plain("Paper"), "summary.document", data.month, unit_id))
    acting = confirmations.buttons(data.answering, unit_id, say)
    return Message(lines(opening, "", told, note), [*acting, taking, *_experience(data.summaries, say)], files)


def _opening(data: Ready, say: Say) -> Html:
    if len(data.summaries) == 1 and len(data.answering) == 1 and confirmations.is_asked(data.answering[0]):
        return _to_confirm(data, data.answering[0], say)
    return lines(_as_it_stands(data, say), confirmations.states(data.answering, say))


def _to_confirm(data: Ready, asked: Answering, say: Say) -> Html:
    """§4.5 no. 8, and until when."""
    summary = data.summaries[0]
    fields = {"title": title(summary, say.language), "about": in_short(summary, say.language)}
    return lines(
        say("{title}: {about}. Please check it; you may add a few words, then confirm and send it up.", **fields)
        if fields["about"]
        else say("{title} is ready. Please check it; you may add a few words, then confirm and send it up.", **fields),
        say(
            "{above} sums up on {day} at the latest. What is not right can be corrected until the month locks on {locks}; if anything changes by then, the final follows.",
            above=asked.above,
            day=say.date(asked.leaves_on),
            locks=say.date(data.locks),
        ),
    )


def _as_it_stands(data: Ready, say: Say) -> Html:
    month = say.language.month(data.month)
    if data.edition is Edition.DRAFT:
        return say(
            "{name}: here is the draft summary of {month}; please check it. What is not right can be corrected until the month locks on {day}. If anything changes by then, the final follows.",
            name=data.name,
            month=month,
            day=say.date(data.locks),
        )
    return say(
        "{name}: here is the final summary of {month}. The month is locked; later corrections are noted in the next summary.",
        name=data.name,
        month=month,
    )


def _note(data: Ready, say: Say) -> Html | None:
    return None if data.detail_files else lines("", say(REFUSALS["detail_files_kept_out"]))


def _picture(summaries: Sequence[MonthSummary], say: Say) -> Picture:
    return Picture(lambda: picture(summaries, say.language))


def _document(summaries: Sequence[MonthSummary], say: Say) -> Document:
    return Document(summary_document.file_name(summaries, say.language), lambda: document(summaries, say.language))


def _workbook(summaries: Sequence[MonthSummary], say: Say) -> Document:
    return Document(file_name(summaries, say.language), lambda: workbook(summaries, say.language))

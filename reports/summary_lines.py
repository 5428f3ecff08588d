"""A month's summary as titled sections of sentences, in the order that every form of it keeps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from domain.needs import NeedState
from domain.pairings import Track
from domain.summaries import MonthSummary, ReportCounts, ReportRow
from domain.summary_lines import Highlight, NeedLine, OutcomeLine, RotationLine
from domain.wording import one_line
from locales import N_, Language
from reports import summary_counts, words
from reports.summary_closing import answering, burden, confirmed, out_of_reach


class Topic(StrEnum):
    OUTCOMES = "outcomes"
    NEEDS = "needs"
    ROTATIONS = "rotations"
    HIGHLIGHTS = "highlights"
    PAIRINGS = "pairings"
    NEXT_MONTH = "next_month"
    REVIEWS = "reviews"
    REPORTS = "reports"
    BURDEN = "burden"
    CONFIRMED = "confirmed"
    REMARK = "remark"


TITLES = {
    Topic.OUTCOMES: N_("Outcomes"),
    Topic.NEEDS: N_("Support needed"),
    Topic.ROTATIONS: N_("Rotations and cross-specialty learning"),
    Topic.HIGHLIGHTS: N_("Highlights"),
    Topic.PAIRINGS: N_("Pairings"),
    Topic.NEXT_MONTH: N_("Due next month"),
    Topic.REVIEWS: N_("Reviews"),
    Topic.REPORTS: N_("Reports"),
    Topic.BURDEN: N_("Burden check"),
    Topic.CONFIRMED: N_("Confirmed and added by the secretaries"),
    Topic.REMARK: N_("Added by the secretary"),
}


@dataclass(frozen=True, slots=True)
class Section:
    """`head` carries the numbers and always stands; `lines` may be cut short where room is scarce."""

    topic: Topic
    title: str
    head: str
    lines: tuple[str, ...] = ()


def listed(summary: MonthSummary | Sequence[MonthSummary]) -> tuple[MonthSummary, ...]:
    """Who answers for several units gets them in one message, one picture, one workbook."""
    return (summary,) if isinstance(summary, MonthSummary) else tuple(summary)


def title(summary: MonthSummary, language: Language) -> str:
    edition = words.edition(language, summary.edition)
    month = language.month(summary.month)
    return language.text("{unit}: summary of {month} ({edition})", unit=summary.unit, month=month, edition=edition)


def preface(summary: MonthSummary, language: Language) -> tuple[str, ...]:
    made = language.text("As of {moment}", moment=language.moment(summary.made_at, summary.zone))
    provisional = language.text("The year's working days are provisional: the official notice is not in yet.")
    return (made, provisional) if summary.provisional else (made,)


def more(number: int, language: Language) -> str:
    return language.plural("… and {number} more", "… and {number} more", number)


def sections(summary: MonthSummary, language: Language) -> tuple[Section, ...]:
    made = (
        (Topic.OUTCOMES, *outcomes(summary, language)),
        (Topic.NEEDS, *needs(summary, language)),
        (Topic.ROTATIONS, *rotations(summary, language)),
        (Topic.HIGHLIGHTS, *highlights(summary, language)),
        (Topic.PAIRINGS, *pairings(summary, language)),
        (Topic.NEXT_MONTH, *next_month(summary, language)),
        (Topic.REVIEWS, reviews(summary, language), ()),
        (Topic.REPORTS, *reports(summary, language)),
        (Topic.BURDEN, burden(summary, language), (*answering(summary, language), *out_of_reach(summary, language))),
        (Topic.CONFIRMED, *confirmed(summary, language)),
    )
    told = [(t, head, lines) for t, head, lines in made if head or lines]
    remark = [(Topic.REMARK, "", [summary.remark])] if summary.remark else []
    return tuple(_section(language, *parts) for parts in (*told, *remark))


def _section(language: Language, topic: Topic, head: str, lines: Iterable[str]) -> Section:
    """People's own words may hold line breaks, and keep the letter they begin with; a line is one line."""
    told = [one_line(line) for line in lines]
    begun = told if topic is Topic.REMARK else map(words.capital, told)
    return Section(topic, language.text(TITLES[topic]), words.capital(head), tuple(begun))


Told = tuple[str, tuple[str, ...]]


def outcomes(summary: MonthSummary, language: Language) -> Told:
    reached, overdue = summary.outcomes_reached, summary.outcomes_overdue
    head = language.clauses(summary_counts.outcomes(summary, language))
    return head or language.text("No outcome reached or overdue"), tuple(
        outcome(line, summary.unit, language) for line in (*reached, *overdue)
    )


def outcome(line: OutcomeLine, home: str, language: Language) -> str:
    """`home` is the summary's own unit, which need not be told again and again."""
    if line.reached_on:
        when = language.text("reached on {day}", day=language.short_date(line.reached_on))
    else:
        when = language.text("due {day}", day=language.short_date(line.due_on))
    track = words.track(language, line.track) if line.track else ""
    about = language.clauses((line.person or _away(line.unit, home), track, when))
    named = _within(line.what)
    what = language.text("{what} ({measure})", what=named, measure=_within(line.measure)) if line.measure else named
    return language.text("{what}: {about}", what=what, about=about)


def needs(summary: MonthSummary, language: Language) -> Told:
    head = language.clauses(summary_counts.needs(summary, language)) or language.text("No support asked for")
    unanswered_first = sorted(summary.needs_open, key=lambda line: line.state is NeedState.ANSWERED)
    lines = (*unanswered_first, *summary.needs_answered)
    return head, tuple(need(line, summary.unit, language) for line in lines)


def need(line: NeedLine, home: str, language: Language) -> str:
    asker = language.text("asked by {name}", name=line.asker) if line.asker else _away(line.unit, home)
    about = (_state(line, language), asker, _owner(line, language), *_progress(line, language))
    kind = words.need_kind(language, line.kind)
    what = language.text("{kind} – {text}", kind=kind, text=_within(line.text)) if line.text else kind
    return language.text("{what}: {about}", what=what, about=language.clauses(about))


def _state(line: NeedLine, language: Language) -> str:
    """An answer settles nothing before the one who asked says so: until then it counts as open in the months after."""
    if line.state is NeedState.ANSWERED:
        return language.text("answered, not confirmed yet")
    return words.need_state(language, line.state)


def _within(words: str) -> str:
    """A person's words inside a line of ours: on one line and without the stop that would stand before our colon."""
    return one_line(words).rstrip("。．.；;，,")


def _progress(line: NeedLine, language: Language) -> Iterator[str]:
    if line.answered_on:
        yield language.text("answered on {day}", day=language.short_date(line.answered_on))
        return
    if line.passed_to:
        yield language.text("passed up to {unit}", unit=line.passed_to)
    yield waiting(line, language)
    if line.promised_on:
        yield language.text("promised by {day}", day=language.short_date(line.promised_on))


def waiting(line: NeedLine, language: Language) -> str:
    if not line.age_days:
        return language.text("just asked for")
    return language.plural("waiting for {number} day", "waiting for {number} days", line.age_days)


def _away(unit: str, home: str) -> str:
    return "" if unit == home else unit


def _owner(line: NeedLine, language: Language) -> str:
    if line.owner:
        return language.text("with {owner}", owner=line.owner)
    if line.owner_role:
        return language.text("with the {role}", role=words.owner_role(language, line.owner_role))
    if line.passed_to:
        return ""
    return language.text("nobody has taken it on yet")


def owner(line: NeedLine, language: Language) -> str:
    """By name, or as what he is where no name may stand; empty while nobody has taken it on."""
    return line.owner or (words.owner_role(language, line.owner_role) if line.owner_role else "")


def rotations(summary: MonthSummary, language: Language) -> Told:
    part = summary.rotations
    counts = [
        language.plural("{number} {state}", "{number} {state}", c.number, state=words.rotation_state(language, c.state))
        for c in part.counts
    ]
    head = language.clauses((*counts, *summary_counts.crossing(part, language))) or language.text("No rotation")
    began = (language.text("Began: {rotation}", rotation=rotation(line, language)) for line in part.starting)
    ended = (language.text("Ended: {rotation}", rotation=rotation(line, language)) for line in part.ending)
    return head, (*began, *ended)


def rotation(line: RotationLine, language: Language) -> str:
    place = place_of(line, language)
    who = line.person or language.text("a member of {unit}", unit=line.unit)
    what = language.text("{who} to {place} as {post}", who=who, place=place, post=line.post)
    if line.specialty:
        what = language.text("{what} ({measure})", what=what, measure=line.specialty)
    start = language.short_date(line.starts_on)
    same_year = line.starts_on.year == line.ends_on.year
    end = language.short_date(line.ends_on) if same_year else language.date(line.ends_on)
    return language.clauses((what, language.text("{start} to {end}", start=start, end=end)))


def place_of(line: RotationLine, language: Language) -> str:
    return language.text("{unit}, {team}", unit=line.host_unit, team=line.team) if line.team else line.host_unit


def highlights(summary: MonthSummary, language: Language) -> Told:
    return "", tuple(_highlight(line, summary.unit, language) for line in summary.highlights)


def _highlight(line: Highlight, home: str, language: Language) -> str:
    source = language.clauses((line.author, _away(line.unit, home)))
    return language.text("“{text}” – {source}", text=line.text, source=source) if source else line.text


def pairings(summary: MonthSummary, language: Language) -> Told:
    if not summary.pairings:
        return language.text("No pairing"), ()
    head = language.plural("{number} pairing", "{number} pairings", sum(c.number for c in summary.pairings))
    return head, tuple(filter(None, (_pairings_of(track, summary, language) for track in Track)))


def _pairings_of(track: Track, summary: MonthSummary, language: Language) -> str:
    counts = [
        language.text("{state} {count}", state=words.pairing_state(language, c.state), count=c.number)
        for c in summary.pairings
        if c.track is track
    ]
    about = language.clauses(counts)
    return language.text("{what}: {about}", what=words.track(language, track), about=about) if counts else ""


def next_month(summary: MonthSummary, language: Language) -> Told:
    coming = summary.next_month
    month, about = language.month(coming.month), language.clauses(summary_counts.due(coming, language))
    head = (
        language.text("Due in {month}: {about}", month=month, about=about)
        if about
        else language.text("Nothing is due in {month}", month=month)
    )
    due = (outcome(line, summary.unit, language) for line in coming.outcomes)
    return head, (*due, *(rotation(line, language) for line in coming.rotations))


def reviews(summary: MonthSummary, language: Language) -> str:
    waiting = summary.reviews_waiting
    if not waiting.number:
        return language.text("No report is waiting for a review")
    return language.clauses(
        (
            language.plural(
                "1 report is waiting for a review", "{number} reports are waiting for a review", waiting.number
            ),
            language.plural("the oldest for one day", "the oldest for {number} days", waiting.oldest_days)
            if waiting.oldest_days
            else "",
        )
    )


def reports(summary: MonthSummary, language: Language) -> Told:
    rows = [row for row in summary.reports if row.unit_id != summary.unit_id or len(summary.reports) > 1]
    head = with_before(summary.reports_total, summary.reports_before, language)
    return head, (*(report_row(row, language) for row in rows), *corrections(summary, language))


def corrections(summary: MonthSummary, language: Language) -> Iterator[str]:
    for late in summary.corrections:
        came = language.plural(
            "{number} report for {month} came after that month was locked",
            "{number} reports for {month} came after that month was locked",
            late.reports,
            month=language.month(late.month),
        )
        unit = _away(late.unit, summary.unit)
        yield language.text("{what}: {about}", what=unit, about=came) if unit else came


def report_row(row: ReportRow, language: Language) -> str:
    return language.text("{what}: {about}", what=row.unit, about=with_before(row.counts, row.before, language))


def with_before(counts: ReportCounts, before: ReportCounts | None, language: Language) -> str:
    now = summary_counts.reports(counts, language)
    if before is None:
        return now
    return language.text("{now}; the month before: {before}", now=now, before=summary_counts.reports(before, language))

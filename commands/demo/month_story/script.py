"""What the people of the month say and what happens away from the phones; the bot's words are its own."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Script:
    """`chapters` are titles, each with why it matters to whom. Of two or three sentences to one purpose, in their order."""

    chapters: tuple[tuple[str, str], ...]
    roster_name: str
    agreed: tuple[str, str, str]
    learns: tuple[str, str, str]
    trained: tuple[str, str, str]
    rotation_post: str
    rotation_team: str
    officer_comes: str
    others_come: str
    second_administrator: str
    backs_up: str
    reads_nothing: str
    signs_on_paper: str
    paper_direction: str
    paper_outcome: str
    signed_on: str
    paper_is_brought: str
    paper_report: str
    brought_on: str
    hasty_report: str
    report: str
    comment: str
    heard_comment: str
    thought_again: str
    hand_over: str
    other_direction: str
    other_outcome: str
    trainee_comes: str
    yes_too_soon: str
    yes_after_all: str
    would_rather: str
    wish: str
    pause: str
    resume: str
    ends_early: str
    leave: str
    group: str
    group_is_made: str
    wrong_announcement: str
    announcement: str
    blocks: str
    told_in_person: str
    support_report: str
    need: str
    passed_up: str
    promised_day: str
    answer: str
    starts_again: str
    rings_up: str
    spoken_report: str
    spoken_need: str
    answer_to_him: str
    says_it_is_solved: str
    midway_report: str
    midterm: str
    looks_about: str
    specialty: str
    experience: str
    another_paper: str
    another_report: str
    is_away: str
    away_days: str
    power_cut: str
    power_is_back: str
    fault: str
    timer_mended: str
    is_not_away: str
    has_no_time: str
    has_time: str
    verified: str
    admission: str
    roster_done: str
    new_name: str
    split_off: str
    from_the_first: str
    hands_one_over: str
    retires: str
    small_group: str
    last_report: str
    need_alone: str
    answer_to_her: str
    second_comment: str
    signs_it: str
    comment_after_leave: str
    mentor_reads: str
    comment_at_the_end: str
    reports_as_usual: str
    usual_report: str
    form_is_filled: str
    final_talk: str
    able: str
    farewell: str
    comment_on_evaluation: str
    has_a_phone: str
    own_report: str
    words_with_a_name: str
    words: str
    goes_on: str
    next_report: str
    november: str
    budget: str
    budget_line: str
    budget_of_others: str
    done: str

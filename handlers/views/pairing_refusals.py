"""What a rule about pairings or their outcomes says to whom it stops, and what to do about it."""

from __future__ import annotations

from locales import N_

REFUSALS: dict[str, str] = {
    "pairing_state": N_(
        "That cannot be done with this pairing as it stands now. Please open it again under “Pairings”."
    ),
    "pairing_incomplete": N_("It can be confirmed once direction, outcome, measure and due day are complete."),
    "change_waits": N_("A change of this pairing is waiting to be agreed on. Please settle that one first."),
    "stand_in_misfit": N_(
        "{name} cannot stand in here: it takes a full Party member who may guide on this track, uses Telegram here and is not "
        "away. Please choose someone else."
    ),
    "pairing_other_mentee": N_("The mentee of a proposal cannot be changed. Please end it and set up a new one."),
    "mentors_one_or_two": N_("A pairing is guided by one or two people. Please choose again."),
    "mentor_is_mentee": N_("{name} is the mentee. Please choose someone else."),
    "track_misfit_backbone_to_member": N_(
        "{name} does not fit 把骨干培养成党员, which is for backbones who are not full members yet. Please check the roster or "
        "choose the other track."
    ),
    "track_misfit_member_to_backbone": N_(
        "{name} does not fit 把党员培养成骨干, which is for Party members. Please check the roster or choose the other track."
    ),
    "mentor_misfit_backbone_to_member": N_(
        "“Backbone into Party member” is guided by a full Party member, which {name} is not. Please choose someone else."
    ),
    "mentor_misfit_member_to_backbone": N_(
        "“Party member into backbone” is guided by a full Party member who is a backbone, which {name} is not. Please choose someone else."
    ),
    "mentor_full": N_(
        "{name} guides as many as the limit allows, {taken} of {capacity}. Please choose someone else, or let one of those pairings end first."
    ),
    "already_paired": N_("{name} has a pairing on this track already. Please open that one, or end it first."),
    "no_track_fits": N_(
        "No track fits {name}: 把骨干培养成党员 is for backbones who are not full members, 把党员培养成骨干 for Party members. "
        "Please check stage and backbone in the roster."
    ),
    "person_gone": N_("{name} is no longer in the roster. Please choose someone else."),
    "too_many_outcomes": N_("A pairing takes {most} outcomes at most. Please put the smaller ones together."),
    "outcome_lines": N_(
        "Please write one outcome as one to three lines: what is to be reached, how it is measured, by when."
    ),
    "lines_differ": N_(
        "Lines needed: {wanted}; lines that came: {found}. Please send one line for each, in this order."
    ),
    "day_unreadable": N_(
        "“{text}” could not be read as a day. Please write it like 2027年3月31日, 3月31日 or 2027-03-31."
    ),
    "day_past": N_("{day} has passed. Please give a later day."),
    "day_in_future": N_("{day} has not come yet. Please give today or an earlier day."),
    "day_of_month": N_("Please write a number from 1 to 31."),
    "own_outcome": N_("An outcome is verified by someone else: whoever guides you, or the secretary."),
    "too_late_to_undo": N_(
        "This can no longer be undone: the minute is over, or someone has acted since. Please open it again to change it."
    ),
}

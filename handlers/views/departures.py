"""Why somebody cannot be entered as having left."""

from __future__ import annotations

from locales import N_

REFUSALS = {
    "still_tied": N_("{name} still has a pairing or a rotation. Please bring it to an end, or hand it over, first."),
    "still_leads": N_("{name} still holds a role. Please have it ended first."),
}

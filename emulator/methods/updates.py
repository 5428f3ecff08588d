"""Two ways to get updates, of which a bot uses one at a time."""

from __future__ import annotations

from emulator.calls import Call
from emulator.refusals import Json, bad_request, conflict
from emulator.world import World

LONGEST_POLL = 50  # seconds


async def get_updates(world: World, call: Call) -> list[Json]:
    if world.webhook.url:
        raise conflict(
            "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
        )
    _remember_allowed(world, call)
    limit = min(max(call.integer("limit", 100), 1), 100)
    seconds = min(max(call.integer("timeout"), 0), LONGEST_POLL)
    return await world.updates.poll(call.integer("offset"), limit, seconds)


async def set_webhook(world: World, call: Call) -> bool:
    url = call.text("url").strip()
    if not url:
        return await delete_webhook(world, call)
    _remember_allowed(world, call)
    _drop_pending(world, call)
    await world.webhook.set(url, call.text("secret_token"), call.integer("max_connections", 40))
    return True


async def delete_webhook(world: World, call: Call) -> bool:
    await world.webhook.stop()
    _drop_pending(world, call)
    return True


def get_webhook_info(world: World, _call: Call) -> Json:
    return world.webhook.info()


def _drop_pending(world: World, call: Call) -> None:
    if call.flag("drop_pending_updates"):
        world.updates.pending.clear()
        world.updates.bell.ring()


def _remember_allowed(world: World, call: Call) -> None:
    """Left out, the last choice stands; an empty list asks for all the usual kinds."""
    if "allowed_updates" not in call.values:
        return
    kinds = call.structure("allowed_updates")
    if not isinstance(kinds, list):
        raise bad_request("can't parse allowed_updates: expected an Array")
    world.updates.allowed = frozenset(str(kind) for kind in kinds) or None

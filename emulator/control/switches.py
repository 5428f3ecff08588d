"""The switches: faults, and the state as a whole."""

from __future__ import annotations

from starlette.requests import Request

from emulator.chats import ChatKind
from emulator.control.bodies import answering, body_of, world_of
from emulator.faults import ConnectionLost, Fault, FaultKind
from emulator.refusals import Json
from emulator.views import user_view
from emulator.world import World

NUMBERS = {"chat_id": int, "ratio": float, "seed": int, "times": int, "seconds": float, "retry_after": int}


@answering
async def state(request: Request) -> object:
    world = world_of(request)
    return {
        "bot": world.bot.as_json(),
        "now": world.clock.now.isoformat(),
        "users": [user_view(user) for user in world.people.values()],
        "groups": [chat.as_json() for chat in world.chats.values() if chat.kind is not ChatKind.PRIVATE],
        "webhook": world.webhook.info(),
        "polled": world.updates.being_polled,
        "pending": len(world.updates.pending),
        "used_ids": world.used_ids,
        "description": world.profile.description,
        "short_description": world.profile.short_description,
        "faults": _faults(world),
        "story_step": world.story.step,
    }


@answering
async def list_faults(request: Request) -> object:
    return _faults(world_of(request))


@answering
async def switch_on(request: Request) -> object:
    world, body = world_of(request), await body_of(request)
    fault = Fault(
        FaultKind(body["kind"]),
        methods=frozenset(body.get("methods") or ()),
        after=bool(body.get("after")),
        **{name: kind(body[name]) for name, kind in NUMBERS.items() if body.get(name) is not None},
    )
    fault_id = world.faults.switch_on(fault)
    world.feed.put("faults")
    if fault.kind is FaultKind.DOWN:
        world.updates.dismiss_poller(ConnectionLost("the emulator went down"))
    return {"id": fault_id}


@answering
async def switch_off(request: Request) -> object:
    """One fault by `id`, or all."""
    wanted = request.query_params.get("id")
    world = world_of(request)
    world.faults.switch_off(int(wanted) if wanted else None)
    world.feed.put("faults")
    return {}


def _faults(world: World) -> list[Json]:
    return [
        {
            "id": fault.id,
            "kind": str(fault.kind),
            "methods": sorted(fault.methods),
            "after": fault.after,
            "struck": fault.struck,
            **{name: getattr(fault, name) for name in NUMBERS},
        }
        for fault in world.faults_at_sight
    ]

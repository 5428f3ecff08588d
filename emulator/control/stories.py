"""The guided story: told from outside, and followed or left by whoever sits at the page."""

from __future__ import annotations

from starlette.requests import Request

from emulator.control.bodies import answering, body_of, world_of
from emulator.story import Step


@answering
async def tell(request: Request) -> object:
    """`steps` of `title`, `why` and `moves`; `phones` of whom it begins with; `step`, where it goes on."""
    world, body = world_of(request), await body_of(request)
    steps = tuple(Step.read(step) for step in body["steps"])
    world.story.tell(steps, tuple(int(one) for one in body.get("phones") or ()), int(body.get("step") or 0))
    return {}


@answering
async def go_to(request: Request) -> object:
    """On to a `step`, or back to one; as many as there are is the end."""
    world_of(request).story.go_to(int((await body_of(request))["step"]))
    return {}

"""The control API: people and groups, what they do and see, and the switches of the emulator. JSON throughout."""

from __future__ import annotations

from starlette.routing import BaseRoute, Route

from emulator.control import backstage, groups, people, stories, stream, switches, times, watching

GET, POST, DELETE = ["GET"], ["POST"], ["DELETE"]


def routes() -> list[BaseRoute]:
    return [
        Route("/state", switches.state, methods=GET),
        Route("/users", people.list_users, methods=GET),
        Route("/users", people.add_user, methods=POST),
        Route("/crowd", people.add_crowd, methods=POST),
        Route("/users/{user_id:int}/start", people.start, methods=POST),
        Route("/users/{user_id:int}/say", people.say, methods=POST),
        Route("/users/{user_id:int}/tap", people.tap, methods=POST),
        Route("/users/{user_id:int}/press", people.press, methods=POST),
        Route("/users/{user_id:int}/send", people.send, methods=POST),
        Route("/users/{user_id:int}/edit", people.edit, methods=POST),
        Route("/users/{user_id:int}/block", people.block, methods=POST),
        Route("/users/{user_id:int}/unblock", people.unblock, methods=POST),
        Route("/users/{user_id:int}/view", watching.view, methods=GET),
        Route("/users/{user_id:int}/events", watching.events, methods=GET),
        Route("/files/{file_id}", watching.download, methods=GET),
        Route("/quiet", watching.quiet, methods=GET),
        Route("/calls", watching.calls, methods=GET),
        Route("/groups", groups.create, methods=POST),
        Route("/groups/{chat_id}/members", groups.join, methods=POST),
        Route("/groups/{chat_id}/bot", groups.add_bot, methods=POST),
        Route("/groups/{chat_id}/bot", groups.remove_bot, methods=DELETE),
        Route("/groups/{chat_id}/migrate", groups.migrate, methods=POST),
        Route("/faults", switches.list_faults, methods=GET),
        Route("/faults", switches.switch_on, methods=POST),
        Route("/faults", switches.switch_off, methods=DELETE),
        Route("/clock", times.read_clock, methods=GET),
        Route("/clock", times.move_clock, methods=POST),
        Route("/clock/travel", times.travel, methods=POST),
        Route("/clock/travel", times.stay, methods=DELETE),
        Route("/days", times.set_days, methods=POST),
        Route("/story", stories.tell, methods=POST),
        Route("/story/at", stories.go_to, methods=POST),
        Route("/backstage", backstage.open_at, methods=POST),
        Route("/backstage", backstage.look, methods=GET),
        Route("/bot", backstage.switch, methods=POST),
        Route("/bot", backstage.switched, methods=GET),
        Route("/whole", stream.whole, methods=GET),
        Route("/stream", stream.stream, methods=GET),
    ]

"""The people on the phones who hold the dialogue of a play."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from commands.demo.transcript import SECONDS, SETTLE, ZONE, Stagehand, StoryBroke
from emulator.phone import Button, Phone, Seen

LOOK_AGAIN = 0.05
RECENT = 4


@dataclass(slots=True)
class Actor:
    """One person on a phone. Each act is printed with what the bot answered."""

    hand: Stagehand
    phone: Phone
    name: str
    _read: dict[int, str] = field(default_factory=dict)
    """The texts of the messages that were read, as they were then."""

    async def start(self, payload: str) -> Seen:
        await self._acts(f"/start {payload}")
        await self.phone.start(payload)
        return await self._answered()

    async def say(self, text: str) -> Seen:
        text = self.hand.shown(text)
        await self._acts(text)
        await self.phone.say(text)
        return await self._answered()

    async def press(self, text: str) -> Seen:
        await self._acts(f"⌨ {text}")
        await self.phone.press(text)
        return await self._answered()

    async def tap(self, text: str) -> Seen:
        text = self.hand.shown(text)
        await self._acts(f"[{text}]")
        await self.phone.tap(text)
        return await self._answered()

    async def choose(self, *verbs: str, nth: int = 0, about: str = "") -> Seen:
        """Tap the newest button that does the first of these verbs that is there, whatever its language; of several the
        nth that names whom it is about.

        Something else may have been said in between, so the button is waited for.
        """
        await self.choose_unheard(*verbs, nth=nth, about=about)
        return await self._answered()

    async def choose_unheard(self, *verbs: str, nth: int = 0, about: str = "") -> None:
        """The same while no bot may be there to answer."""
        deadline = asyncio.get_running_loop().time() + SECONDS
        while asyncio.get_running_loop().time() < deadline:
            recent = [one for one in await self.phone.messages() if one.from_bot][-RECENT:]
            found = _newest(recent, verbs, nth, self.hand.shown(about))
            if found is not None:
                message, button = found
                await self._acts(f"[{button.text}]")
                await self.phone.tap(data=button.data, message=message)
                return
            await asyncio.sleep(LOOK_AGAIN)
        offered = [one.data for message in recent for one in _buttons(message)]
        raise StoryBroke(f"{self.name} looked for {' or '.join(verbs)} and saw {offered}")

    async def _acts(self, what: str) -> None:
        """Who acts has read what came before."""
        for message in await self.unread():
            self.show(message)
        self.hand.act(self.name, what)

    async def send(self, content: bytes, name: str) -> Seen:
        await self._acts(f"📎 {name}")
        await self.phone.send_document(content, name)
        return await self._answered()

    async def photograph(self, content: bytes, caption: str) -> Seen:
        await self._acts(f"📷 {caption}")
        await self.phone.send_photo(content, caption)
        return await self._answered()

    async def hears(self, *words: str) -> Seen:
        """Wait for a message of this moment with all these words; everything on the way is printed."""
        meant = [self.hand.shown(word) for word in words]
        return await self._until(
            lambda message: all(word in message.text for word in meant), " … ".join(meant), again=True
        )

    async def hears_paragraph(self, words: str) -> Seen:
        """Wait for a message whose second paragraph begins with a line that has these words."""
        return await self._until(lambda message: words in _second_heading(message.text), words, again=True)

    async def _until(self, wanted: Callable[[Seen], bool], what: str, *, again: bool = False) -> Seen:
        """`again` is content with what was sent since the clock was last turned, read before or not."""
        deadline = asyncio.get_running_loop().time() + SECONDS
        while asyncio.get_running_loop().time() < deadline:
            unread = await self.unread()
            for message in unread:
                self.show(message)
            recent = await self._of_this_moment() if again else unread
            for message in reversed(recent):
                if wanted(message):
                    if self._is_news(message):
                        self.show(message)
                    return message
            await asyncio.sleep(LOOK_AGAIN)
        raise StoryBroke(f"{self.name} should have got {what}; the last was: {(await self.phone.last()).text}")

    async def offers(self, verb: str, named: str = "") -> bool:
        """Whether a message of this moment has a button that does this."""
        recent = await self._of_this_moment()
        return any(
            _does(one, verb) and self.hand.shown(named) in one.text for message in recent for one in _buttons(message)
        )

    async def _of_this_moment(self) -> list[Seen]:
        return [one for one in await self.phone.messages() if one.from_bot and one.date >= self.hand.clock]

    async def hears_button(self, *verbs: str) -> Seen:
        """Wait until a message of this moment has a button that does one of these."""

        def offers(message: Seen) -> bool:
            return any(_does(one, verb) for one in _buttons(message) for verb in verbs)

        return await self._until(offers, f"a button {' or '.join(verbs)}", again=True)

    async def hears_file(self, *endings: str) -> bytes:
        """Wait for a file of this kind or ending, and download it."""
        return (await self.gets(*endings))[1]

    async def gets(self, *endings: str) -> tuple[str, bytes]:
        """The name and the content of such a file."""

        def is_it(message: Seen) -> bool:
            return message.file is not None and (message.file.name.endswith(endings) or message.file.kind in endings)

        found = await self._until(is_it, f"a file {' or '.join(endings)}", again=True)
        assert found.file is not None
        return found.file.name, await self.phone.download(found.file)

    async def _answered(self) -> Seen:
        """The bot's answers to the last act; the last of them is returned."""
        answers = await self.phone.answer(seconds=SECONDS)
        await self._settled()
        for message in await self.unread():
            self.show(message)
            answers.append(message)
        return answers[-1]

    async def _settled(self) -> None:
        await self.hand.telegram.quiet(seconds=SECONDS, settle=SETTLE)

    async def unread(self) -> Sequence[Seen]:
        seen = [message for message in await self.phone.messages() if message.from_bot]
        return [message for message in seen if self._is_news(message)]

    def _is_news(self, message: Seen) -> bool:
        return self._read.get(message.id) != message.text

    def show(self, message: Seen, *, besides: Sequence[str] = ()) -> None:
        """With the time at which it came; an edited one was changed just now."""
        edited = message.id in self._read
        self.takes_note(message)
        readers = self.hand.joined([self.name, *besides])
        self.hand.answer(readers, message, self.hand.clock if edited else message.date.astimezone(ZONE))

    def takes_note(self, message: Seen) -> None:
        self._read[message.id] = message.text


def _second_heading(text: str) -> str:
    return text.partition("\n\n")[2].partition("\n")[0]


def _buttons(message: Seen) -> list[Button]:
    return [button for row in message.rows for button in row]


def _newest(recent: Sequence[Seen], verbs: Sequence[str], nth: int, about: str) -> tuple[Seen, Button] | None:
    """The message and its button, by the first verb that any of the messages has."""
    for verb in verbs:
        for message in reversed(recent):
            meant = [one for one in _buttons(message) if _does(one, verb) and about in one.text]
            if len(meant) > nth:
                return message, meant[nth]
    return None


def _does(button: Button, verb: str) -> bool:
    return f"{button.data}:".startswith(f"{verb}:")

"""A tiny mail server for the tests: it counts what it was given, and can be told to misbehave."""

import asyncio
import threading
from collections import Counter
from collections.abc import Callable
from email import message_from_bytes
from email.message import Message

Answer = Callable[[str], str | None]


class Sink:
    """Listens on a free port in a thread of its own. `answer(phase)` may say another reply, or None to hang up.

    Phases: connect, mail, rcpt, data, text (before the text is taken), taken (after it was taken).
    """

    def __init__(self, answer: Answer = lambda _: "") -> None:
        self.answer = answer
        self.letters: list[Message] = []
        self.port = 0
        self._ready = threading.Event()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        assert self._ready.wait(10)

    @property
    def by_id(self) -> Counter[str]:
        return Counter(str(letter["Message-ID"]) for letter in self.letters)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(asyncio.start_server(self._talk, "127.0.0.1", 0))
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        self._loop.run_forever()
        for task in (tasks := asyncio.all_tasks(self._loop)):
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))
        server.close()
        self._loop.close()

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await self._say(writer, "connect", "220 sink")
            while line := await reader.readline():
                await self._command(line.strip().upper(), reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    async def _command(self, line: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if line.startswith((b"EHLO", b"HELO")):
            await self._say(writer, "hello", "250 sink")
        elif line.startswith(b"MAIL"):
            await self._say(writer, "mail", "250 ok")
        elif line.startswith(b"RCPT"):
            await self._say(writer, "rcpt", "250 ok")
        elif line.startswith(b"DATA"):
            await self._say(writer, "data", "354 go on")
            text = await reader.readuntil(b"\r\n.\r\n")
            await self._take(text, writer)
        elif line.startswith(b"QUIT"):
            await self._say(writer, "quit", "221 bye")
            raise ConnectionResetError
        else:
            await self._say(writer, "other", "250 ok")

    async def _take(self, text: bytes, writer: asyncio.StreamWriter) -> None:
        said = self.answer("text")
        if said:
            writer.write(said.encode() + b"\r\n")
            return
        self.letters.append(message_from_bytes(text))
        await self._say(writer, "taken", "250 taken")

    async def _say(self, writer: asyncio.StreamWriter, phase: str, usual: str) -> None:
        said = self.answer(phase)
        if said is None:
            raise ConnectionResetError
        if said == "silence":
            await asyncio.sleep(3600)
        writer.write((said or usual).encode() + b"\r\n")
        await writer.drain()

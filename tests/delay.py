"""A line between a browser and its server that takes its time: pure asyncio, whatever is spoken over it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

READ = 64 * 1024


@asynccontextmanager
async def delayed(port: int, server: int, seconds: float) -> AsyncIterator[None]:
    """Listen on a port and pass everything on to a server's, each way so many seconds later."""
    ends: list[asyncio.StreamWriter] = []

    async def meet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        their_reader, their_writer = await asyncio.open_connection("127.0.0.1", server)
        ends.extend((writer, their_writer))
        await asyncio.gather(_carry(reader, their_writer, seconds), _carry(their_reader, writer, seconds))

    async with await asyncio.start_server(meet, "127.0.0.1", port):
        yield
        for end in ends:
            end.close()


async def _carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, seconds: float) -> None:
    """Carry bytes one way, in order, until either end closes; reading goes on while earlier bytes are on their way."""
    loop = asyncio.get_running_loop()
    under_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()

    async def deliver() -> None:
        while True:
            due, data = await under_way.get()
            await asyncio.sleep(due - loop.time())
            if not data:
                return
            writer.write(data)
            await writer.drain()

    async def take() -> None:
        while data := await reader.read(READ):
            under_way.put_nowait((loop.time() + seconds, data))
        under_way.put_nowait((loop.time() + seconds, b""))

    with suppress(ConnectionError):
        try:
            await asyncio.gather(take(), deliver())
        finally:
            writer.close()

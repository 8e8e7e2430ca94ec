"""How long it takes until 512 sessions are accepted that have to wait."""

import asyncio
import time
from contextlib import contextmanager
from urllib.parse import urlsplit

from canfar.sessions import AsyncSession
from client import create_target
from support.api import Api
from support.config import CAPACITY, TERMINAL

REPLICAS = 512
CONNECTIONS = 32
CANFAR_REPLICAS = 256  # the most that canfar makes in one call


@contextmanager
def full_machine(server):
    """Keeps every core busy, so that whatever is created waits; destroys all of it in the end."""
    api = Api(server, server.administrator)
    api.sleeper(cores=CAPACITY["cores"], ram=1)
    yield api
    api.destroy_all()


def plain_http(server):
    """Seconds for 512 creates over 32 connections, by a client that does nothing else."""
    return asyncio.run(timed(create_over_connections(server)))


async def timed(work):
    """Runs `work` and returns its seconds."""
    started = time.perf_counter()
    await work
    return time.perf_counter() - started


async def create_over_connections(server):
    numbers = iter(range(REPLICAS))
    await asyncio.gather(*(create_over_one(server, numbers) for _ in range(CONNECTIONS)))


async def create_over_one(server, numbers):
    """Creates sessions one after the other until `numbers` is used up."""
    address = urlsplit(server.url)
    reader, writer = await asyncio.open_connection(address.hostname, address.port)
    for number in numbers:
        target = create_target(name=f"burst-{number + 1}", cores=1, ram=1, cmd="true")
        writer.write(f"POST {target} HTTP/1.1\r\nHost: {address.netloc}\r\nContent-Length: 0\r\n"
                     f"Authorization: Bearer {server.administrator.token}\r\n\r\n".encode())
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        await reader.readexactly(int(head.partition("content-length:")[2].split()[0]))
        if " 200 " not in head.splitlines()[0]:
            raise RuntimeError(head)
    writer.close()


def canfar(server):
    """Seconds for 512 creates by canfar's AsyncSession with as many connections."""
    return asyncio.run(create_with_canfar(server))


async def create_with_canfar(server):
    async with AsyncSession(url=f"{server.url}/skaha/v1", token=server.administrator.token,
                            concurrency=CONNECTIONS) as session:
        calls = [session.create(name="burst", image=TERMINAL, cores=1, ram=1, cmd="true", replicas=CANFAR_REPLICAS)
                 for _ in range(REPLICAS // CANFAR_REPLICAS)]
        started = time.perf_counter()
        ids = await asyncio.gather(*calls)
        seconds = time.perf_counter() - started
    if sum(map(len, ids)) != REPLICAS:
        raise RuntimeError(f"only {sum(map(len, ids))} of {REPLICAS} sessions were accepted")
    return seconds


def measure(server):
    """Seconds for each client."""
    results = {}
    for name, client in (("plain", plain_http), ("canfar", canfar)):
        with full_machine(server):
            results[name] = client(server)
    return results

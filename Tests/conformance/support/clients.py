"""The real Python clients, called the same way whether they are synchronous or not, every call noted in the report."""

import asyncio
import inspect

import canfar.sessions
import skaha.session
from canfar.context import Context as CanfarContext
from canfar.images import Images as CanfarImages
from canfar.overview import Overview as CanfarOverview
from skaha.context import Context as SkahaContext
from skaha.images import Images as SkahaImages
from skaha.overview import Overview as SkahaOverview


class Recorded:
    """Wraps a client's object: its coroutines are run to their end, and each call becomes a row of the report."""

    def __init__(self, label, target, report):
        self.label = label
        self.target = target
        self.report = report
        self.runner = asyncio.Runner()

    def __getattr__(self, name):
        method = getattr(self.target, name)

        def call(*args, **kwargs):
            row = f"{type(self.target).__name__}.{name}({', '.join(kwargs) or ('…' if args else '')})"
            try:
                result = method(*args, **kwargs)
                if inspect.isawaitable(result):
                    result = self.runner.run(completed(result))
            except Exception as error:
                self.report.add(self.label, row, f"raised {type(error).__name__}: {error}")
                raise
            self.report.add(self.label, row, result)
            return result

        return call

    def close(self):
        """Ends the event loop."""
        self.runner.close()


async def completed(awaitable):
    """The result of something awaitable."""
    return await awaitable


def skaha_services(server, credentials, version, report):
    """The objects of skaha that are not sessions, by name."""
    arguments = {"server": f"{server.url}/skaha", "version": version, "token": credentials.token}
    return {service.__name__: Recorded(f"skaha 1.7.0 {version}", service(**arguments), report)
            for service in (SkahaImages, SkahaContext, SkahaOverview)}


def skaha_session(server, credentials, version, flavour, report, **extra):
    """A `Session` or `AsyncSession` of skaha."""
    target = getattr(skaha.session, flavour)(
        server=f"{server.url}/skaha", version=version, token=credentials.token, **extra)
    return Recorded(f"skaha 1.7.0 {version}", target, report)


def canfar_services(server, credentials, version, report):
    """The objects of canfar that are not sessions, by name."""
    arguments = {"url": f"{server.url}/skaha/{version}", "token": credentials.token}
    return {service.__name__: Recorded(f"canfar 1.5.2 {version}", service(**arguments), report)
            for service in (CanfarImages, CanfarContext, CanfarOverview)}


def canfar_session(server, credentials, version, flavour, report, **extra):
    """A `Session` or `AsyncSession` of canfar."""
    target = getattr(canfar.sessions, flavour)(
        url=f"{server.url}/skaha/{version}", token=credentials.token, **extra)
    return Recorded(f"canfar 1.5.2 {version}", target, report)

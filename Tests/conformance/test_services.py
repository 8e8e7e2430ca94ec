"""Images, Context and Overview of both clients."""

import pytest

from support import clients
from support.config import NOTEBOOK, REGISTRY, TERMINAL

ALL_IMAGES = {f"{REGISTRY}/skaha/{name}" for name in (
    "terminal:1.1.1", "terminal:1.1.2", "terminal:latest", "base-notebook:latest", "desktop:latest", "carta:latest",
    "contributed:latest", "firefly:latest")}


@pytest.fixture(params=["skaha", "canfar"])
def services(request, server, alice, version, report):
    """Images, Context and Overview of either client."""
    make = {"skaha": clients.skaha_services, "canfar": clients.canfar_services}[request.param]
    made = make(server, alice.credentials, version, report)
    yield made
    for service in made.values():
        service.close()


@pytest.fixture
def canfar_images(server, alice, report):
    made = clients.canfar_services(server, alice.credentials, "v1", report)["Images"]
    yield made
    made.close()


def test_images_are_those_of_the_catalogue(services):
    assert set(services["Images"].fetch()) == ALL_IMAGES


def test_images_can_be_asked_for_by_kind(services):
    assert set(services["Images"].fetch(kind="notebook")) == {NOTEBOOK}
    assert TERMINAL in services["Images"].fetch(kind="headless")


def test_details_of_images_have_kinds_and_a_digest(canfar_images):
    details = {image.id: image for image in canfar_images.details()}
    assert set(details) == ALL_IMAGES
    assert sorted(details[NOTEBOOK].types) == ["headless", "notebook"]
    assert all(image.digest.startswith("sha256:") for image in details.values())


def test_the_context_offers_what_the_machine_has(services):
    context = services["Context"].resources()
    assert max(context["cores"]["options"]) == 16
    assert max(context["memoryGB"]["options"]) == 64
    assert context["gpus"]["options"] == [1, 2]
    for resource in (context["cores"], context["memoryGB"]):
        assert resource["default"] in resource["options"]
        assert resource["defaultRequest"] <= resource["defaultLimit"]


def test_the_platform_is_available(services):
    assert services["Overview"].availability() is True

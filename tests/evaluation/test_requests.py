"""Requests follow their rules, so that everybody measures the same."""

from pathlib import Path

from engine.evaluation.captioned_folder import CaptionedPhoto
from engine.evaluation.request import Request, RequestKind
from engine.evaluation.requests import make_requests, wrap


def photo(*captions: str) -> CaptionedPhoto:
    return CaptionedPhoto(Path("photo.jpg"), captions)


PHOTOS = (
    photo("A brown dog runs on a beach .", "The dog, running"),
    photo("A brown dog is running in the snow", "Dogs that run without a leash in deep snow"),
    photo("A woman reads a newspaper"),
    photo("The woman reading newspapers"),
    photo("Bicycle"),
)


def of_kind(kind: RequestKind) -> list[Request]:
    return [request for request in make_requests(PHOTOS) if request.kind is kind]


def test_a_short_request_is_the_caption() -> None:
    short = of_kind(RequestKind.SHORT)
    assert len(short) == 7
    assert short[1] == Request(RequestKind.SHORT, "The dog, running", photo=0, caption=1)


def test_a_verbose_request_holds_the_caption_amid_filler_that_the_caption_chooses() -> None:
    verbose = of_kind(RequestKind.VERBOSE)
    assert [(request.photo, request.caption) for request in verbose] == [
        (request.photo, request.caption) for request in of_kind(RequestKind.SHORT)
    ]
    assert all(len(request.text.split()) > 15 for request in verbose)
    assert "a brown dog runs on a beach" in verbose[0].text
    assert "beach ." not in verbose[0].text
    assert wrap("A {dog}.").count("a {dog}") == 1
    assert len({wrap(str(number)).partition(str(number))[0] for number in range(100)}) == 12


def test_a_modification_names_what_the_nearest_photo_lacks_in_order_without_stop_words() -> None:
    modifications = of_kind(RequestKind.MODIFICATION)
    assert modifications == [
        Request(RequestKind.MODIFICATION, "beach", photo=0, caption=0, reference=1),
        Request(RequestKind.MODIFICATION, "snow", photo=1, caption=0, reference=0),
        Request(RequestKind.MODIFICATION, "without leash deep snow", photo=1, caption=1, reference=0),
    ]


def test_one_photo_alone_is_asked_for_but_not_as_a_change_of_another() -> None:
    assert {request.kind for request in make_requests(PHOTOS[:1])} == {RequestKind.SHORT, RequestKind.VERBOSE}

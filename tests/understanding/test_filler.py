"""Descriptions come out of everyday talk whole, in whatever words people ask."""

import re
from datetime import date
from pathlib import Path

import pytest

from engine.evaluation.captioned_folder import read_captioned_folder
from engine.evaluation.requests import wrap
from engine.understanding.dates import Calendar, find_dates
from engine.understanding.filler import strip_filler
from engine.understanding.parse import parse
from engine.understanding.vocabulary import Vocabulary

CALENDAR = Calendar(date(2026, 11, 24))
DESCRIPTIONS = (
    "a brown dog runs through deep snow",
    "two men in red shirts , one with a hat , are playing chess on a bench",
    "children are jumping off a pier into the water",
)
FILLERS = (
    "hey, so my mom wants a picture for her wall, the one with {caption}, do we still have it?",
    "there used to be a photo on grandma's fridge, i think it was {caption}",
    "I am searching for an image, it shows {caption}, and I need it by tomorrow",
    "ages ago we took a picture of {caption} and now i can't find it",
    "what was that photo called where {caption}? please help",
    "i was scrolling through my phone the other day and saw {caption}, where did it go",
    "show me that one picture where {caption}, you know which one i mean",
    "I have a vague memory of {caption}, could be from 2015 or so",
    "looking for a shot with {caption} for my presentation on monday",
    "maybe you can help: {caption}. no idea where i saved it",
    "my husband swears we have a photo of {caption}",
    "i want to show my friend a picture, {caption}, can you find it quickly?",
    "the picture i'm after has {caption} in it",
    "it's driving me crazy, i know there is a photo of {caption} somewhere",
    "can we find the one with {caption}? it was on the old camera, i believe",
    "a while back i saved a picture, i'm fairly certain it showed {caption}",
    "please search my library for {caption}",
    "dear computer, find {caption} for me please",
    "i'd like to see the photograph in which {caption}, if it is still there",
    "trying to remember a photo from our last holiday: {caption}",
    "so there's this picture that my brother sent me, {caption}, i want to print it",
    "I deleted it by accident maybe but there was a photo of {caption}",
    "what i have in mind is {caption}, not sure if that's enough to go on",
    "{caption} - that's the picture i need for the newsletter",
    "{caption}, i'm sure we have a photo of that",
    "{caption} please, it is for my mother's birthday",
    "do you have the one where {caption}? thanks a lot in advance",
    "could you dig out the image that has {caption}, my boss is waiting for it",
    "i remember taking a photo of {caption} but i don't remember when",
    "is there any chance that we have a picture of {caption}",
    "last time we talked you said you would look for the picture of {caption}",
    "good evening, would it be possible to get the photograph with {caption}",
    "i keep thinking of one particular picture: {caption}. any luck?",
    "we were cleaning the attic and talked about an old snapshot, {caption}, which i must have scanned",
    "it's not urgent, but some day i'd love to find {caption}",
    "if my memory serves me right there is an image where {caption}",
    "the shot i entered in the competition, {caption}, where is it?",
    "there's one with {caption}, i posted it on facebook years ago",
    "sorry to bother you again, i'm still missing a picture: {caption}",
    "we need something for the front page, ideally {caption}",
    "all i can tell you is that it shows {caption}",
    "somewhere in this mess there has to be a photo of {caption}",
    "hmm, how do i describe this, {caption}, that sort of thing",
    "what's the quickest way to get to the image of {caption}?",
    "just {caption}. that's all i remember",
    "i could swear there was a photo with {caption} on the old hard drive",
    "pull up {caption}, would you",
    "yo that pic of {caption} lol",
    "dear, would you please show me the pictures of {caption}",
    "ugh where did the picture of {caption} go",
    "for the hundredth time: {caption}",
    "I search the foto of {caption}",
    "i said {caption}",
    "just give me the damn photos of {caption} already",
    "{caption} idk when",
    "it would be {caption}, which took place somewhere",
    "the picture of {caption} would really make me happy",
    "pics w {caption}",
    "bless you dear, could I see {caption}",
    "bruh where's the pic of {caption}",
    "gimme {caption} asap",
    "u got any pics of {caption}",
    "do u still have the vids or pics of {caption}",
    "photos and videos of {caption}",
    "there's a photo from our honeymoon, with {caption} in it",
    "did we take any pictures of {caption}",
    "Would there be any chance of seeing {caption}?",
    "the picture that used to be my wallpaper, {caption}",
    "which ones did I take of {caption}",
    "not important but do you remember the photo of {caption}",
    "take me back to {caption}",
    "the photographs that were taken by my uncle of {caption}",
    "2 pictures of {caption}",
    "the foto's of {caption}",
    "I have no patience left, so just show me {caption}",
    "i cant find the pic of {caption}",
    "wheres that pic of {caption}",
    "ive been looking for a photo of {caption}",
    "its a photo of {caption}, dont know where i saved it",
    "it's from 2019. no, wait, 2018. {caption}",
    "I want to compare {caption}",
    "{caption}, the insurance wants them",
    "{caption}, no videos",
    "what happened? {caption}",
    "for heaven's sake, {caption}",
    "where tf is that photo of {caption}",
    "{caption}, date unknown",
    "My husband insists that we never went, but I have a memory of {caption}",
    "this is useless. just find {caption}",
)


@pytest.mark.parametrize("filler", FILLERS)
@pytest.mark.parametrize("description", DESCRIPTIONS)
def test_a_description_survives_and_the_talk_around_it_goes(filler: str, description: str) -> None:
    assert description_of(filler.format(caption=description)) == description


@pytest.mark.parametrize("description", DESCRIPTIONS)
def test_what_is_stripped_already_stays_as_it_is(description: str) -> None:
    assert strip_filler(description) == description


def test_what_only_says_when_it_was_is_no_description() -> None:
    for text in ("a kite, it must have been in 2019", "a kite, that was in 2019", "a kite that must date from 2019"):
        assert description_of(text) == "a kite"
    for text in (
        "a kite i took it in 2019",
        "a kite i saved this week",
        "when was a kite? 2019",
        "I want kites from 2019",
    ):
        assert description_of(text) in ("a kite", "kites")
    assert description_of("why do you keep showing me pictures from 2012 when I asked for 2021") == ""
    assert description_of("the kite that was i want to say march 2019") == "the kite"
    assert description_of("wedding pictures with grandma") == "wedding with grandma"
    assert description_of("I'd like all the beach photos") == "the beach"
    assert description_of("where are the ski pictures") == "the ski"
    assert description_of("pls find the dog park pic") == "the dog park"
    assert description_of("my daughter is begging me for the pony picture") == "the pony"
    assert description_of("a family picture") == "a family picture"
    assert description_of("Blurry picture of a biker") == "Blurry picture of a biker"
    assert description_of("Six different pictures of single slices of pizza").startswith("Six different pictures of")
    assert description_of("I photographed a kite") == "a kite"
    assert description_of("this stupid thing never finds the pictures from May") == ""


def test_its_is_no_contraction_of_what_belongs_to_it() -> None:
    assert description_of("a dog and its bone") == "a dog and its bone"
    assert description_of("its a dog") == "a dog"


def test_nearly_all_real_captions_are_left_as_they_are(shared_data: Path) -> None:
    captions = captions_of(shared_data)
    kept = [words(description_of(caption)) == words(caption) for caption in captions]
    assert sum(kept) / len(kept) > 0.95


def test_nearly_all_real_captions_come_out_of_the_measured_fillers(shared_data: Path) -> None:
    captions = captions_of(shared_data)
    kept = [words(description_of(wrap(caption))) == words(description_of(caption)) for caption in captions]
    assert sum(kept) / len(kept) > 0.98


def captions_of(shared_data: Path) -> list[str]:
    """Return some captions without dates, which are not part of a description."""
    photos = read_captioned_folder(shared_data / "flickr8k")[::8]
    captions = [caption for photo in photos for caption in photo.captions]
    return [caption for caption in captions if not find_dates(caption, CALENDAR)]


def description_of(text: str) -> str:
    return parse(text, Vocabulary(), CALENDAR).description


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())

"""What a library can be asked for by name: its places, cameras, folders and words."""

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from pathlib import Path

from engine.understanding.names import name_key
from engine.understanding.place_names import other_names
from engine.understanding.spelling import Lexicon

_PHONES = re.compile(
    r"\b(phone|iphone|pixel|galaxy|samsung|sm-\w+|xiaomi|redmi|oneplus|huawei|honor|motorola|moto|oppo|vivo|nokia|htc"
    r"|lge?|realme|fairphone|blackberry|xperia|nexus)\b",
    re.IGNORECASE,
)
_TELLS_NOTHING_TEXT = """
    pro max plus mini ultra mark mk digital camera cameras corporation corp company co ltd inc lite note edge eos
    electronics optical imaging systems the and phone"""
_TELLS_NOTHING = frozenset(_TELLS_NOTHING_TEXT.split())
_FROM_APP = re.compile(
    r"(whatsapp|instagram|telegram|signal|snapchat|messenger|facebook|wechat|viber|twitter|tiktok|bluetooth)[ _-]"
    r"(?:images|photos|pictures|media)",
    re.IGNORECASE,
)
_NUMBERS_TEXT = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
_NUMBERS = _NUMBERS_TEXT.split()
_MODEL = re.compile(r"\b(?:([a-z]+)(\d+)|(\d+)([a-z]+))\b")
PHONE_NAMES = ("phone", "cell phone", "mobile phone", "cellphone", "smartphone", "mobile", "cell")

# District, city, region and country of a photo; what is not known is None.
PlaceParts = tuple[str | None, str | None, str | None, str | None]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The names of a library by their `name_key`, each with what the catalog calls it.

    `around` holds for each place the places around it, from the nearest to the country, once for each of that name;
    `elsewhere` holds, by its `name_key`, where in the world there are others of its name of which there are no photos.
    `years` are the first and the last year with photos.
    """

    places: Mapping[str, frozenset[str]] = field(default_factory=dict)
    around: Mapping[str, frozenset[tuple[str, ...]]] = field(default_factory=dict)
    elsewhere: Mapping[str, frozenset[str]] = field(default_factory=dict)
    cameras: Mapping[str, frozenset[str]] = field(default_factory=dict)
    folders: Mapping[str, Path] = field(default_factory=dict)
    lexicon: Lexicon = field(default_factory=Lexicon)
    years: tuple[int, int] | None = None

    @classmethod
    def build(
        cls,
        places: Iterable[PlaceParts] = (),
        cameras: Iterable[str] = (),
        folders: Iterable[Path] = (),
        words: Mapping[str, int] | None = None,
        english: Iterable[str] = (),
        years: tuple[int, int] | None = None,
        regions: Mapping[str, Set[str]] | None = None,
    ) -> "Vocabulary":
        """Take in what the catalog has; `words` come with the number of photos that have them, and names of places with
        the `regions` and countries that have such a place.

        Of folders of one name, the uppermost goes by it.
        """
        parts = list(places)
        named_places, named_cameras = _named_places(parts), _named_cameras(cameras)
        named_folders = _named_folders(folders)
        names = {word for name in (*named_places, *named_cameras, *named_folders) for word in name.split()}
        lexicon = Lexicon.build(words or {}, frozenset(names.difference(_NUMBERS)), frozenset(english))
        around = _around(parts)
        elsewhere = _elsewhere(regions or {}, around)
        return cls(named_places, around, elsewhere, named_cameras, named_folders, lexicon, years)


def _named_places(parts: Iterable[PlaceParts]) -> dict[str, frozenset[str]]:
    """Name every place by its own name, by the part before a bracket or a slash, and by what people say."""
    known = {name for place in parts for name in place if name}
    named: dict[str, set[str]] = defaultdict(set)
    for name in known:
        for form in (name, *re.split(r" / |/| \(", name)[:1]):
            named[name_key(form)].add(name)
    for said, name in other_names():
        if name in known:
            named[name_key(said)].add(name)
    return {key: frozenset(names) for key, names in named.items() if key}


def _around(parts: Iterable[PlaceParts]) -> dict[str, frozenset[tuple[str, ...]]]:
    around: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for place in parts:
        for inner, *outer in (place[start:] for start in range(3)):
            if inner:
                around[inner].add(tuple(name for name in outer if name and name != inner))
    return {inner: frozenset(chains) for inner, chains in around.items()}


def _elsewhere(
    regions: Mapping[str, Set[str]], around: Mapping[str, frozenset[tuple[str, ...]]]
) -> dict[str, frozenset[str]]:
    """Name the regions that have a place of the same name, but of which there are no photos."""
    said: dict[str, set[str]] = defaultdict(set)
    for other, name in other_names():
        said[name].add(other)
    found = dict[str, frozenset[str]]()
    for place, chains in around.items():
        others = regions.get(place, frozenset[str]()) - {place}.union(*chains)
        if others:
            found[name_key(place)] = frozenset(name_key(name) for region in others for name in (region, *said[region]))
    return found


def _named_cameras(cameras: Iterable[str]) -> dict[str, frozenset[str]]:
    """Name a camera by every run of words of its name that tells something, and phones also as such."""
    named: dict[str, set[str]] = defaultdict(set)
    for camera in cameras:
        whole = name_key(camera).split()
        telling = [word for word in whole if word not in _TELLS_NOTHING]
        for run in (*_telling_runs(whole), *_telling_runs(telling)):
            for name in _spellings(run):
                named[name].add(camera)
        if _PHONES.search(camera):
            for name in (*PHONE_NAMES, f"{whole[0]} phone"):
                named[name].add(camera)
    return {key: frozenset(names) for key, names in named.items()}


def _telling_runs(words: list[str]) -> Iterator[str]:
    for start, end in itertools.combinations(range(len(words) + 1), 2):
        begins_well = _tells_something(words[start]) or words[start] == "eos"
        if begins_well and any(map(_tells_something, words[start:end])):
            yield " ".join(words[start:end])


def _spellings(name: str) -> Iterator[str]:
    """Yield the ways in which a camera's name is written: "d750" and "d 750", "pixel 7", "pixel7" and "pixel seven"."""
    yield name
    yield _MODEL.sub(lambda match: " ".join(filter(None, match.groups())), name)
    yield re.sub(r"\b([a-z]{3,}) (\d+\w?)$", r"\1\2", name)
    yield re.sub(r"\b\d{1,2}\b", lambda match: _in_words(int(match[0])), name)


def _in_words(number: int) -> str:
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)


def _tells_something(word: str) -> bool:
    return len(word) > 2 and not word.isdigit() and word not in _TELLS_NOTHING


def app_of(folder: str) -> str | None:
    """Return the key of the program that a folder has photos from, by its name: "whatsapp" for "WhatsApp Images"."""
    app = _FROM_APP.fullmatch(folder)
    return name_key(app[1]) if app else None


def _named_folders(folders: Iterable[Path]) -> dict[str, Path]:
    named: dict[str, Path] = {}
    folders_by_depth = sorted(folders, key=lambda path: (len(path.parts), path))
    for folder in folders_by_depth:
        named.setdefault(name_key(folder.name), folder)
        named.setdefault(name_key(str(folder)), folder)
    for folder in folders_by_depth:
        if app := app_of(folder.name):
            named.setdefault(app, folder)
    named.pop("", None)
    return named

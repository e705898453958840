"""What is meant by a thing that must not be in a photo: the words that name it, and how it looks."""

from dataclasses import dataclass

_PEOPLE = """
    people person man men woman women child children boy boys girl girls kid kids baby babies toddler toddlers adult
    adults teenager guy guys lady ladies gentleman family families couple crowd group player players skier surfer
    cyclist rider hiker climber skateboarder swimmer dancer singer friend friends someone"""
_CHILDREN = "child children kid kids boy boys girl girls baby babies toddler toddlers"
_ANIMALS = """
    animal animals dog puppy cat kitten bird horse cow sheep goat elephant bear zebra giraffe monkey duck fish rabbit
    pig chicken lion tiger deer"""
_WATER = "water ocean sea lake river pool stream pond waterfall waves surf"
_VEHICLES = "vehicle vehicles car truck bus van motorcycle motorbike bicycle bike train tram taxi jeep"
_INDOORS = """
    indoors indoor inside room kitchen bedroom bathroom office hallway restaurant museum gym sofa couch ceiling"""
_OUTDOORS = """
    outdoors outdoor outside sky street road beach field park mountain forest lake river ocean grass snow garden
    sidewalk"""
_LIKE = (
    _PEOPLE,
    _CHILDREN,
    _ANIMALS,
    _WATER,
    _VEHICLES,
    _INDOORS,
    _OUTDOORS,
    "man men guy guys gentleman",
    "woman women lady ladies",
    "dog puppy hound",
    "cat kitten",
    "car cars automobile suv taxi",
    "bike bicycle motorcycle motorbike",
    "boat ship kayak canoe sailboat yacht",
    "tree forest woods",
    "beach shore seaside",
    "sea ocean",
    "grass lawn",
    "street road sidewalk",
    "building house skyscraper tower",
    "hat cap helmet beanie",
    "glasses sunglasses eyeglasses",
    "food meal dish plate pizza cake sandwich",
    "mountain hill cliff",
    "flower flowers blossom bouquet",
    "text writing sign",
)
_SHOWN_BY = 6
_KINDS = {line.split()[0]: tuple(line.split()) for line in _LIKE}
_ALSO = {
    "persons": "people", "human": "people", "humans": "people", "anyone": "people", "anybody": "people",
    "kid": "child", "kids": "child", "children": "child", "men": "man", "women": "woman", "dogs": "dog",
    "puppies": "dog", "cats": "cat", "animals": "animal", "pets": "animal", "cars": "car", "vehicles": "vehicle",
    "traffic": "vehicle", "indoor": "indoors", "inside": "indoors", "outdoor": "outdoors", "outside": "outdoors",
    "bikes": "bike", "boats": "boat", "trees": "tree", "ocean": "sea", "streets": "street", "road": "street",
    "buildings": "building", "hats": "hat", "mountains": "mountain", "flowers": "flower",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing that must not be in a photo: all `words` that name it or a kind of it, and the `prompts` that say how the
    commonest of these look."""

    name: str
    words: tuple[str, ...]
    prompts: tuple[str, ...]

    @classmethod
    def of(cls, name: str) -> "Thing":
        """Return what is meant by a name, its kinds included: with people also men, women and children."""
        plain = " ".join(name.lower().split())
        words = _KINDS.get(_ALSO.get(plain, plain), ())
        every = tuple(dict.fromkeys((plain, *words)))
        return cls(name, every, tuple(f"a {word}" for word in every[:_SHOWN_BY]))

"""What is meant by a thing that must not be in a photo: the words that name it, and how it looks."""

from dataclasses import dataclass

_KINDS = {
    line.split()[0]: tuple(line.split())
    for line in """
        people person man woman child boy girl baby crowd men women children kid toddler adult teenager guy lady
            gentleman family player skier surfer cyclist rider hiker climber skateboarder swimmer dancer singer friend
        child boy girl baby toddler kid children
        man guy gentleman men
        woman lady women
        animal dog cat bird horse cow sheep goat puppy kitten elephant bear zebra giraffe monkey duck fish rabbit pig
            chicken lion tiger deer
        dog puppy hound
        cat kitten
        vehicle car truck bus motorcycle bicycle van train tram taxi jeep motorbike bike
        car truck vehicle taxi jeep suv automobile
        bike bicycle motorcycle motorbike
        boat ship kayak canoe sailboat yacht
        water sea lake river pool waterfall ocean stream pond surf wave fountain
        sea ocean
        beach shore seaside
        tree forest woods
        mountain hill cliff
        grass lawn grassy
        snow snowy
        rock boulder cliff rocky
        ball football basketball baseball
        flower blossom bouquet
        street road sidewalk
        building house tower skyscraper
        indoors room kitchen bedroom restaurant office bathroom museum gym indoor inside sofa couch ceiling
        outdoors sky street field beach mountain forest park road lake river ocean grass snow garden sidewalk outdoor
            outside
        hat cap helmet beanie
        glasses sunglasses eyeglasses goggles
        food plate pizza cake sandwich meal dish
        text writing sign
    """.replace("\n            ", " ")
    .strip()
    .splitlines()
}
_SAME = {
    "person": "people", "human": "people", "anyone": "people", "anybody": "people", "children": "child", "kid": "child",
    "men": "man", "women": "woman", "puppies": "dog", "pet": "animal", "traffic": "vehicle", "indoor": "indoors",
    "inside": "indoors", "outdoor": "outdoors", "outside": "outdoors", "ocean": "sea", "road": "street",
}  # fmt: skip
_MOST_PROMPTS = 6


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing that must not be in a photo: all `words` that name it or a kind of it, and the `prompts` that say how the
    commonest of these look."""

    words: tuple[str, ...]
    prompts: tuple[str, ...]

    @classmethod
    def of(cls, name: str) -> "Thing":
        """Return what is meant by a name, its kinds included: with people also men, women and children."""
        plain = " ".join(name.lower().split())
        single = plain if plain in _KINDS else plain.removesuffix("s")
        words = tuple(dict.fromkeys((plain, *_KINDS.get(_SAME.get(plain, _SAME.get(single, single)), ()))))
        return cls(words, tuple(f"a {word}" for word in words[:_MOST_PROMPTS]))

"""Where the words about asking end and the description begins, however they are put: "which photo was it where"."""

import re
from collections.abc import Iterator

from engine.understanding.speech import ONE, PHOTOS, SHOWS
from engine.understanding.stories import SAYS_NOTHING

# Verbs of seeking, showing, wanting, keeping, remembering and talking; all their forms are made of these.
_VERBS = """
    ask appreciate belong bring browse check choose delete describe dig display dream email exist fetch fish forget
    get give go guess happen hear help hide hope hunt identify imagine intend keep know like list locate look lose
    love manage mean mention mind miss need notice open own pick point post prefer print promise pull rack recall
    recognise recognize recollect remember request retrieve save scroll search see seek seem select send settle share
    show spot start stumble submit suggest suppose swear take talk tell think track try turn view want wish wonder
    work"""
_IRREGULAR = """
    been being brought dug done fetched forgot forgotten gave given gone got gotten heard hid hidden kept known lost
    made meant met sought saw seen sent showed shown stuck sworn swore taken talked thought told took went wondering"""
_BESIDES = """
    able absolutely after album albums alas archive archives aunt basically brother by chance collection colleague
    computer cousin dad date dear desperately desperate device disk drive earlier else ever everywhere exact exactly
    favourite favorite fine folder friend friends gallery glad glimpse grateful guys hard her herself him himself
    hours honestly husband image images interested keen kind kindly laptop least library likely luck lucky ma'am maybe
    me memory minute moment mother mum mom myself nice off old once others particular particularly phone pictures
    possible possibly possibility pretty quick quickly quiet rather really right second shot shots sir sister slight
    snap snaps snapshots son daughter specific specifically sure tad though together totally truly use useful
    vague vaguely view whichever whatever whether wife wonderful yesterday yet thankful up down out through over
    much many again long sort kinda sorta gonna wanna gotta lemme gimme i you he she we they my your his their our
    whoever anyone anybody everyone everybody somebody someone nobody people boss uncle grandma grandpa grandmother
    grandfather parents family partner girlfriend boyfriend neighbour neighbor teacher assistant bro bruh dude mate yo
    hey heck hell"""
_SPEAKER = re.compile(r"\b(?:i|we|me|us|you|let's|lemme|gimme|anyone|anybody)\b", re.IGNORECASE)
_OTHERS = re.compile(r"\b(?:he|she|they|who|someone|somebody|people|his|her|their)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")


def _forms(verb: str) -> Iterator[str]:
    """Yield the forms of a regular verb, and its base."""
    base = verb.removesuffix("e")
    double = verb + verb[-1]
    yield from (verb, f"{verb}s", f"{verb}es", f"{base}ing", f"{base}ed", f"{double}ing", f"{double}ed")
    if verb.endswith("y"):
        yield from (f"{verb[:-1]}ies", f"{verb[:-1]}ied")


_REQUEST_WORDS = (
    SAYS_NOTHING
    | {form for verb in _VERBS.split() for form in _forms(verb)}
    | frozenset(_IRREGULAR.split())
    | frozenset(_BESIDES.split())
)
_SEEKING = (
    r"(?:(?:look|search|hunt|ask|check|brows|scroll|fish|go)(?:ing|ed|e)?\s+(?:\w+\s+){0,3}?(?:for|after)|(?:find|locat|see|fetch|retriev"
    r"|track\s+down|dig\s+(?:up|out)|pull\s+up|bring\s+up|show\s+(?:me|us)|remember|recall|recollect)(?:ing|e)?)"
)
# A photo and what it shows; something sought. Each ends where a description may begin.
_A_PHOTO = re.compile(
    rf"\b(?:{PHOTOS}(?!\s+(?:is|are|was|were)\s+(?:my|our|the)\b)|{ONE}|^(?:anything|something)"
    r"|(?<=\bis )one|(?<=\bwas )one|(?<=\bhave )one)\b"
    rf"(?:\s+\w+(?:'\w*)?){{0,4}}?\s+{SHOWS}\s+(?!(?:has|had|have|shows?|is|was|of|with|where)\b)(?=\S)",
    re.IGNORECASE,
)
_SOUGHT = re.compile(
    rf"\b{_SEEKING}\s+(?!(?:again|the\s+(?:exact\s+)?(?:date|year|day|month|details?)|has|have|had|shows?|showed|is"
    r"|was|it|them|this|that|if|whether|what|where|when|how|who|ages|hours|days|weeks|months|years|so|long"
    r"|a\s+(?:while|long)|an\s+hour)\b)(?=\S)",
    re.IGNORECASE,
)


def after_hinge(clause: str) -> str:
    """Return what a clause says after its last hinge with nothing before it but words about asking, or all of it."""
    ends = [match.end() for match in _hinges(clause)]
    return clause[max(ends, default=0) :]


def only_asks(clause: str) -> bool:
    """Say whether all of a clause is about asking, by somebody who asks."""
    return bool(_SPEAKER.search(clause)) and _is_about_asking(clause)


def _hinges(clause: str) -> Iterator[re.Match[str]]:
    for match in _A_PHOTO.finditer(clause):
        if _is_about_asking(clause[: match.end()]):
            yield match
    for match in _SOUGHT.finditer(clause):
        before = clause[: match.start()]
        if _SPEAKER.search(before) and not _OTHERS.search(before) and _is_about_asking(before):
            yield match


def _is_about_asking(words: str) -> bool:
    return all(word.lower() in _REQUEST_WORDS for word in _WORD.findall(words))

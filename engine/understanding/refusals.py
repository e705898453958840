"""How people say that they do not want something: "without", "not the ones from", "I'd rather not see any"."""

import re

from engine.understanding.reading import GAP, MOST_BEFORE
from engine.understanding.speech import PHOTOS

# How somebody feels about a thing does not say which thing it is.
MOOD = r"(?:damn(?:ed)?|bloody|awful|stupid|horrible|horrid|annoying|terrible|silly|dreadful|wretched|goddamn|f\w*ing)"
# What "I have no" is nothing to be seen.
_NOT_OURS = r"(?<!\bi\shave\sno)(?<!\bwe\shave\sno)(?<!\bi\shad\sno)(?<!\bwe\shad\sno)(?<!\bi've\sgot\sno)"
# After "no" and "not", these make idioms, or what is written on signs.
_NO_IDIOM = (
    r"(?!\s+(?:(?:more|less|fewer)\s+than|parking|entry|smoking|trespassing|swimming|exit|fishing|diving|dumping|stopping|standing|idea|clue"
    r"|i|we|you|one|the|wait|matter|doubt|longer|wonder|problem|way|need|reason|worries|rush|luck|thanks|\d"
    r"|(?:\w+\s+){1,2}(?:signs?|zone|allowed)\b)\b)"
)
_NOT_IDIOM = (
    r"(?!\s+(?:sure|certain|positive|long|far|too|so|only|really|quite|yet|even|just|much|many|necessarily|exactly|important|urgent|necessary"
    r"|both|afraid|mistaken|wrong|want|need|forget|worry|mind|care|like\s+to|to\s+mention|very|always|any\s?more|bad"
    r"|for\s+the\s+\w+\s+time|there|it|you|we|i|at\s+all|remember|recall|know|see\s+it|find\s+it"
    r"|that\s+(?:i|sure|it|many|far|long))\b)"
)
# Where a clause begins. Who does not want something may be somebody in the photo.
_START = rf"(?:(?<![^,.;!?{GAP}]\s)(?<![^\s,.;!?])|(?<=\bbut\s)|(?<=\band\s)|(?<=\bplease\s))"
_UNWANTED = (
    r"(?:(?:don't|do\s+not|never)\s+(?:show|include|give)|(?:i'm|i\s+am|we're|we\s+are)\s+not\s+"
    r"(?:looking\s+for|after|interested\s+in|asking\s+for)"
    rf"|(?:(?:i|we)\s+(?:really\s+|just\s+)?|{_START})(?:don't|do\s+not)\s+(?:really\s+|ever\s+)?(?:want|need|like)"
    r"|(?:i|we)\s+(?:really\s+)?(?:can't\s+stand|hate|dislike|detest)"
    rf"|{_START}(?:i'm\s+)?(?:so\s+)?(?:(?:sick|tired)\s+of|enough\s+(?:of|with)|(?:stop|quit)\s+(?:it\s+)?with"
    r"|fed\s+up\s+with)"
    r"|(?:why\s+)?(?:do|does)\s+(?:you|it|this\s+\w+)\s+(?:always|keep)\s+(?:on\s+)?show(?:ing)?"
    r"|(?:(?:i|we)(?:\s+would|'d)\s+)?(?:rather|prefer)\s+not(?:\s+to)?\s+(?:see|have|get))"
    r"(?:\s+(?:me|us|to|see|have|get|any(?!\s+(?:with|where|in\s+which|showing)\b)))*"
)
_ALL_BUT = (
    r"(?:(?:any|every)(?:thing|where)|(?:any|every)\s+(?:day|weekend|month|season|year|time|place|city|country)|all)"
    r"\s+(?:but|except(?:\s+for)?|besides)"
)
_REMOVE = (
    r"(?:remove|drop|discard|get\s+rid\s+of|filter\s+out)"
    r"(?=\s+(?:the|all|any|those|everything|every|my|ones?|photos|pictures|screenshots|selfies|panoramas)\b)"
)
_NONE = r"(?:none(?:\s+of\s+(?:them|these|those))?|not\s+a\s+single\s+(?:one|photo|picture))"
CUE = re.compile(
    rf"""(?:,\s*)?\b(?:(?:but|and|though|just|only|please|definitely|certainly|absolutely|really)\s+){{0,4}}(?:
    (?P<nobody>(?:(?:(?:that|which)\s+has|with|there\s+(?:is|was))\s+)?(?:nobody|no[ -]?one
        |without\s+(?:any(?:body|one)|a\s+soul))\b(?!\s+knows)(?:\s+else\b)?
        (?:\s+\w+ing(?:\s+(?:(?:in|on|at|near|around|in\s+front\s+of)\s+(?:it|them)|in\s+front|there|around|nearby|behind)
        (?=\s*(?:$|[,.;:!?{GAP}])))?|\s+(?:in\s+front|around|nearby|behind)(?=\s*(?:$|[,.;:!?{GAP}])))?)
    |(?P<no>(?:with\s+(?:no|none\s+of)|(?:(?:that|which|who)\s+)?(?:has|have|had|having|wearing|(?:carr(?:y|ies|ied)|bears?|shows?|contains?|holds?|carrying|bearing))\s+no
        |there\s+(?:is|are|was|were)\s+no|there's\s+no|(?<!nothing\s)but\s+no|no){_NOT_OURS}{_NO_IDIOM})
    |(?P<wide>without(?:\s+(?:any|having|showing))?|excluding|except(?:\s+for)?|excepting|minus|other\s+than
        |apart\s+from|aside\s+from|instead\s+of|rather\s+than|lack(?:ing|s)(?:\s+(?:in|any))?
        |none(?:\s+of(?!\s+(?:us|them|you)\b)|(?=\s+(?:with|in|from|where|showing)\b))
        |never(?=\s+(?:the|an?|my|in|on|at|with)\b)|neither|leav(?:e|ing)\s+(?:out|away|aside|off)
        |{_ALL_BUT}|nothing\s+(?:with|showing)|{_NONE}(?=\s+(?:with|of|from|in|at|showing)\b)
        |sans(?![ -]serif)|(?:free|devoid|empty|clear)\s+(?:of|from)
        |(?:{_START}|(?:could|can|would|will)\s+you\s+(?:please\s+)?)(?:exclude|ignore|hide|omit|skip|{_REMOVE}
        |(?:stop|quit|no\s+more)\s+(?:show|giv|send)ing(?:\s+me)?)
        |(?:please\s+)?{_UNWANTED}
        |(?:(?:where|when|in\s+which)\s+)?(?:(?:that|who|which|it|he|she|they)(?:'s|'re|\s+(?:is|are|was|were))\s+not
            |(?:that|who|which|it|he|she|they)\s+(?:is|are|was|were|has|have)n't){_NOT_IDIOM}
        |(?:(?:that|who|which)\s+)?(?:is|are|was|were|does|do|did|has|have)(?:n't|\s+not)
        (?:\s+(?:have|show|contain|include|got|wear|wearing|holding))?{_NOT_IDIOM}
        |(?:there\s+)?(?:must|should|may|can)(?:n't|\s+not)\s+(?:be|have|show|contain)(?:\s+any)?
        |not{_NOT_IDIOM})
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
_DENIED = re.compile(
    rf"""(?:,\s*)?\b(?:(?:but|and|though|just|only|please)\s+){{0,4}}(?:(?:don't|do\s+not)\s+(?:show|include|want|give|need)(?:\s+me)?
    |(?:(?:that|which)\s+)?(?:is|are|was|were|do|does|did)(?:n't|\s+not)(?:\s+come)?|not|neither|no(?:\s+more)?|none
    |nothing|never|without
    |except(?:ing|\s+for)?|excluding|exclude|ignore|ignoring|skip|skipping|hide|hiding|omit|leav(?:e|ing)\s+(?:out|away|aside|off)|other\s+than
    |apart\s+from|aside\s+from|instead\s+of|rather\s+than|minus|{_UNWANTED}|{_ALL_BUT}|{_NONE}|{_REMOVE}
    |(?:stop|quit)\s+(?:show|giv|send)ing(?:\s+me)?)
    (?:\s+(?:the|an?|any|all|my|those|that|which|ones?|of|things?|stuff|everything|anything|anywhere|{PHOTOS}|i|we|was|were|are|is|taken|made|shot
    |{MOOD}|from|in|on|during|out|outside|came|come|coming|stored|saved|kept|with|by))*\s+$""",
    re.IGNORECASE | re.VERBOSE,
)


def denied_from(text: str, start: int) -> int | None:
    """Find where the words begin that leave out what stands at `start`, as in "not the ones from"; None without any."""
    cue = _DENIED.search(text, max(0, start - MOST_BEFORE), start)
    return cue.start() if cue else None

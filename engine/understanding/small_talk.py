"""Words and turns of speech in which people ask for a photo, as opposed to those that say what it shows."""

import re

from engine.search.stop_words import STOP_WORDS
from engine.understanding.negation import PHOTOS

_DETERMINER = (
    r"(?:the|an?|that|this|those|these|all|some|any|every|each|my|our|your|one|another|which|what|both|more|several|many"
    r"|a\s+(?:few|couple|bunch|lot)\s+of|lots\s+of|(?:all|some|any|one|each|most)\s+of)"
)
_PRAISE = (
    r"(?:very|really|old|older|nice|nicest|great|good|best|lovely|cool|cute|amazing|gorgeous|wonderful|favou?rite|single"
    r"|certain|specific|particular|exact|only|other|same|first|few|last|recent|digital|little|whole|random|two|three)"
)
_ADVERB = (
    r"(?:just|really|still|only|even|also|always|never|desperately|currently|actually|once|already|probably|maybe|perhaps"
    r"|definitely|simply|quickly|again|recently|vaguely|kind\s+of|sort\s+of|faintly|clearly|dimly|pretty|quite|fairly"
    r"|honestly|certainly|surely|somehow|so|totally|absolutely|almost|often|now|ever|long|at\s+least|all|both|do|did)"
)
_LEAD = r"(?:(?:and|but|so|because|cause|since|although|though|if|well|now|then|plus|also|just|or|ok(?:ay)?|as)\s+)*"
_ME = r"(?:i|we)(?:'m|'ve|'d|'ll|'re)?"
_AUX = r"(?:am|are|was|were|have|had|has|been|be|would|will|could|can|should|must|might|may|did|do|does|used\s+to)"
_SUBJECT = (
    r"(?:i|we|you|he|she|they|someone|somebody|everyone|everybody|people|(?:my|our|a|the)\s+(?:\w+\s+)?\w+)"
    r"(?:'(?:m|ve|d|ll|re|s))?"
)
_PHOTO_DEEDS = (
    r"(?:took|taken|take|taking|made|make|shot|snapped|got|get|have|had|sent|send|showed|shown|posted|saw|seen|shared"
    r"|uploaded|received|used|printed|edited|saved|captured|downloaded|scanned|framed|put|kept|wanted|liked|loved|mentioned"
    r"|need|want|mean|meant|like|love|remember|told|gave|stored)"
)
_STORE = (
    r"(?:laptop|computer|camera|pc|mac|macbook|phone|tablet|ipad|library|collection|gallery|drive|disks?|stick|memory\s+card|cloud"
    r"|camera\s+roll|backups?|archives?|machine|device|albums?|folders?|desktop|server|nas|facebook|instagram|whatsapp"
    r"|chat|e?mails?|inbox|photos|pictures|files|app|program|thing)"
)
PLACE_OF_STORE = (
    r"(?:(?:somewhere|still|all|saved|stored|hidden|buried)\s+)*(?:on|in|from|among|amongst|inside|within)\s+"
    r"(?:(?:my|this|our|the|that|your|these|all)\s+)+"
    rf"(?:(?:old|new|other|work|external|first|hard|usb|whole|entire|photo|huge|big|messy|family)\s+)*{_STORE}\b"
)
_PURPOSE = (
    r"(?:(?:my|our|the|an?|his|her|their|some|this|that)\s+)?(?:\w+\s+)?(?:cards?|presentation|slideshow|slides|calendar|album|project"
    r"|talk|wall|website|blog|newsletter|birthday|wedding|present|gift|poster|invitation|party|mum|mom|mother|dad|father|wife"
    r"|husband|sister|brother|friends?|boss|school|work|class|club|magazine|report|collage|frame|fridge|profile|article|homework"
    r"|(?:mother|father|grandma|sister|brother|friend|mum|mom|dad)'s\s+\w+)"
)
_ONE = rf"(?:the|that|this|those|these|some|any)\s+(?:(?:{_PRAISE})\s+)*ones?"
_HEAD = rf"(?:(?:just|only|also|maybe|perhaps|about)\s+)*(?:(?:{_DETERMINER}\s+)*(?:{_PRAISE}\s+)*{PHOTOS}|{_ONE})"
_DEED = (
    rf"\s+(?:(?:that|which)\s+)?{_SUBJECT}\s+(?:{_ADVERB}\s+|{_AUX}\s+)*{_PHOTO_DEEDS}"
    r"(?:\s+(?:me|us|you|it|once|back\s+then|(?:to|with|for)\s+(?:me|us|you|him|her|them|(?:my|our|a|the)\s+\w+|everybody"
    r"|everyone|someone|somebody|anybody)))*"
)
_SOUGHT = (
    r"\s+(?:(?:that|which)\s+)?(?:i|we)(?:'m|'re|\s+am|\s+are|\s+was|\s+were)?\s+(?:after|(?:looking|searching|hunting)\s+for"
    r"|thinking\s+(?:of|about)|talking\s+about|(?:hoping|trying)\s+to\s+\w+|have\s+in\s+mind|mean)"
)
_MADE = r"\s+(?:(?:that|which)\s+(?:was|were|is|are)\s+)?(?:taken|made|shot|saved|stored|kept|called|named)"
_STANDS = rf"(?:{_HEAD})(?:{_SOUGHT}|{_DEED}|{_MADE}|\s+{PLACE_OF_STORE}|\s+again|\s+back|\s+somewhere|\s+please)*"
_SHOWS = (
    r"(?:of|with|where|wherein|when|in\s+which|on\s+which|featuring|depicting|containing|including|about|showing"
    r"|(?:(?:that|which)\s+)?(?:shows?|showed|has|have|had|depicts?|contains?|features?|includes?)"
    r"|(?:that|which)\s+goes|(?:(?:that|which)\s+)?(?:is|was|are|were)\s+(?:of|about|showing)|from\s+(?:when|where)"
    r"|(?:is|are|was|were)\s+there|there\s+(?:is|was))"
)
_WHERE = (
    r"(?:in|at|from|near|by|during|under|inside|outside|behind|next\s+to|around|over|above|below|between|before|after)"
)
_SEEK = r"(?:find|see|get|show|look\s+at|look\s+for|locate|have|print|recall|remember|share|send|track\s+down|dig\s+up|view)"
_FETCH = (
    r"(?:find|show|get|give|fetch|locate|pull\s+(?:up|out)|bring\s+(?:up|back)|dig\s+(?:up|out)|track\s+down"
    r"|hunt\s+(?:down|for)|(?:search|look)(?:\s+\w+){0,3}?\s+for|search|display|list|retrieve|see|have|open|send"
    r"|check\s+for"
    r"|let\s+me\s+(?:see|have)|think\s+of|point\s+me\s+to|take\s+me\s+to)"
)
_THINK = (
    r"(?:remember|recall|know|think|believe|guess|suppose|imagine|assume|bet|swear|figure|feel|suspect|reckon|hope|mean"
    r"|say|(?:seem|try|trying)\s+to\s+(?:remember|recall|think)(?:\s+of)?|sure|certain|positive|convinced|looking\s+at)"
)
_LIKE = (
    r"(?:\s+(?:something|somewhat|anything|a\s+bit|kind\s+of|sort\s+of|roughly|about|supposed\s+to\s+be|called|basically"
    r"|like|along\s+the\s+lines\s+of|similar\s+to|to\s+do\s+with))*"
)
_BE = r"(?:be|have\s+been|show|have\s+shown|have|look\s+like)"
_IS = (
    rf"(?:is|was|has|had|shows?|showed|depicts?|features?|contains?|goes|went|looks?\s+like|looked\s+like|had\s+to\s+{_BE}"
    rf"|has\s+to\s+{_BE}|(?:must|might|may|could|would|should|will|can)\s+{_BE}|seems?\s+to\s+{_BE}|involve[sd]?)"
)


def _all(*patterns: str, end: str = r"\s+(?=\S)") -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(rf"^{_LEAD}(?:{pattern}){end}", re.IGNORECASE) for pattern in patterns)


# What a clause may open with, before it says what the photo shows.
OPENERS = (
    *_all(
        rf"{_STANDS}\s*,?\s*{_SHOWS}",
        rf"(?:please\s+)?(?:(?:can|could|would|will)\s+(?:you|we|i|u|someone)\s+)(?:(?:please|maybe|possibly|kindly|just|try"
        rf"|to|quickly|perhaps|help\s+me|also|possibly|be\s+so\s+kind\s+(?:as\s+)?to)\s+)*{_FETCH}(?:\s+(?:me|us))?",
        r"(?:(?:please|kindly|help|just|quick|let's|me|us|to|try)\s+)*(?:find|get\s+(?:me|us)|give\s+(?:me|us)"
        r"|show\s+(?:me|us)|show(?=\s+(?:an?|the|all|my|our|any|some|every|pictures?|photos?|pics?|images?)\b)|fetch|locate"
        r"|pull\s+up|bring\s+up|dig\s+(?:up|out)|search(?:ing)?(?:\s+\w+){0,3}?\s+for|look(?:ing)?(?:\s+everywhere)?\s+for|hunting\s+for"
        r"|in\s+search\s+of|searching"
        r"|trying\s+to\s+(?:find|locate|remember)|list(?=\s+(?:all|my|the))|display|retrieve|let\s+me\s+see|need|want|wanted"
        r"|remember)(?:\s+(?:me|us))?",
        rf"{_ME}\s+(?:{_ADVERB}\s+|{_AUX}\s+)*(?:looking|searching|hunting|after|look|search)"
        r"(?:\s+(?:all\s+over|everywhere|high\s+and\s+low|through\s+\w+\s+\w+|for\s+(?:ages|hours|days|weeks|a\s+while)))*"
        r"\s+for",
        rf"{_ME}\s+(?:{_ADVERB}\s+|{_AUX}\s+)*(?:trying|hoping|try|want|wanted|need|needed|wish|like|love|going|dying|have"
        rf"|able|supposed|want\s+you|need\s+you|managed)\s+to\s+(?:be\s+able\s+to\s+)?{_SEEK}(?:\s+(?:me|us|again))?",
        rf"{_ME}\s+(?:{_ADVERB}\s+|{_AUX}\s+)*(?:want|wanted|need|needed|would\s+(?:like|love)|after)(?=\s+(?:{_HEAD}|an?|the"
        r"|some|any|all|my|our|that|this)\b)",
        rf"(?:{_ME}\s+)?(?:(?:can't|cannot|can\s+not|couldn't|could\s+not|never|don't|didn't|can\s+no\s+longer|no\s+longer)\s+)"
        rf"(?:{_ADVERB}\s+|seem\s+to\s+|manage\s+to\s+)*(?:find|locate|see|get)",
        rf"(?:{_ME}\s+)?(?:{_ADVERB}\s+|{_AUX}\s+)*(?:lost|misplaced|deleted|missing)(?=\s+{_HEAD})",
        rf"{_ME}\s+(?:{_ADVERB}\s+|{_AUX}\s+)*{_THINK}(?:\s+(?:that|of|about|how|for\s+sure))?",
        rf"{_ME}\s+(?:{_ADVERB}\s+|{_AUX}\s+)*(?:have|had|took|got|made|saw|kept)(?=\s+(?:{_HEAD})\b)",
        rf"{_ME}\s+(?:{_ADVERB}\s+|{_AUX}\s+)*(?:have|had|got|took|made|saved|kept)\s+(?:one|it|this|that)(?:\s+(?:that|which"
        r"|where|of|with|somewhere))?",
        r"(?:i|we)\s+(?:\w+\s+){0,2}(?:have|had|got)\s+(?:(?:an?|some|this|the)\s+)?(?:\w+\s+)?(?:memory|memories|recollection|feeling|idea"
        r"|image\s+in\s+my\s+(?:head|mind)|picture\s+in\s+my\s+(?:head|mind))\s+(?:of|that)",
        r"(?:i|we)\b[^,]*\b(?:saw|noticed|spotted|came\s+across|stumbled\s+(?:up)?on)",
        r"(?:do|did|don't|would|have)\s+(?:you|we|i)\s+(?:(?:still|happen\s+to|perhaps|by\s+any\s+chance)\s+)*"
        r"(?:remember|recall|know|have|got|see|find|think\s+of)",
        rf"(?:where|what|which)(?:'s|\s+(?:is|are|was|were|did))(?=\s+(?:{_HEAD})\b)|(?:is|are|was|were)\s+there(?:\s+also)?"
        r"|(?:have|do)\s+(?:i|we|you)\s+(?:got|have)|got\s+any|(?:what|how)\s+about|any\s+chance\s+of|anything\s+(?:with|of)",
        rf"(?:it|this|that)(?:'s|'d)(?:\s+{_ADVERB})*(?:\s+{_BE})?{_LIKE}",
        rf"(?:it|this|that|the\s+{PHOTOS})(?:\s+{_ADVERB})*\s+{_IS}(?:\s+{_ADVERB})*{_LIKE}",
        r"(?:that\s+|which\s+|it\s+)?(?:goes|went|looks|looked)\s+(?:something\s+|a\s+bit\s+|kind\s+of\s+)?like",
        r"there(?:'s|\s+(?:is|was|has\s+to\s+be))\s+one\s+(?:with|where|of)",
        r"just",
        r"there(?:'s|\s+(?:is|was|are|were|should\s+be|must\s+be|has\s+to\s+be|might\s+be|used\s+to\s+be|may\s+be))",
        rf"(?:(?:where|in\s+which|on\s+it|in\s+it)\s+)?(?:you|we|i|one)\s+(?:(?:can|could|might|would|should|must)\s+)?"
        rf"(?:{_ADVERB}\s+)*see|what\s+you\s+(?:can\s+)?see\s+is",
        rf"(?:all|what|the\s+(?:only\s+)?(?:thing|one|{PHOTOS}))\s+(?:that\s+)?{_ME}\s+(?:{_ADVERB}\s+|{_AUX}\s+)*(?:looking\s+for"
        r"|remember|want|need|know|recall|after|searching\s+for|think\s+of|have\s+in\s+mind|mean)(?:\s+(?:of\s+it|about\s+it))?"
        r"\s+(?:is|was)(?:\s+that)?",
        r"(?:something|anything|somewhat)\s+(?:like|with|along\s+the\s+lines\s+of|similar\s+to|of)",
        rf"{PLACE_OF_STORE}(?=\s+(?:there|i|we|is|are)\b)|somewhere(?=\s+there\b)",
        r"(?:hi|hello|hey|dear\s+\w+|good\s+(?:morning|evening|afternoon|day)|ok(?:ay)?|so|um+|well|please|thanks|sorry)"
        r"(?:\s+(?:there|so|all|everyone|please|then))*(?=\s+(?:i|i'm|i'd|can|could|please|we|do|is|there|where|find|show"
        r"|the|a|an|it|it's|so|maybe|that)\b)",
        r"(?:whether|if)\s+(?:you|we|i|there)\s+(?:can|could|might|would|have|has|is|are|was)(?:\s+(?:please|perhaps|maybe))*"
        rf"(?:\s+{_FETCH})?(?:\s+(?:me|us))?",
        rf"{_ME}\s+(?:{_ADVERB}\s+|{_AUX}\s+)*(?:wondering|wonder|curious)\s+(?:whether|if)\s+(?:you|we|i|there)"
        rf"(?:\s+(?:can|could|might|would|have|has|is|are|was))?(?:\s+{_FETCH})?(?:\s+(?:me|us))?",
    ),
    *_all(rf"{_STANDS}", end=rf"\s+(?={_WHERE}\b)"),
)
# What only the first words of a description follow.
BARE_SHOWS = re.compile(
    rf"^{_LEAD}(?!(?:shows?|has|have|had|when|including|about|features?|contains?|includes?|is|are|was|were)\s)"
    rf"{_SHOWS}\s+(?=\S)",
    re.IGNORECASE,
)
# A clause that is nothing but a photo, or what one is wanted for.
HEADS = _all(rf"{_STANDS}(?:\s+{PLACE_OF_STORE})*(?:\s+for\s+.*|\s+to\s+.*)?", rf"{PLACE_OF_STORE}", end=r"$")
# A photo in the middle of a story, and what it shows.
INNER_HEAD = re.compile(rf"(?<!their )(?<!his )(?<!her )\b{_STANDS}\s+{_SHOWS}\s+(?=\S)", re.IGNORECASE)
_PERSON = (
    r"(?:(?:my|our|his|her)\s+(?:\w+\s+)?\w+|the\s+(?:kids|children|boys|girls|others|guys|neighbours)|he|she|they|someone|somebody|everyone|everybody|people|nobody|grand(?:ma|pa)"
    r"|mum|mom|dad|you)(?:'(?:s|d|ll|re|ve))?"
)
_ASKING = (
    r"(?:asking|waiting|begging|looking|talking|wondering|insisting|bugging|nagging|dying|hoping|making|trying|going)"
)
# Clauses about asking, remembering, devices and people who want the photo. What "we are doing" is a description, but
# what "I" or "we" do otherwise is told about the photo, and so is what others do with "it".
STORIES = _all(
    rf"(?:i|we)(?:'m|'re)?\s+(?!(?:(?:am|are|was|were)\s+)?(?:all\s+|both\s+|just\s+)?(?!{_ASKING})\w+ing\b"
    r"|(?:(?:am|are|was|were)\s+)?(?:all\s+|both\s+)?(?:in|on|at|with|next|under|by|wearing|dressed|covered)\b).*",
    r"(?:i|we)(?:'ve|'d|'ll)\s.*|you\s+(?:know|can|could|must|may|might|should|showed|sent|told|said|had|have|took)\b.*",
    rf"{_PERSON}\s+(?!(?:(?:is|are|was|were)\s+)?(?!{_ASKING})\w+ing\b).*\b(?:me|us|it|this|one|about|{PHOTOS})\b.*",
    r"(?:it|this|that)\s+(?!is\b|was\b|has\b|had\b|shows?\b|showed\b|are\b).*",
    r"(?:my|our)\s+(?:memory|brain|mind|head|eyes|eyesight)\b.*",
    r"(?:am\s+)?(?:\w+\s+){0,2}?(?:not|no|can't|cannot|don't|couldn't|didn't|never|un)\s*(?:\w+\s+){0,2}?(?:know|remember|recall"
    r"|tell|say|think|sure|certain|positive|idea|clue|matter|mind|quote)\b.*",
    r"(?:if|as\s+far\s+as|as\s+best|to\s+the\s+best\s+of|from\s+what|according\s+to|unless|when|as|like)\s+"
    r"(?:i|my|we|you|memory|it|that|possible)\b.*",
    r"(?:what|all|that's\s+all|everything|the\s+only\s+thing|which)\s+(?:that\s+)?(?:i|we)\b.*",
    r"(?:before|after|around\s+the\s+time|since|from\s+(?:before|after|when))\s+(?:i|we)\b.*",
    rf"(?:it|this|that|they|one)(?:'s|'ll|'d)?\s+(?:{_ADVERB}\s+|{_AUX}\s+|is\s+|was\s+|not\s+)*(?:here|there|somewhere|around"
    rf"|on\s+here|in\s+here|in\s+there|on\s+there|{PLACE_OF_STORE}|taken|made|shot|one\s+of|for|not|important|urgent"
    r")\b.*",
    r"(?:could|might|may|must|should|would|has|have|can)(?:n't)?\s+(?:be|have\s+been|to\s+be)\b.*",
    r"(?:(?:where|when|why|how|what|which|who)\s+)?(?:can|could|would|will|do|does|did|is|was|are|has|have|should|might)(?:n't)?\s+"
    r"(?:it|you|we|i|they|that|this|somebody|someone|anyone)\b.*",
    r"(?:any|some)\s+help\b.*|(?:many\s+)?(?:thanks|thank\s+you|cheers|ta|thx)\b.*|help\s+me\b.*|sorry\b.*|please\s+help\b.*"
    r"|dear\s+\w+|hey\s+\w+|hi\s+\w+",
    r"(?:that|this|it|which)(?:'s|'d|\s+(?:would|will|is|was))\s+(?:be\s+)?(?:so\s+|really\s+|very\s+)?(?:great|nice|lovely"
    r"|helpful|awesome|perfect|it|all|enough|amazing|wonderful|appreciated|kind|the\s+(?:one|photo|picture|image))\b.*",
    rf"(?:for|to\s+(?:use|put|show|print|send|make|give|share|go))\s+{_PURPOSE}\b.*",
    r"(?:hope|hoping)\b.*|(?:an?|a\s+few|some|several|many|\w+)\s+(?:years?|months?|weeks?|days?|decades?)\s+(?:old|ago|back)"
    r"(?:\s+(?:by\s+)?now)?|(?:or|and)\s+(?:close|near|similar|something|anything|so|such|whatever|words|stuff|that\s+sort|things)\b.*"
    r"|the\s+(?:file|name|date|title|file\s?name|quality)\b.*|no\s+(?:rush|hurry|worries|problem|big\s+deal|pressure|clue|idea)\b.*"
    r"|(?:i|we|you|he|she|they)",
    rf".*\b(?:i|we|you)\b.*\b{_STANDS}|{_HEAD}\s+(?:(?:that|which)\s+)?(?:i|we)\b.*|any\s+(?:luck|chance|ideas?)\b.*"
    r"|good\s+(?:morning|evening|afternoon|day)|(?:trying|hoping|want|need|looking)\s+(?:to\s+\w+|for)",
    end=r"$",
)
# Stories that look as if they opened a description.
EARLY_STORIES = _all(
    rf"{_STANDS}\s+(?:from|on)\s+(?:my|our|his|her|their|your|\w+'s)\b.*",
    r"(?:it|this|that)(?:'s|\s+is|\s+was)?\s+(?:\w+\s+)?(?:\w+ing|drove|drives)\s+me\b.*",
    end=r"$",
)
PHOTO_FIRST = re.compile(rf"^{_LEAD}{_STANDS}\s+(?={_WHERE}\b)", re.IGNORECASE)
# What is left of "find it quickly".
IT_ALONE = re.compile(r"^(?:it|them|this|that|one)\b(?:\s+\w+){0,3}$", re.IGNORECASE)
# Who speaks in a story.
SPEAKER = re.compile(
    r"\b(?:i|we|you|me|us|there|anyone|somebody|someone|everybody|everyone|what|where|how|why|which|would|could|should|can"
    r"|can't|cannot|couldn't|will|may|might|must|possible|any|has\s+to|have\s+to|(?:he|she|they)\s+(?:took|made|shot|sent|showed"
    r"|posted|has|had))\b",
    re.IGNORECASE,
)
ASKER = re.compile(
    SPEAKER.pattern.replace("there|", "").replace("somebody|someone|everybody|everyone|", ""), re.IGNORECASE
)
# Asking for something in the middle of a story; not for what nobody remembers.
INNER_SEEK = re.compile(
    r"\b(?:find|locate|remember|recall|track\s+down|(?:search|look|looking|searching)\s+for|shows|showed|describe)\s+"
    r"(?:(?:me|us|that|of)\s+)?(?!(?:it|them|this|when|where|who|how|if|whether|what|which|exactly|anything|much|more|why|for)\b)(?=\S)",
    re.IGNORECASE,
)
# Said in passing, anywhere.
ASIDES = re.compile(
    r"""(?<![\w'])(?:(?:i|we)\s+(?:think|believe|guess|suppose|mean|reckon|imagine)(?:\s+that(?=\s+(?:i|we|it|there|you|he|she
    |they)\b))?|i'd\s+say|you\s+know(?:\s+(?:what\s+i\s+mean|the\s+one))?(?!\s+(?:how|where|what|when|who|if))
    |if\s+(?:i|memory)\s+(?:remember|recall|serves?)(?:\s+(?:me|correctly|right|rightly|well))*
    |(?:if\s+)?i'm\s+not\s+mistaken|(?:as|so)\s+far\s+as\s+i\s+(?:can\s+)?(?:remember|recall|know|tell)
    |(?:from|by|to)\s+(?:what\s+i\s+(?:remember|recall)|(?:my\s+)?memory|my\s+knowledge)|in\s+my\s+memory
    |or\s+(?:something|anything|someone|somebody)(?:\s+(?:like\s+(?:that|it|this)|similar|along\s+those\s+lines))?(?=\s*(?:$|[,.;!?]))
    |or\s+(?:so|whatever|similar|thereabouts|some\s+such)(?=\s*(?:$|[,.;!?]))|more\s+or\s+less|if\s+(?:at\s+all\s+)?possible
    |(?:please|pls|plz|kinda|sorta|um+|uh+|hm+|er+m|basically|maybe|perhaps|probably|possibly|apparently|presumably|supposedly|ideally)
    |thanks(?:\s+(?:a\s+lot|so\s+much|a\s+bunch|in\s+advance))*|thank\s+you(?:\s+(?:so|very)\s+much)?|i'm\s+(?:pretty\s+|quite\s+|fairly\s+
    |almost\s+)?(?:sure|certain|positive)|if\s+(?:that|it|this)\s+helps(?:\s+at\s+all)?|if\s+you\s+(?:can|could|don't\s+mind)
    |not\s+(?:so\s+|too\s+|very\s+)?long\s+ago|in\s+case\s+(?:that|it)\s+helps|or\s+(?:close|near|similar)\s+to\s+(?:that|it)|i\s+have\s+to\s+(?:say|admit))(?![\w'])""",
    re.IGNORECASE | re.VERBOSE,
)
# What may follow the description in its clause.
TAILS = re.compile(
    rf"""\s+(?:for\s+me|again|any\s?more|somewhere|anywhere|right\s+now|so\s+far|for\s+(?:you|us)|you\s+know|is\s+it|can\s+you
    |(?:please\s+)?find\s+(?:it|that|them)(?:\s+for\s+me)?|in\s+(?:here|there)|on\s+here|together\s+with\s+it
    |(?:can|could|would)\s+you\s+(?:please\s+)?(?:find|show|get|help).*|(?:do|did)\s+you\s+(?:have|know|remember|find|see).*
    |in\s+(?:the|that|this|one\s+of\s+(?:the|them|my))\s+{PHOTOS}
    |(?:in|from|among)\s+(?:my|this|our)\s+(?:whole\s+|entire\s+|photo\s+)*(?:library|collection|gallery|archives?|camera\s+roll)
    |(?:on|in|from)\s+(?:my|this|our|the|that|an?)\s+(?:old|hard|external|usb|backup|other)\s+(?:\w+\s+)?(?:drives?|disks?|laptop|computer|phone|pc|mac
    |camera|stick|tablet)
    |(?:that|which)\s+(?:i|we)\s+(?:{_ADVERB}\s+|{_AUX}\s+)*(?:took|made|shot|have|had|saved|sent|posted|shared|printed|scanned)
    |(?:but|and|because)\s+(?:i|we)\s+(?:\w+\s+){{0,2}}(?:can't|cannot|don't|couldn't|need|want|lost|forgot|think|know|have|am).*)$""",
    re.IGNORECASE | re.VERBOSE,
)
PURPOSE = re.compile(rf"\s+for\s+{_PURPOSE}\b.*$", re.IGNORECASE)
ON_IT = re.compile(r"\s+(?:on|in)\s+it$", re.IGNORECASE)
SEEING = re.compile(r"\b(?:see|there|it|photo|picture)\b", re.IGNORECASE)
PLURAL_TAIL = re.compile(
    r"^((?:(?!(?:taking|takes?|took|looking|at|of|with|in|on|and|or|the|an?|some|for|his|her|their|hanging|holding|full|from"
    r"|by|are|is|to|many|these|those|framed|see|sees)\b)[\w'-]+\s+){0,3}(?!(?:taking|takes?|took|at|of|with|in|on|and|or|the|an?"
    r"|some|for|his|her|their|holding|full|from|by|are|is|to|many|these|those|framed|looking|hanging)\b)[\w'-]+)"
    r"\s+(?:photos|pictures|pics|images|snaps|photographs|snapshots)$",
    re.IGNORECASE,
)
_SAYS_NOTHING_TEXT = """
    remember recall recalled know known think thought believe guess suppose forget forgot forgotten memory bits details
    detail name names idea clue sure certain exactly look looked search searched locate seem manage need needed want wanted wish love help
    try tried trying lost missing ages hours forever everywhere file files called everybody everyone someone nobody
    somebody anyone really quite very actually basically simple simply probably maybe perhaps possibly later earlier
    sometime sometimes back ago yet still already anyway anyhow though honest least almost nearly about roughly around
    anywhere someplace long recently lately now thing things stuff anything everything kind sort type lot bit way time
    times day days week weeks month months year years ones one close similar okay ok hi hello hey thanks thank
    please sorry um uh hmm hm er well yes yeah no like also course right cheers yep nope cannot either whatever taken
    took made shot pix us again let good great case mind question quick hope many quickly soon fast asap urgently
    tomorrow while other another i'm i've i'd i'll it's that's there's don't can't let's"""
SAYS_NOTHING = STOP_WORDS - {"looking"} | frozenset(_SAYS_NOTHING_TEXT.split())

"""The parts of speech in which people ask for a photo, as patterns to put together."""

import re

PHOTOS = r"(?:(?:ph|f)oto(?:graph(?:ie)?)?(?:'?s)?|pic(?:ture)?(?:'?s)?|images?|shots?|snaps?(?:hots?)?|pix)"
DETERMINER = (
    r"(?:the|an?|that|this|those|these|all|some|any|every|each|my|our|your|one|another|which|what|both|more|several|many"
    r"|a\s+(?:few|couple|bunch|lot|handful|selection)\s+of|lots\s+of|(?:all|some|any|one|each|most)\s+of)"
)
PRAISE = (
    r"(?:very|really|old|older|nice|nicest|great|good|best|lovely|cool|cute|amazing|gorgeous|wonderful|favou?rite|single"
    r"|certain|specific|particular|exact|only|other|same|first|few|last|recent|digital|little|whole|random|\d{1,3}|two"
    r"|three|damn|damned|darn|bloody|stupid|dumb|funny|freaking|fucking)"
)
ADVERB = (
    r"(?:just|really|still|only|even|also|always|never|desperately|currently|actually|once|already|probably|maybe|perhaps"
    r"|definitely|simply|quickly|again|recently|vaguely|kind\s+of|sort\s+of|faintly|clearly|dimly|pretty|quite|fairly"
    r"|honestly|certainly|surely|somehow|so|totally|absolutely|almost|often|now|ever|long|at\s+least|all|both|do|did)"
)
LEAD = (
    r"(?:(?:no,?|nope,?|yes,?|and|but|so|because|cause|since|although|though|if|well|now|then|plus|also|just|or|ok(?:ay)?|as)"
    r"\s+){0,5}"
)
ME = r"(?:i|we)(?:'m|'ve|'d|'ll|'re)?"
AUX = r"(?:am|are|was|were|have|had|has|been|be|would|will|could|can|should|must|might|may|did|do|does|used\s+to)"
SUBJECT = (
    r"(?:i|we|you|he|she|they|someone|somebody|everyone|everybody|people|(?:my|our|a|the)\s+(?:\w+\s+)?\w+)"
    r"(?:'(?:m|ve|d|ll|re|s))?"
)
PHOTO_DEEDS = (
    r"(?:took|taken|take|taking|made|make|shot|snapped|got|get|have|had|sent|send|showed|shown|posted|saw|seen|shared"
    r"|uploaded|received|used|printed|edited|saved|captured|downloaded|scanned|framed|put|kept|wanted|liked|loved|mentioned"
    r"|need|want|mean|meant|like|love|remember|told|gave|stored)"
)
STORE = (
    r"(?:laptop|computer|camera|pc|mac|macbook|phone|tablet|ipad|library|collection|gallery|drive|disks?|stick|memory\s+card|cloud"
    r"|camera\s+roll|backups?|archives?|machine|device|albums?|folders?|desktop|server|nas|facebook|instagram|whatsapp"
    r"|chat|e?mails?|inbox|photos|pictures|files|app|program|thing)"
)
PLACE_OF_STORE = (
    r"(?:(?:somewhere|still|all|saved|stored|hidden|buried)\s+)*(?:on|in|from|among|amongst|inside|within)\s+"
    r"(?:(?:my|this|our|the|that|your|these|all)\s+)+"
    rf"(?:(?:old|new|other|work|external|first|hard|usb|whole|entire|photo|huge|big|messy|family)\s+)*{STORE}\b"
)
PURPOSE = (
    r"(?:(?:my|our|the|an?|his|her|their|some|this|that)\s+)?(?:\w+\s+)?(?:cards?|presentation|slideshow|slides|calendar|album|project"
    r"|talk|wall|website|blog|newsletter|birthday|wedding|present|gift|poster|invitation|party|mum|mom|mother|dad|father|wife"
    r"|husband|sister|brother|friends?|boss|school|work|class|club|magazine|report|collage|frame|fridge|profile"
    r"|article|homework|brochure|flyer|leaflet|catalogue|book|exhibition"
    r"|(?:mother|father|grandma|sister|brother|friend|mum|mom|dad)'s\s+\w+)"
)
ONE = (
    rf"(?:(?:the|that|this|those|these|some|any)\s+(?:(?:{PRAISE})\s+){{0,4}}ones?"
    rf"|an?\s+(?:(?:{PRAISE})\s+){{1,3}}one(?=\s+(?:of|with|where)\b))"
)
_VIDEOS_OR, _OR_VIDEOS = r"(?:vid(?:eo)?s?\s+(?:or|and)\s+)?", r"(?:\s+(?:or|and)\s+vid(?:eo)?s?)?"
HEAD = (
    rf"(?:(?:just|only|also|maybe|perhaps|about)\s+){{0,3}}"
    rf"(?:(?:{DETERMINER}\s+){{0,4}}(?:{PRAISE}\s+){{0,4}}{_VIDEOS_OR}{PHOTOS}{_OR_VIDEOS}|{ONE})"
)
DEED = (
    rf"\s+(?:(?:that|which|what)\s+)?{SUBJECT}\s+(?:{ADVERB}\s+|{AUX}\s+){{0,5}}{PHOTO_DEEDS}"
    r"(?:\s+(?:me|us|you|it|once|back\s+then|(?:to|with|for)\s+(?:me|us|you|him|her|them|(?:my|our|a|the)\s+\w+|everybody"
    r"|everyone|someone|somebody|anybody)))*"
)
SOUGHT = (
    r"\s+(?:(?:that|which)\s+)?(?:i|we)(?:'m|'re|\s+am|\s+are|\s+was|\s+were)?\s+(?:after|(?:looking|searching|hunting)\s+for"
    r"|thinking\s+(?:of|about)|talking\s+about|(?:hoping|trying)\s+to\s+\w+|have\s+in\s+mind|mean)"
)
MADE = (
    r"\s+(?:(?:that|which|who)\s+(?:was|were|is|are)\s+)?(?:taken|made|shot|saved|stored|kept|called|named)"
    r"(?:\s+by\s+(?:(?:my|our|his|her|the|an?)\s+)?\w+)?"
)
STANDS = rf"(?:{HEAD})(?:{SOUGHT}|{DEED}|{MADE}|\s+{PLACE_OF_STORE}|\s+again|\s+back|\s+somewhere|\s+please)*"
SHOWS = (
    r"(?:of|with|where|wherein|when|in\s+which|on\s+which|featuring|depicting|containing|including|about|showing"
    r"|(?:(?:that|which)\s+)?(?:shows?|showed|has|have|had|depicts?|contains?|features?|includes?)"
    r"|it(?:'s\s+got|\s+has|\s+had|\s+shows?)|(?:that|which)\s+goes"
    r"|(?:(?:that|which)\s+)?(?:is|was|are|were)\s+(?:of|about|showing)|from\s+(?:when|where)"
    r"|(?:is|are|was|were)\s+there|there\s+(?:is|was))"
)
WHERE = (
    r"(?:in|at|from|near|by|during|under|inside|outside|behind|next\s+to|around|over|above|below|between|before|after)"
)
SEEK = (
    r"(?:find|see|get|show|look\s+at|look\s+for|locate|have|print|recall|remember|share|send|track\s+down|dig\s+up"
    r"|view|compare)"
)
FETCH = (
    r"(?:find|show|get|give|fetch|locate|pull\s+(?:up|out)|bring\s+(?:up|back)|dig\s+(?:up|out)|track\s+down"
    r"|hunt\s+(?:down|for)|(?:search|look)(?:\s+\w+){0,3}?\s+for|search|display|list|retrieve|see|have|open|send"
    r"|check\s+for"
    r"|let\s+me\s+(?:see|have)|think\s+of|point\s+me\s+to|take\s+me\s+to)"
)
THINK = (
    r"(?:remember|recall|know|thinking|think|believe|guess|suppose|imagine|assume|bet|swear|figure|feel|suspect|reckon"
    r"|hope|mean"
    r"|say|(?:seem|try|trying)\s+to\s+(?:remember|recall|think)(?:\s+of)?|sure|certain|positive|convinced|looking\s+at)"
)
LIKE = (
    r"(?:\s+(?:something|somewhat|anything|a\s+bit|kind\s+of|sort\s+of|roughly|about|supposed\s+to\s+be|called|basically"
    r"|like|along\s+the\s+lines\s+of|similar\s+to|to\s+do\s+with))*"
)
BE = r"(?:be|have\s+been|show|have\s+shown|have|look\s+like)"
IS = (
    rf"(?:is|was|has|had|shows?|showed|depicts?|features?|contains?|goes|went|looks?\s+like|looked\s+like|had\s+to\s+{BE}"
    rf"|has\s+to\s+{BE}|(?:must|might|may|could|would|should|will|can)\s+{BE}|seems?\s+to\s+{BE}|involve[sd]?)"
)


def clauses(*patterns: str, end: str = r"\s+(?=\S)") -> tuple[re.Pattern[str], ...]:
    """Compile patterns that a clause begins with, after "and", "but" and the like, and that go on until `end`."""
    return tuple(re.compile(rf"^{LEAD}(?:{pattern}){end}", re.IGNORECASE) for pattern in patterns)

"""What is said about a photo, and not of what it shows."""

import re

from engine.search.stop_words import STOP_WORDS
from engine.understanding.reading import GAP
from engine.understanding.speech import (
    ADVERB,
    AUX,
    HEAD,
    PHOTOS,
    PLACE_OF_STORE,
    PURPOSE,
    STANDS,
    clauses,
)

PERSON = (
    r"(?:(?:my|our|his|her)\s+(?:\w+\s+)?\w+|the\s+(?:kids|children|boys|girls|others|guys|neighbours)|he|she|they|someone|somebody|everyone|everybody|people|nobody|grand(?:ma|pa)"
    r"|mum|mom|dad|you)(?:'(?:s|d|ll|re|ve))?"
)
_ASKING = (
    r"(?:asking|waiting|begging|looking|talking|wondering|insisting|bugging|nagging|dying|hoping|making|trying|going)"
)
# After "this" and "that" these go on about the photo, as others do with what it shows: "that red car".
_VERB = (
    r"(?:would|will|could|might|must|may|should|can|can't|won't|took|happened|came|comes|means?|meant|helps?|does|doesn't"
    r"|did|didn't|makes?|made|looks?|looked|goes|went|needs?|wants?|works?|worked|matters?|all|one|i|we|you)"
)
_TIME = r"(?:time|day|morning|afternoon|evening|night|week|weekend|month|year|summer|winter|spring|autumn|fall|trip)"
# Clauses about asking, remembering, devices and people who want the photo. What "we are doing" is a description, but
# what "I" or "we" do otherwise is told about the photo, and so is what others do with "it".
STORIES = clauses(
    rf"(?:i|we)(?:'m|'re)?\s+(?!(?:(?:am|are|was|were)\s+)?(?:all\s+|both\s+|just\s+)?(?!{_ASKING})\w+ing\b"
    r"|(?:(?:am|are|was|were)\s+)?(?:all\s+|both\s+)?(?:in|on|at|with|next|under|by|wearing|dressed|covered)\b).*",
    r"(?:i|we)(?:'ve|'d|'ll)\s.*|you(?:'\w+)?\s+(?!(?:and|or|in|on|at|with|by|next|\w+ing)\b).*",
    rf"{PERSON}\s+(?!(?:(?:is|are|was|were)\s+)?(?!{_ASKING})\w+ing\b).*\b(?:me|us|it|this|one|about|{PHOTOS})\b.*",
    rf"it\s+(?!is\b|was\b|has\b|had\b|shows?\b|showed\b|are\b).*|(?:this|that)\s+(?:{_VERB}|(?:\w+\s+)?{_TIME})\b.*",
    r"(?:my|our)\s+(?:memory|brain|mind|head|eyes|eyesight)\b.*",
    r"(?:am\s+)?(?:\w+\s+){0,2}?(?:not|no|can't|cannot|don't|couldn't|didn't|never|un)\s*(?:\w+\s+){0,2}?(?:know|remember|recall"
    r"|tell|say|think|sure|certain|positive|idea|clue|matter|mind|quote)\b.*",
    r"(?:if|as\s+far\s+as|as\s+best|to\s+the\s+best\s+of|from\s+what|according\s+to|unless|when|as|like)\s+"
    r"(?:i|my|we|you|memory|it|that|possible)\b.*",
    r"(?:what|all|that's\s+all|everything|the\s+only\s+thing|which)\s+(?:that\s+)?(?:i|we)\b.*",
    r"(?:before|after|around\s+the\s+time|since|from\s+(?:before|after|when))\s+(?:i|we)\b.*",
    rf"(?:it|this|that|they|one)(?:'s|'ll|'d)?\s+(?:{ADVERB}\s+|{AUX}\s+|is\s+|was\s+|not\s+)*(?:here|there|somewhere|around"
    rf"|on\s+here|in\s+here|in\s+there|on\s+there|{PLACE_OF_STORE}|taken|made|shot|one\s+of|for|not|important|urgent"
    r")\b.*",
    r"(?:could|might|may|must|should|would|has|have|can)(?:n't)?\s+(?:be|have\s+been|to\s+be)\b.*",
    r"(?:(?:where|when|why|how|what|which|who)\s+)?(?:can|could|would|will|do|does|did|is|was|are|has|have|should|might)(?:n't)?\s+"
    r"(?:it|you|we|i|they|that|this|somebody|someone|anyone)\b.*",
    r"(?:any|some)\s+help\b.*|(?:many\s+)?(?:thanks|thank\s+you|cheers|ta|thx)\b.*|help\s+me\b.*|sorry\b.*|please\s+help\b.*"
    r"|(?:(?:hey|ok|okay)\s+)?(?:alexa|siri|google|computer|reverie)|(?:dear|hey|hi|hello|yo)\s+\w+"
    r"|bruh|yo|ugh+|argh+|for\s+the\s+\w+\s+time",
    r"(?:that|this|it|which)(?:'s|'d|\s+(?:would|will|is|was))\s+(?:be\s+)?(?:so\s+|really\s+|very\s+)?(?:great|nice|lovely"
    r"|helpful|awesome|perfect|it|all|enough|amazing|wonderful|appreciated|kind|the\s+(?:one|photo|picture|image))\b.*",
    rf"{PERSON}\s+(?:{ADVERB}\s+)?(?:insists?|claims?|swears?|says?|said|thinks?|thought|believes?|reckons?|told)\b.*"
    r"|(?:date|year|place)\s+(?:is\s+)?(?:unknown|uncertain)",
    rf"{HEAD}\s+(?:(?:that|which)\s+)?(?:used\s+to\s+be|was|is|has\s+been|hangs?|hung)\s+(?:(?:on|in)\s+)?(?:my|our)\b.*",
    r"(?:the|my|our)\s+\w+\s+(?:wants?|needs?|asked\s+for)\s+(?:it|them|this|those|one)\b.*",
    r"which\s+(?:took\s+place|happened)\b.*",
    r"(?:\w+\s+){1,3}results?|(?:ugh+\s+|still\s+|that's\s+)*wrong"
    r"(?:\s+(?:again|ones?|photos?|pictures?|years?|dates?|places?))?"
    r"|how\s+\w+\s+(?:can|could|will|would)\b.*",
    rf"(?:for|to\s+(?:use|put|show|print|send|make|give|share|go))\s+{PURPOSE}\b.*",
    r"(?:please\s+)?(?:my\s+)?(?:dear(?:est)?|darling|sweetheart|honey|mate|dude|bro|buddy|guys|folks)"
    r"|what(?:'s|\s+is|\s+the\s+\w+\s+is)\s+wrong\s+with\s+(?:you|this|it)\b.*"
    r"|why\s+(?:do|does|did|are|is|am|can|can't|won't|on\s+earth)\b.*|(?:hope|hoping)\b.*"
    r"|(?:an?|a\s+few|some|several|many|\w+)\s+(?:years?|months?|weeks?|days?|decades?)\s+(?:old|ago|back)"
    r"(?:\s+(?:by\s+)?now)?|(?:or|and)\s+(?:close|near|similar|something|anything|so|such|whatever|words|stuff|that\s+sort|things)\b.*"
    r"|the\s+(?:file|name|date|title|file\s?name|quality)\b.*|no\s+(?:rush|hurry|worries|problem|big\s+deal|pressure|clue|idea)\b.*"
    r"|(?:i|we|you|he|she|they)",
    rf"(?>.*?\b(?:i|we|you)\b).*\b{STANDS}|{HEAD}\s+(?:(?:that|which)\s+)?(?:i|we)\b.*|any\s+(?:luck|chance|ideas?)\b.*"
    r"|good\s+(?:morning|evening|afternoon|day)|(?:trying|hoping|want|need|looking)\s+(?:to\s+\w+|for)",
    end=r"$",
)
# Stories that look as if they opened a description.
EARLY_STORIES = clauses(
    rf"{STANDS}\s+(?:from|on)\s+(?:my|our|his|her|their|your|\w+'s)\b.*",
    r"(?:it|this|that)(?:'s|\s+is|\s+was)?\s+(?:\w+\s+)?(?:\w+ing|drove|drives)\s+me\b.*",
    end=r"$",
)
# What is left of "find it quickly".
IT_ALONE = re.compile(r"^(?:it|them|this|that|one)\b(?:\s+\w+){0,3}$", re.IGNORECASE)
# Said in passing, anywhere.
ASIDES = re.compile(
    r"""(?<![\w'])(?:(?:i|we)\s+(?:think|believe|guess|suppose|mean|reckon|imagine)(?:\s+that(?=\s+(?:i|we|it|there|you|he|she
    |they)\b))?|i'd\s+say|you\s+know(?:\s+(?:what\s+i\s+mean|the\s+one))?(?!\s+(?:how|where|what|when|who|if))
    |if\s+(?:i|memory)\s+(?:remember|recall|serves?)(?:\s+(?:me|correctly|right|rightly|well))*
    |(?:if\s+)?(?:i'm|i\s+am)\s+not\s+(?:\w+\s+){0,2}(?:mistaken|wrong)
    |(?:by|to)\s+my\s+(?:reckoning|estimate|calculation)
    |(?:as|so)\s+far\s+as\s+i\s+(?:can\s+)?(?:remember|recall|know|tell)
    |(?:from|by|to)\s+(?:what\s+i\s+(?:remember|recall)|(?:my\s+)?memory|my\s+knowledge)|in\s+my\s+memory
    |or\s+(?:something|anything|someone|somebody)(?:\s+(?:like\s+(?:that|it|this)|similar|along\s+those\s+lines))?(?=\s*(?:$|[,.;!?]))
    |or\s+(?:so|whatever|similar|thereabouts|some\s+such)(?=\s*(?:$|[,.;!?]))|more\s+or\s+less
    |(?:you\s+)?(?:stupid|dumb|useless|bloody)\s+(?:app|thing|program|machine|software|computer)
    |(?:for\s+\w+'s\s+sake|tysm|thx|i\s+want\s+to\s+say|(?:god\s+)?bless\s+(?:you|him|her|them)|asap|omfg|idk|dunno|fyi
    |imo|afaik|iirc|please|pls|plz|kinda|sorta|literally|seriously|lowkey|highkey|deadass|legit|um+|uh+|hm+|er+m
    |basically|maybe|perhaps|probs?|prolly|probably|possibly|apparently|presumably|supposedly|ideally|preferably)
    |thanks(?:\s+(?:a\s+lot|so\s+much|a\s+bunch|in\s+advance))*|thank\s+you(?:\s+(?:so|very)\s+much)?|i'm\s+(?:pretty\s+|quite\s+|fairly\s+
    |almost\s+)?(?:sure|certain|positive)|if\s+(?:that|it|this)\s+helps(?:\s+at\s+all)?
    |if\s+you\s+(?:can|could|don't\s+mind|have\s+(?:it|one|any|that|them))
    |not\s+(?:so\s+|too\s+|very\s+)?long\s+ago|in\s+case\s+(?:that|it)\s+helps|or\s+(?:close|near|similar)\s+to\s+(?:that|it)|i\s+have\s+to\s+(?:say|admit))(?![\w'])""",
    re.IGNORECASE | re.VERBOSE,
)
# That somebody took it, before the date that has been taken out.
TOLD_OF_IT = (
    r"(?:(?:that|which)\s+)?(?:i|we)\s+(?:took|made|shot|saved|scanned|got|edited|kept|stored)"
    r"(?:\s+(?:it|this|that|them|these|those))?"
)
# What may follow the description in its clause.
TAILS = re.compile(
    rf"""\s+(?:(?<!staff\s)(?<!members\s)(?<!residents\s)only|for\s+me|again|any\s?more|instead|somewhere|anywhere
    |right\s+now|recently|lately|nowadays|just\s+now|a\s+(?:little\s+|long\s+)?while\s+(?:ago|back)
    |so\s+far|for\s+(?:you|us)|you\s+know|is\s+it|can\s+you
    |would\s+(?:\w+\s+)?make\s+(?:me|us|my)\b.*|already|(?:my\s+)?dear|darling
    |(?:please\s+)?find\s+(?:it|that|them)(?:\s+for\s+me)?|in\s+(?:here|there)|on\s+here|together\s+with\s+it
    |(?:can|could|would)\s+you\s+(?:please\s+)?(?:find|show|get|help).*|(?:do|did)\s+you\s+(?:have|know|remember|find|see).*
    |in\s+(?:the|that|this|one\s+of\s+(?:the|them|my))\s+{PHOTOS}
    |(?:in|from|among)\s+(?:my|this|our)\s+(?:whole\s+|entire\s+|photo\s+)*(?:library|collection|gallery|archives?|camera\s+roll)
    |(?:on|in|from)\s+(?:my|this|our|the|that|an?)\s+(?:old|hard|external|usb|backup|other)\s+(?:\w+\s+)?(?:drives?|disks?|laptop|computer|phone|pc|mac
    |camera|stick|tablet)
    |(?:(?:that|which)\s+)?(?:i|we)\s+(?:{ADVERB}\s+|{AUX}\s+)*(?:took|made|shot|photographed|snapped|captured|have|had
    |saved|sent|posted|shared|printed|scanned)
    |(?:(?:that|which)\s+)?(?:i|we)\s+(?:took|made|got|shot)\s+(?:an?\s+)?{PHOTOS}(?:\s+of)?
    |(?:(?:that|which|where)\s+)?(?:i|we)\s+(?:all\s+|both\s+)?(?:went|were|stayed|lived|moved|arrived|travell?ed|visited
    |spent|saw|met|had|did)(?:\s+(?:to|at|in))?|we
    |(?:but|and|because)\s+(?:i|we)\s+(?:\w+\s+){{0,2}}(?:can't|cannot|don't|couldn't|need|want|lost|forgot|think|know|have|am).*)$""",
    re.IGNORECASE | re.VERBOSE,
)
WHERE_IT_WENT = re.compile(
    r"\bwhere\s+(?:did|has|have)\b([^.;!?]*\S)\s+(?:go|gone|disappear(?:ed)?|vanish(?:ed)?|end(?:ed)?\s+up)(?:\s+to)?"
    r"(?=\s*(?:$|[.;!?]))",
    re.IGNORECASE,
)
# That nobody knows when it was, before what may be a date all the same.
WHEN_UNKNOWN = re.compile(
    rf"""(?<![\w'])(?:(?:i|we)\s+(?:am\s+)?|i'm\s+)?(?:idk|dunno|not\s+(?:\w+\s+)?sure|no\s+(?:idea|clue)
    |(?:don't|do\s+not|can't|cannot|no\s+longer)\s+(?:\w+\s+)?(?:know|remember|recall)|forgot|forget)\s+(?:exactly\s+)?(?:when|(?:what|which)\s+year)
    (?:\s+exactly)?(?=\s*(?:$|[,.;!?){GAP}]|(?:but|maybe|perhaps|probably|possibly)\b))""",
    re.IGNORECASE | re.VERBOSE,
)
FOR_WHAT = re.compile(rf"\s+for\s+{PURPOSE}\b.*$", re.IGNORECASE)
ON_IT = re.compile(r"\s+(?:on|in)\s+it(?=$|\s+(?:who|which)\b)", re.IGNORECASE)
SEEING = re.compile(r"\b(?:see|there|it|photo|picture)\b", re.IGNORECASE)
_NO_NOUN = (
    r"taking|takes?|took|looking|at|of|with|in|on|and|or|the|an?|some|for|his|her|their|hanging|holding|full|from|by|are|is|to"
    r"|many|these|those|framed"
)
_NOUNS = rf"(?:(?!(?:any|all|got|have|see|sees|{_NO_NOUN})\b)[\w'-]+\s+){{0,3}}(?!(?:{_NO_NOUN})\b)[\w'-]+"
# What photos are of, before the word for them: "the beach photos", "that pony picture".
PHOTOS_OF = re.compile(
    rf"^(?:(?:that|this|those|these|all|any|some|more)\s+)*((?:(?:the|my|our)\s+)?{_NOUNS})"
    r"(?<!\bgroup)(?<!\bclass)(?<!\bpassport)(?<!\bprofile)"
    r"(?:\s+vid(?:eo)?s?\s+(?:and|or))?\s+(?:[pf]h?oto(?:graph)?|pic(?:ture)?|image"
    r"|snap(?:shot)?)(?:s(?=\s+(?:with|from|showing)\s)|s?$)",
    re.IGNORECASE,
)
_SAYS_NOTHING_TEXT = """
    remember recall recalled know known think thought believe guess suppose forget forgot forgotten memory bits details
    detail name names idea clue sure certain exactly look looked search searched locate seem manage need
    needed want wanted wish love help
    try tried trying lost missing ages hours forever everywhere file files called everybody everyone someone nobody
    somebody anyone really quite very actually basically simple simply probably maybe perhaps possibly later earlier
    sometime sometimes back ago yet still already anyway anyhow though honest least almost nearly about roughly around
    anywhere someplace long recently lately now thing things stuff anything everything kind sort type lot bit way time
    times day days week weeks month months year years ones one close similar okay ok hi hello hey thanks thank
    please sorry um uh hmm hm er well yes yeah no like also course right cheers yep nope cannot either whatever taken
    took made shot pix us again let good great case mind question quick hope many quickly soon fast asap urgently
    tomorrow first last must ought supposed never finds finding found stupid damn pictures photos pics images hundreds
    thousands dozens loads tons plenty lots important urgent necessary take give wait happened happening asked useless
    ridiculous hopeless annoying nonsense instead while other another i'm i've i'd i'll it's that's there's don't can't
    let's what's where's who's said yo bro bruh dude"""
SAYS_NOTHING = STOP_WORDS - {"looking"} | frozenset(_SAYS_NOTHING_TEXT.split())
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")


def weight(clause: str) -> int:
    """Count the words that may say something about a photo."""
    return sum(word.lower() not in SAYS_NOTHING for word in _WORD.findall(clause))

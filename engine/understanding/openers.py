"""What leads up to the description of a photo: "can you find the picture where …"."""

import re

from engine.understanding.speech import (
    ADVERB,
    AUX,
    BE,
    FETCH,
    HEAD,
    IS,
    LEAD,
    LIKE,
    ME,
    PHOTOS,
    PLACE_OF_STORE,
    SEEK,
    SHOWS,
    STANDS,
    THINK,
    WHERE,
    clauses,
)

_AFTER_PHOTOS = (
    r"(?:the|an?|my|our|his|her|their|this|that|these|those|some|i|we|you|he|she|they|it|who|which|what|and|or|but|not|no"
    r"|if|so|to|for|on|off|up|out|is|are|was|were|hung|taken|shot|made|drawn|lie|hang|without|along|like|while|as|than"
    r"|against)"
)
# What a clause may open with, before it says what the photo shows.
OPENERS = (
    *clauses(
        rf"{STANDS}\s*,?\s*{SHOWS}",
        r"(?:please\s+)?(?:(?:can|could|would|will|may|might)\s+(?:you|we|i|u|someone)\s+)"
        r"(?:(?:please|maybe|possibly|kindly|just|try"
        rf"|to|quickly|perhaps|help\s+me|also|possibly|be\s+so\s+kind\s+(?:as\s+)?to)\s+)*{FETCH}(?:\s+(?:me|us))?",
        r"(?:(?:please|kindly|help|just|quick|let's|me|us|to|try|go|desperately|urgently)\s+)*"
        r"(?:find|get\s+(?:me|us)|give\s+(?:me|us)"
        r"|show\s+(?:me|us)|(?:spam|hit|bless|provide|surprise)\s+(?:me|us)\s+with"
        r"|show(?:\s+(?:only|just))?(?!\s+(?:jump|girl|business|room|case|pon|ring|time|off)|\w*ing\b)|fetch|locate"
        r"|seeking"
        r"|pull\s+up|bring\s+up|dig\s+(?:up|out)|search(?:ing)?(?:\s+\w+){0,3}?\s+for|look(?:ing)?(?:\s+everywhere)?\s+for|hunting\s+for"
        r"|in\s+search\s+of|searching"
        r"|trying\s+to\s+(?:find|locate|remember)|list(?=\s+(?:all|my|the))|display|retrieve|let\s+me\s+see|lemme\s+see|gimme|need|want|wanted"
        r"|remember)(?:\s+(?:me|us))?",
        rf"{ME}\s+(?:{ADVERB}\s+|{AUX}\s+)*(?:looking|searching|hunting|after|look|search)"
        r"(?:\s+(?:all\s+over|everywhere|high\s+and\s+low|through\s+\w+\s+\w+|for\s+(?:ages|hours|days|weeks|a\s+while)))*"
        r"\s+for",
        rf"{ME}\s+(?:{ADVERB}\s+|{AUX}\s+)*(?:trying|hoping|try|want|wanted|need|needed|wish|like|love|going|dying|have"
        rf"|able|supposed|want\s+you|need\s+you|managed)\s+to\s+(?:be\s+able\s+to\s+)?{SEEK}(?:\s+(?:me|us|again))?",
        rf"{ME}\s+(?:{ADVERB}\s+|{AUX}\s+)*(?:want|wanted|need|needed|search|seek|would\s+(?:like|love)|(?<='d\s)(?:like|love)|after)(?=\s+(?:{HEAD}|an?|the"
        rf"|some|any|all|my|our|that|this|two|three|four|\w+'?s|(?:\w+\s+){{1,2}}{PHOTOS})\b)"
        rf"|{ME}\s+(?:said|meant|typed|asked\s+for)"
        rf"|(?:i|we)\s+(?:{ADVERB}\s+|{AUX}\s+)*(?:want|need)(?!\s+(?:to|it|you|them|him|her|this|that|help|something|anything)\b)"
        r"|(?:(?:i|we)\s+(?:once\s+)?(?:photographed|snapped)|saw)(?=\s+(?:an?|the|my|our|some|this|that|two|three|\w+'s)\b)",
        rf"{ME}\s+(?:{ADVERB}\s+|{AUX}\s+)*(?:know|think|believe|sure)\s+(?:that\s+)?(?:i|we)\s+(?:{ADVERB}\s+)*"
        r"(?:have|had|took|got)"
        r"(?=\s+(?:an?|the|my|our|some|this|that|two|three|\w+'s)\b)",
        r"(?:(?:my|our)\s+\w+|mum|mom|dad|grand(?:ma|pa))\s+(?:has\s+|just\s+)?asked\s+(?:(?:me|us|you)\s+)?for",
        rf"(?:{ME}\s+)?(?:(?:can't|cannot|can\s+not|couldn't|could\s+not|never|don't|didn't|can\s+no\s+longer|no\s+longer)\s+)"
        rf"(?:{ADVERB}\s+|seem\s+to\s+|manage\s+to\s+)*(?:find|locate|see|get)",
        rf"(?:{ME}\s+)?(?:{ADVERB}\s+|{AUX}\s+)*(?:lost|misplaced|deleted|missing)(?=\s+{HEAD})",
        rf"{ME}\s+(?:{ADVERB}\s+|{AUX}\s+)*{THINK}(?:\s+(?:that|of|about|how|for\s+sure))?",
        rf"{ME}\s+(?:{ADVERB}\s+|{AUX}\s+)*(?:have|had|took|got|made|saw|kept)(?=\s+(?:{HEAD})\b)",
        rf"{ME}\s+(?:{ADVERB}\s+|{AUX}\s+)*(?:have|had|got|took|made|saved|kept)\s+(?:one|it|this|that)(?:\s+(?:that|which"
        r"|where|of|with|somewhere))?",
        r"(?:i|we)\s+(?:\w+\s+){0,2}(?:have|had|got)\s+(?:(?:an?|some|this|the)\s+)?(?:\w+\s+)?(?:memory|memories|recollection|feeling|idea"
        r"|image\s+in\s+my\s+(?:head|mind)|picture\s+in\s+my\s+(?:head|mind))\s+(?:of|that)",
        r"(?:i|we)\b[^,]*\b(?:saw|noticed|spotted|came\s+across|stumbled\s+(?:up)?on)",
        r"(?:do|did|don't|would|have)\s+(?:you|we|i)\s+(?:(?:still|happen\s+to|perhaps|by\s+any\s+chance)\s+)*"
        r"(?:remember|recall|know|have|got|see|find|think\s+of)(?:\s+(?:got\s+)?one\s+(?:of|with|where))?",
        rf"would\s+(?:you|it|anyone|someone)\s+(?:mind|be\s+(?:able|possible|so\s+\w+(?:\s+as)?)(?:\s+for\s+you)?\s+to)"
        rf"\s+(?:showing|finding|getting|sending|{FETCH}|{SEEK})(?:\s+(?:me|us))?",
        rf"it(?:'d|\s+would)\s+be\s+(?:\w+\s+){{1,3}}to\s+{SEEK}(?:\s+(?:me|us|again))?",
        r"(?:let\s+(?:me|us)\s+)?(?:have|take|get)\s+a\s+(?:\w+\s+)?(?:look|peek|glance)\s+at",
        r"(?:where|what|which)(?:\s+(?:tf|the\s+\w+|on\s+earth))?(?:'s|\s+(?:is|are|r|was|were|did))"
        rf"(?=\s+(?:{HEAD}|(?:the|my|our|all|those)\s+(?:\w+\s+){{1,2}}{PHOTOS})\b)"
        r"|where(?:'s|\s+(?:is|are|r))(?=\s+(?:the|my|our|that|those|all)\b)"
        r"|who\s+(?:is|are|was|were)\s+at|when\s+(?:was|were)|(?:is|are|was|were)\s+there(?:\s+also)?"
        r"|(?:have|do)\s+(?:i|we|you)\s+(?:got|have)|(?:(?:you|u|ya)\s+)?got\s+any|(?:what|how)\s+about"
        rf"|(?:(?:would|could|is)\s+there\s+(?:be\s+)?)?any\s+(?:chance|way|hope)\s+(?:of(?:\s+(?:seeing|finding|getting))?|to\s+{SEEK})"
        rf"|(?:which|what)(?:\s+(?:ones?|{PHOTOS}))?\s+did\s+(?:i|we|you)\s+(?:take|make|shoot|get)(?:\s+of)?"
        rf"|did\s+(?:i|we|you|anyone|anybody|somebody|someone)\s+(?:ever\s+)?(?:take|make|get)(?=\s+{HEAD}\b)"
        r"|take\s+me\s+(?:back\s+)?to|(?:remind|tell)\s+me"
        r"|(?:my|our|the)\s+\w+\s+(?:is|was|are|keeps?|has\s+been)\s+(?:asking|begging|nagging|bugging|pestering)\s+(?:me|us)\s+for"
        r"|(?:any(?:thing)?|everything)\s+(?:with|of)"
        rf"|(?:any|every)thing(?=\s+{WHERE}\b)",
        rf"(?:it|this|that)(?:'s|'d)(?:\s+{ADVERB})*(?:\s+{BE})?{LIKE}",
        rf"(?:it|this|that|the\s+{PHOTOS})(?:\s+{ADVERB})*\s+{IS}(?:\s+{ADVERB})*{LIKE}",
        r"(?:that\s+|which\s+|it\s+)?(?:goes|went|looks|looked)\s+(?:something\s+|a\s+bit\s+|kind\s+of\s+)?like",
        r"there(?:'s|\s+(?:is|was|has\s+to\s+be))\s+one\s+(?:with|where|of)",
        r"(?:(?:that|the|our|my|a|an)\s+)?(?:\w+\s+)?(?:trip|holidays?|vacation|weekend|visit|outing|tour|journey)"
        r"(?=\s+(?:where|when)\s+(?:i|we)\b)",
        rf"(?:in|on)\s+(?:the|which|what)\s+{PHOTOS}\s+(?:there\s+)?(?:is|are|was|were)",
        r"go(?:\s+back)?\s+and(?=\s+(?:show|find|get))",
        r"(?:i|we)\s+(?:was|were)(?=\s+(?:in|at|on|by|near|under|inside|outside)\b)",
        r"just|always(?=\s+(?:the|an?|my|our|those|these)\b)"
        r"|only(?:\s+(?:when|where|if)|(?!\s+(?:one|two|three|child|in|on|at|with|half)\b))",
        r"(?:(?:ok(?:ay)?|um+|uh+|hey|hi|hello|well|yeah)\s+)+(?:so|then|now|and|like)",
        r"there(?:'s|\s+(?:is|was|are|were|(?:has|ought|used|needs)\s+to\s+be|(?:should|must|might|may|could|will)\s+(?:be|have\s+been)))",
        rf"(?:(?:where|in\s+which|on\s+it|in\s+it)\s+)?(?:you|we|i|one)\s+(?:(?:can|could|might|would|should|must)\s+)?"
        rf"(?:{ADVERB}\s+)*sees?|what\s+you\s+(?:can\s+)?see\s+is",
        rf"(?:all|what|the\s+(?:only\s+)?(?:thing|one|{PHOTOS}))\s+(?:that\s+)?{ME}\s+(?:{ADVERB}\s+|{AUX}\s+)*(?:looking\s+for"
        r"|remember|want|need|know|recall|after|searching\s+for|think\s+of|have\s+in\s+mind|mean)(?:\s+(?:of\s+it|about\s+it))?"
        r"\s+(?:is|was)(?:\s+that)?",
        rf"what\s+{ME}\s+(?:(?:most|dearly|especially)\s+|{ADVERB}\s+|{AUX}\s+)*(?:like|love|want|hope)"
        rf"(?:\s+to\s+{SEEK})?(?:\s+again)?"
        r"\s+(?:is|was)",
        r"(?:something|anything|somewhat)\s+(?:like|with|along\s+the\s+lines\s+of|similar\s+to|of)",
        rf"{PLACE_OF_STORE}(?=\s+(?:there|i|we|is|are)\b)|somewhere(?=\s+there\b)",
        r"(?:hi|hello|hey|hiya|yo|bro|bruh|dude|mate|ugh+|argh+|oh|dear\s+\w+|good\s+(?:morning|evening|afternoon|day)|ok(?:ay)?|so|um+|well|please|thanks|sorry)"
        r"(?:\s+(?:there|so|all|everyone|please|then))*(?=\s+(?:i|i'm|i'd|can|could|please|we|do|is|there|where|where's|what|gimme|lemme|need|find|show"
        r"|the|any|all|my|our|a|an|it|it's|so|maybe|that)\b)",
        r"(?:whether|if)\s+(?:you|we|i|there)\s+(?:can|could|might|would|have|has|is|are|was)(?:\s+(?:please|perhaps|maybe))*"
        rf"(?:\s+{FETCH})?(?:\s+(?:me|us))?",
        rf"{ME}\s+(?:{ADVERB}\s+|{AUX}\s+)*(?:wondering|wonder|curious)\s+(?:whether|if)\s+(?:you|we|i|there)"
        rf"(?:\s+(?:can|could|might|would|have|has|is|are|was))?(?:\s+{FETCH})?(?:\s+(?:me|us))?",
    ),
    *clauses(rf"{STANDS}", end=rf"\s+(?={WHERE}\b)"),
    # What is typed short: "pics beach".
    *clauses(rf"(?:{PHOTOS}(?<=s))", end=rf"\s+(?!(?:{WHERE}|{SHOWS}|{_AFTER_PHOTOS}|\w+ing|\w+ed)\b)(?=\S)"),
)
# What only the first words of a description follow.
BARE_SHOWS = re.compile(
    rf"^{LEAD}(?!(?:shows?|has|have|had|when|including|about|features?|contains?|includes?|is|are|was|were)\s)"
    rf"{SHOWS}\s+(?=\S)",
    re.IGNORECASE,
)
# A clause that is nothing but a photo, or what one is wanted for.
HEADS = clauses(rf"{STANDS}(?:\s+{PLACE_OF_STORE})*(?:\s+for\s+.*|\s+to\s+.*)?", rf"{PLACE_OF_STORE}", end=r"$")
# A photo in the middle of a story, and what it shows.
INNER_HEAD = re.compile(rf"(?<!their )(?<!his )(?<!her )\b{STANDS}\s+{SHOWS}\s+(?=\S)", re.IGNORECASE)
PHOTO_FIRST = re.compile(rf"^{LEAD}{STANDS}\s+(?={WHERE}\b)", re.IGNORECASE)
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
    r"(?:(?:me|us|that|of)\s+)?(?!(?:has|have|had|shows?|showed|is|was|it|them|this|when|where|who|how|if|whether|what"
    r"|which|exactly|anything|much|more|why|for|the\s+(?:exact\s+)?(?:date|year|day|month|details?))\b)(?=\S)",
    re.IGNORECASE,
)

"""Words that say nothing about what is in a photo."""

_WORDS = """
    a about above after again all also am an and any are as at be because been before being below between both but by
    can could did do does doing down during each few for from further get getting got had has have having he her here
    hers him his how i if in into is it its itself just me more most my no nor not now of off on once only or other
    our ours out over own same she should so some such than that the their theirs them then there these they this
    those through to too under until up us very was we were what when where which while who whom why will with would
    you your yours s t d ll m o re ve don didn doesn isn wasn
    find finding image images looking photo photograph photographs photos pic pics picture pictures search show showing
    shows something somewhere someone snapshot"""

STOP_WORDS = frozenset(_WORDS.split())

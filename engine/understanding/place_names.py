"""Other names that people use for the places of the catalog, which are those of GeoNames, mostly in English."""

from collections.abc import Iterator

# One place a line: the names that the catalog may have, then what people also say. Countries, then towns and regions.
_NAMES = """
United States: usa, us, u s, u s a, america, the states, united states of america
United Kingdom: uk, u k, great britain, britain
The Netherlands: netherlands, holland, nederland
United Arab Emirates: uae, emirates
Czechia: czech republic
Russia: russian federation
South Korea: korea, republic of korea
Turkey: türkiye
Ivory Coast: côte d'ivoire
Cabo Verde: cape verde
Myanmar: burma
Eswatini: swaziland
North Macedonia: macedonia
Vatican: vatican city
Macao: macau
Democratic Republic of the Congo: congo, drc
Bosnia and Herzegovina: bosnia
Timor Leste: east timor
Australia: down under, oz
Japan: nippon, land of the rising sun
Greece: hellas
Sweden: sverige
Norway: norge
Denmark: danmark
Finland: suomi
Poland: polska
Hungary: magyarország
Belgium: belgique, belgië
Brazil: brasil
Mexico: méxico
Iceland: ísland
Germany: deutschland, allemagne, alemania
France: frankreich, francia
Austria: österreich, autriche
Switzerland: schweiz, suisse, svizzera, suiza
Italy: italia, italien, italie
Spain: españa, espagne
England: angleterre, inglaterra
Ireland: emerald isle, the emerald isle, republic of ireland, éire
New York City, New York: nyc, new york, big apple, the big apple
New York City: new york city
Los Angeles: la, l a, city of angels
San Francisco: sf, frisco
Washington, Washington, D.C.: washington dc, washington d c, dc
District of Columbia: dc, washington dc
Las Vegas: vegas, sin city
New Orleans: nola
Philadelphia: philly
Munich, München: munich, münchen, monaco di baviera
Köln, Cologne: cologne, köln, koeln
Nürnberg, Nuremberg: nuremberg, nürnberg
Hannover: hanover
Frankfurt am Main: frankfurt
Düsseldorf: duesseldorf
Zürich, Zurich: zurich, zürich, zuerich
Genève, Geneva: geneva, genève, genf
Luzern, Lucerne: lucerne, luzern
Bern: berne
Basel: basle
Vienna, Wien: vienna, wien
Rome, Roma: rome, roma, rom, eternal city, the eternal city
Milan, Milano: milan, milano, mailand
Naples, Napoli: naples, napoli, neapel
Florence, Firenze: florence, firenze, florenz
Venice, Venezia: venice, venezia, venedig, venise
Turin, Torino: turin, torino
Genoa, Genova: genoa, genova
Padova: padua
Siracusa: syracuse
Livorno: leghorn
Sevilla, Seville: seville, sevilla
Zaragoza: saragossa
Palma: palma de mallorca
Donostia / San Sebastián: san sebastian, donostia
Gasteiz / Vitoria: vitoria
Las Palmas de Gran Canaria: las palmas
Lisbon, Lisboa: lisbon, lisboa, lissabon
Porto: oporto
Prague, Praha: prague, praha
Warsaw, Warszawa: warsaw, warszawa
Kraków, Krakow: krakow, cracow
Gdańsk: danzig
Brussels, Bruxelles: brussels, bruxelles, brussel
Antwerpen, Antwerp: antwerp, antwerpen, anvers
Gent, Ghent: ghent, gent
Brugge, Bruges: bruges, brugge
The Hague, Den Haag: the hague, den haag
Copenhagen, København: copenhagen, københavn
Göteborg, Gothenburg: gothenburg, göteborg
Athens, Athina: athens
Thessaloníki: thessaloniki, salonica
Moscow, Moskva: moscow, moskva
Saint Petersburg: st petersburg, st. petersburg
Kyiv, Kiev: kyiv, kiev
Istanbul: constantinople
İzmir: izmir, smyrna
Mumbai: bombay
Kolkata: calcutta
Chennai: madras
Bengaluru: bangalore
Delhi, New Delhi: delhi
Ho Chi Minh City: saigon
Beijing: peking
Hong Kong: hk
Xi’an: xian
Yangon: rangoon
Kuala Lumpur: kl
Makkah: mecca
Mexico City: ciudad de méxico, cdmx
Montréal, Montreal: montreal
Québec, Quebec: quebec, quebec city
Rio de Janeiro: rio
São Paulo: sao paulo
Marseille: marseilles
Lyon: lyons
Nice: nizza
Brittany: bretagne
Normandy: normandie
Bavaria: bayern
Saxony: sachsen
Hesse: hessen
Tuscany: toscana
Sicily: sicilia
Sardinia: sardegna
Lombardy: lombardia
Apulia: puglia
Provence-Alpes-Côte d'Azur: provence, french riviera, côte d'azur
Catalonia: catalunya
Andalusia: andalucía
Balearic Islands: balearics, baleares
Canary Islands: canaries
Tyrol: tirol
Carinthia: kärnten
Styria: steiermark
Baden-Wurttemberg: baden-württemberg
State of Berlin: berlin
City state Bremen: bremen
California: cali
Paris: parigi, city of light, the city of light, city of lights
London: the big smoke, londres, londra
Tokyo: tokio
Chicago: windy city, the windy city
Barcelona: barça
"""

# Names that are also words of everyday English: places only where they are written as names.
_WORDS_TOO_TEXT = """
    bar bath battle best ball bend boulder buffalo cork deal dish eye ferry forest hell hope hot hyde jersey lake
    lend male man march mobile nice of orange pie police port reading ripple sandwich sale split spa surprise sun
    thermal tours troy van wells wood worth young date fort bridge street beach mountain park rugby hull stone rye
    rom banks bow crew friend love joy moss rock salt silver sugar summit union university"""
WORDS_TOO = frozenset(_WORDS_TOO_TEXT.split())
# Names that people have too, or things: places only after "in", "at" and the like.
_NAMES_TOO_TEXT = """
    adelaide alexandria austin brooklyn carolina chad charlotte chelsea china christchurch dallas eugene florence
    georgia houston israel jackson jordan kingston lincoln madison marina nancy orlando phoenix regina santiago
    savannah sydney turkey valencia verona victoria vienna virginia washington wellington wendover kent lima sofia
    tyrol salvador derby chester jasper lorraine rita geneva"""
NAMES_TOO = frozenset(_NAMES_TOO_TEXT.split())


def other_names() -> Iterator[tuple[str, str]]:
    """Yield (what people say, name in the catalog), as they are written."""
    for line in _NAMES.strip().splitlines():
        names, _, said = line.partition(": ")
        for name in names.split(", "):
            yield from ((other, name) for other in said.split(", "))

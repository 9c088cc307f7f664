"""Names of places that laws are made for: enough to tell under which of them a job can be done."""

EU = frozenset([
    "AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU", "IE", "IT", "LV",
    "LT", "LU", "MT", "NL", "PL", "PT", "RO", "SK", "SI", "ES", "SE",
])  # fmt: skip

COUNTRIES = {
    "AT": "Austria", "AU": "Australia", "BE": "Belgium", "BG": "Bulgaria", "BR": "Brazil",
    "CA": "Canada", "CH": "Switzerland", "CN": "China", "CY": "Cyprus", "CZ": "Czechia",
    "DE": "Germany", "DK": "Denmark", "EE": "Estonia", "ES": "Spain", "FI": "Finland",
    "FR": "France", "GB": "United Kingdom", "GR": "Greece", "HR": "Croatia", "HU": "Hungary",
    "IE": "Ireland", "IL": "Israel", "IN": "India", "IS": "Iceland", "IT": "Italy", "JP": "Japan",
    "KR": "South Korea", "LT": "Lithuania", "LU": "Luxembourg", "LV": "Latvia", "MT": "Malta",
    "MX": "Mexico", "NL": "Netherlands", "NO": "Norway", "NZ": "New Zealand", "PH": "Philippines",
    "PL": "Poland", "PT": "Portugal", "RO": "Romania", "RS": "Serbia", "SE": "Sweden",
    "SG": "Singapore", "SI": "Slovenia", "SK": "Slovakia", "TR": "Türkiye", "UA": "Ukraine",
    "US": "United States", "ZA": "South Africa",
}  # fmt: skip
ALSO_COUNTRIES = {
    "usa": "US", "u.s.": "US", "u.s.a.": "US", "united states of america": "US", "uk": "GB",
    "u.k.": "GB", "great britain": "GB", "england": "GB", "scotland": "GB", "wales": "GB",
    "northern ireland": "GB", "deutschland": "DE", "schweiz": "CH", "suisse": "CH",
    "österreich": "AT", "españa": "ES", "italia": "IT", "polska": "PL", "nederland": "NL",
    "the netherlands": "NL", "holland": "NL", "belgique": "BE", "belgië": "BE", "danmark": "DK",
    "norge": "NO", "sverige": "SE", "suomi": "FI", "czech republic": "CZ", "méxico": "MX",
    "brasil": "BR", "turkey": "TR", "korea": "KR", "éire": "IE", "republic of ireland": "IE",
    "eu": "EU", "european union": "EU",
}  # fmt: skip

REGIONS = {
    "US": {
        "AL": "Alabama", "AK": "Alaska", "AZ": "Arizona", "AR": "Arkansas", "CA": "California",
        "CO": "Colorado", "CT": "Connecticut", "DE": "Delaware", "DC": "District of Columbia",
        "FL": "Florida", "GA": "Georgia", "HI": "Hawaii", "ID": "Idaho", "IL": "Illinois",
        "IN": "Indiana", "IA": "Iowa", "KS": "Kansas", "KY": "Kentucky", "LA": "Louisiana",
        "ME": "Maine", "MD": "Maryland", "MA": "Massachusetts", "MI": "Michigan",
        "MN": "Minnesota", "MS": "Mississippi", "MO": "Missouri", "MT": "Montana",
        "NE": "Nebraska", "NV": "Nevada", "NH": "New Hampshire", "NJ": "New Jersey",
        "NM": "New Mexico", "NY": "New York", "NC": "North Carolina", "ND": "North Dakota",
        "OH": "Ohio", "OK": "Oklahoma", "OR": "Oregon", "PA": "Pennsylvania",
        "PR": "Puerto Rico", "RI": "Rhode Island", "SC": "South Carolina", "SD": "South Dakota",
        "TN": "Tennessee", "TX": "Texas", "UT": "Utah", "VT": "Vermont", "VA": "Virginia",
        "WA": "Washington", "WV": "West Virginia", "WI": "Wisconsin", "WY": "Wyoming",
    },
    "CA": {
        "AB": "Alberta", "BC": "British Columbia", "MB": "Manitoba", "NB": "New Brunswick",
        "NL": "Newfoundland and Labrador", "NS": "Nova Scotia", "NT": "Northwest Territories",
        "NU": "Nunavut", "ON": "Ontario", "PE": "Prince Edward Island", "QC": "Quebec",
        "SK": "Saskatchewan", "YT": "Yukon",
    },
}  # fmt: skip
ALSO_REGIONS = {
    "washington state": ("US", "WA"),
    "new york state": ("US", "NY"),
    "state of new york": ("US", "NY"),
    "d.c.": ("US", "DC"),
    "québec": ("CA", "QC"),
    "pei": ("CA", "PE"),
    "p.e.i.": ("CA", "PE"),
    "b.c.": ("CA", "BC"),
}

# Cities that need no state beside them to be known; `NYC` and the like are at the end.
_CITIES = {
    ("US", "CA"): "San Francisco|Los Angeles|San Diego|San Jose|Oakland|Sacramento|Palo Alto"
    "|Mountain View|Sunnyvale|Menlo Park|Santa Clara|Cupertino|Berkeley|Irvine|Redwood City"
    "|San Mateo|South San Francisco|Fremont|Santa Monica|Long Beach",
    ("US", "CO"): "Denver|Boulder|Colorado Springs|Fort Collins",
    ("US", "WA"): "Seattle|Redmond|Bellevue|Tacoma|Spokane|Kirkland",
    (
        "US",
        "NY",
    ): "New York City|NYC|Brooklyn|Manhattan|Queens|Bronx|The Bronx|Staten Island|Buffalo",
    ("US", "IL"): "Chicago",
    ("US", "MN"): "Minneapolis|Saint Paul|St. Paul",
    ("US", "MA"): "Boston",
    ("US", "MD"): "Baltimore|Bethesda",
    ("US", "NJ"): "Newark|Jersey City|Hoboken",
    ("US", "HI"): "Honolulu",
    ("US", "DC"): "Washington D.C.|Washington DC",
    ("US", "CT"): "Hartford|New Haven",
    ("US", "NV"): "Las Vegas|Reno",
    ("US", "OH"): "Cincinnati|Toledo|Cleveland",
    ("US", "TX"): "Austin|Dallas|Houston|San Antonio",
    ("US", "GA"): "Atlanta",
    ("US", "PA"): "Philadelphia|Pittsburgh",
    ("US", "FL"): "Miami|Orlando|Tampa",
    ("US", "UT"): "Salt Lake City",
    ("US", "AZ"): "Phoenix",
    ("US", "TN"): "Nashville",
    ("US", "MI"): "Detroit",
    ("CA", "ON"): "Toronto|Ottawa|Mississauga",
    ("CA", "BC"): "Vancouver|Burnaby",
    ("CA", "PE"): "Charlottetown",
    ("CA", "QC"): "Montreal|Montréal",
    ("CA", "AB"): "Calgary|Edmonton",
    ("DE", ""): "Berlin|Munich|München|Hamburg|Cologne|Köln|Frankfurt|Stuttgart|Leipzig",
    ("FR", ""): "Paris|Lyon|Marseille|Toulouse|Nantes|Lille",
    ("NL", ""): "Amsterdam|Rotterdam|The Hague|Utrecht|Eindhoven",
    ("ES", ""): "Madrid|Barcelona|Valencia|Sevilla|Málaga",
    ("IT", ""): "Rome|Roma|Milan|Milano|Turin|Torino",
    ("AT", ""): "Vienna|Wien|Graz|Linz|Salzburg",
    ("PL", ""): "Warsaw|Warszawa|Kraków|Krakow|Wrocław|Wroclaw|Gdańsk|Gdansk|Poznań",
    ("PT", ""): "Lisbon|Lisboa|Porto",
    ("IE", ""): "Dublin|Cork|Galway",
    ("BE", ""): "Brussels|Bruxelles|Antwerp|Antwerpen|Ghent",
    ("SE", ""): "Stockholm|Gothenburg|Göteborg|Malmö",
    ("DK", ""): "Copenhagen|København|Aarhus",
    ("FI", ""): "Helsinki|Espoo",
    ("CZ", ""): "Prague|Praha|Brno",
    ("HU", ""): "Budapest",
    ("RO", ""): "Bucharest|București",
    ("GR", ""): "Athens|Thessaloniki",
    ("LT", ""): "Vilnius|Kaunas",
    ("LV", ""): "Riga",
    ("EE", ""): "Tallinn",
    ("BG", ""): "Sofia",
    ("HR", ""): "Zagreb",
    ("SK", ""): "Bratislava",
    ("SI", ""): "Ljubljana",
    ("GB", ""): "London|Manchester|Edinburgh|Glasgow|Bristol|Leeds",
    ("CH", ""): "Zurich|Zürich|Geneva|Genève|Basel|Lausanne",
    ("NO", ""): "Oslo|Bergen",
    ("IN", ""): "Bangalore|Bengaluru|Hyderabad|Mumbai|Delhi|Pune|Chennai",
    ("SG", ""): "Singapore",
    ("JP", ""): "Tokyo|Osaka",
    ("AU", ""): "Sydney|Melbourne|Brisbane",
}
CITIES = {city.casefold(): where for where, cities in _CITIES.items() for city in cities.split("|")}

# One city under several names, and the parts that belong to it.
SAME_CITY = {
    "new york": "new york", "new york city": "new york", "nyc": "new york",
    "manhattan": "new york", "brooklyn": "new york", "queens": "new york", "bronx": "new york",
    "the bronx": "new york", "staten island": "new york", "washington d.c.": "washington",
    "washington dc": "washington", "münchen": "munich", "köln": "cologne", "wien": "vienna",
    "zürich": "zurich", "genève": "geneva", "montréal": "montreal", "st. paul": "saint paul",
}  # fmt: skip
METROS = {
    "bay area": ("CA", (
        "san francisco", "oakland", "berkeley", "san jose", "palo alto", "mountain view",
        "sunnyvale", "menlo park", "santa clara", "cupertino", "redwood city", "san mateo",
        "south san francisco", "fremont", "hayward", "san rafael", "walnut creek", "burlingame",
    )),
    "silicon valley": ("CA", (
        "san jose", "palo alto", "mountain view", "sunnyvale", "menlo park", "santa clara",
        "cupertino",
    )),
    "new york city": ("NY", ("new york",)),
    "nyc": ("NY", ("new york",)),
    "seattle": ("WA", ("seattle", "redmond", "bellevue", "kirkland", "tacoma")),
    "denver": ("CO", ("denver", "boulder", "aurora", "lakewood", "littleton")),
}  # fmt: skip

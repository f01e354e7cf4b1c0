"""The words of the invented people: names, the owner's reason wordings, what leavers write in two languages."""

GERMAN_COUNTRIES = ("DE", "AT", "CH")
COUNTRIES = {"DE": 38, "AT": 8, "CH": 6, "GB": 22, "IE": 4, "US": 14, "NL": 5, "CA": 3}
SOURCES = {"organic": 30, "newsletter": 26, "podcast": 16, "partner": 12, "ads": 16}
PROMOTION_SOURCES = {"organic": 12, "newsletter": 16, "podcast": 6, "partner": 10, "ads": 56}

GERMAN_FIRST = (
    "Anna Jürgen Sabine Thomas Käthe Lukas Björn Renate Ulrike Martin Sören Gisela Heike Jörg Monika Petra Günter Elke "
    "Wolfgang Birgit Andrea Felix Hannelore Ingrid Karin Matthias Nadine Ralf Silke Stefan Ursula Verena Zoë Mia Emil "
    "Rosemarie Dörte Götz"
).split()
GERMAN_LAST = (
    "Müller Schäfer Koch Weiß Schröder Krüger Lange Böhm Vogt Jäger Köhler Brandt Groß Fuchs Häusler Lindner Möller "
    "Ziegler Huber Gruber Steiner Wagner Bühler Frei Kühn Peters Roth Sommer Thiel Ulrich Voß Winkler Zöllner Baumann "
    "Dietrich Engel Früh Hartmann Kaiser Löwe"
).split()
ENGLISH_FIRST = (
    "Margaret Alice Brian Colin Daphne Edward Fiona George Hazel Imogen Janet Keith Laura Maureen Nigel Olive Patricia "
    "Quentin Rosalind Stephen Tessa Una Vincent Wendy Yvonne Zachary Siobhán Chloë Renée Isla Ruth Harvey Judith Owen "
    "Philippa Gwen Dennis Carol"
).split()
ENGLISH_LAST = (
    "Ashworth Bell Carter Dawson Ellis Fletcher Gibbs Hargreaves Ingram Jessop Kirby Lomax Marsh Norris Oakley Pearson "
    "Quayle Rowe Sutton Thorne Underhill Vickers Whitfield Yates Byrne O'Neill Murphy Brontë Walsh Baker Hughes Lloyd "
    "Morgan Price Reid Stewart Turner Webb Young Holt"
).split()
PLAIN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ë": "e", "é": "e", "á": "a", "'": None})

# reason: (first wording, wording after the survey was reworked)
WORDINGS = {
    "price": ("It is too expensive for me",) * 2,
    "not_using": ("I don't use it enough", "I can't find the time to paint"),
    "content": ("The lessons are not what I hoped for",) * 2,
    "missing_topic": ("A topic or technique is missing",) * 2,
    "difficulty": ("The lessons are too hard or too easy",) * 2,
    "switched": ("I found another course or teacher",) * 2,
    "service": ("I was not happy with the help I got",) * 2,
    "finished": ("I have learned what I wanted to learn",) * 2,
    "break": ("I only need a break",) * 2,
    "life_change": ("Something changed in my life",) * 2,
    "other": ("Something else",) * 2,
}
REASON_WEIGHTS = {
    "price": 18, "not_using": 26, "content": 10, "missing_topic": 8, "difficulty": 5, "switched": 7,
    "service": 5, "finished": 6, "break": 7, "life_change": 6, "other": 2,
}  # fmt: skip
JUNK = ("x", ".", "n/a", "-", "asdf", "k.A.", "none", "nix", "a", "...")

TEACHERS = ("Marjorie", "Tomás", "Ms Okafor", "Mr Petersen", "Ines", "Geraldine")
TOPICS = {
    "en": ("portraits", "night skies", "gouache", "urban sketching", "loose florals", "harbours and boats"),
    "de": ("Porträtmalerei", "Wolken", "Gouache", "Urban Sketching", "Tiermalerei", "Kalligrafie"),
}
# numbers that the regulators of both countries keep free for films
PHONES = {
    "en": ("01632 960113", "+44 1632 960874", "020 7946 0331"),
    "de": ("030 23125014", "0152 28817386", "089 99998017"),
}

COMMENTS = {
    "en": {
        "price": (
            "I loved the classes, I simply can't justify the cost any longer.",
            "My electricity bill decided this for me, not your lessons.",
            "Too dear for the one evening a week I manage.",
            "Money is tight this year. Sorry to go.",
            "A small pension and many subscriptions, something had to give.",
        ),
        "price_rise": (
            "Five euros more a month may not sound like much, but on a pension it is.",
            "The price went up and nothing new came with it.",
            "I would have stayed at the old price. Loyalty should count for something!",
            "A quarter more from one month to the next? No.",
        ),
        "not_using": (
            "I haven't opened the app since spring, so it makes no sense to keep paying.",
            "My brushes have been dry for three months.",
            "Work swallowed my evenings and the lessons pile up.",
            "I kept telling myself I'd start again on Sunday. I never did.",
            "Lovely site, but I feel guilty every time I see the charge.",
            "I paint in the garden now and forget about the screen.",
        ),
        "content": (
            "The newer lessons feel rushed compared with the ones from {teacher}.",
            "Too much talking, not enough painting.",
            "I have seen the same wash exercise four times now.",
            "The videos are pretty, but I did not learn anything after the first month.",
            "The live sessions got shorter and shorter.",
            "I expected feedback on my own paintings.",
        ),
        "missing_topic": (
            "I joined for {topic} and there is still only one lesson on it.",
            "Please offer something on {topic}. I asked twice.",
            "Nothing on {topic}, which is what I paint.",
            "More for left-handers would have kept me.",
            "There is no course for people who already sell their work.",
            "I missed a proper series on {topic}, from start to finish.",
        ),
        "difficulty": (
            "As a complete beginner I was lost by week two.",
            "After twenty years of painting the exercises were too easy for me.",
            "{teacher} is wonderful, but goes far too fast for my hands.",
            "I needed someone to tell me where to begin.",
            "The jump from the beginners' course to the next one is huge.",
            "Too many materials I have never heard of.",
        ),
        "switched": (
            "A friend runs a class in our village hall and I go there now.",
            "I found a cheaper course that sends the paper as well.",
            "I have moved to a local painting group. Real people, real tea.",
            "I am taking lessons from one teacher only now, she lives next door.",
            "Another school offers feedback by video and that is what I need.",
            "I now follow free videos. They are good enough for me.",
        ),
        "service": (
            "Nobody could tell me why I could not log in.",
            "{teacher} was kind, the office was not.",
            "My question about the invoice was answered with a standard text.",
            "I would have liked a person to talk to.",
        ),
        "slow_reply": (
            "I wrote three times before anybody answered.",
            "Nobody ever replied to my question about the invoice.",
            "It took you nine days to answer. NINE DAYS.",
            "I felt like a nuisance for asking.",
            "If this is how you treat members I shall say so in a review.",
            "I had to ask again and again until the charge was stopped.",
        ),
        "finished": (
            "I got what I came for: I can paint my harbour now. Thank you!",
            "I have done every course on the list, some of them twice.",
            "My exhibition is over, and you helped me get there.",
            "All the lessons I wanted are finished. A happy goodbye.",
            "I only wanted to learn {topic}, and I did.",
            "Job done. Tell {teacher} I send my love.",
        ),
        "break": (
            "Just a summer break, I will be back when the evenings get dark.",
            "I need a rest from screens for a while.",
            "Taking a few months off. Please don't forget me.",
            "Back in winter, I think.",
            "We are travelling until autumn and I travel light.",
            "A pause would have been enough, but I could not find the button.",
        ),
        "life_change": (
            "A new baby in the house. Painting has to wait.",
            "My husband is ill and I have no head for it at the moment.",
            "We are moving, and my painting room is full of boxes.",
            "I broke my wrist. It will take months.",
            "I have started a new job with long shifts.",
            "My mother needs me every day now.",
        ),
        "other": (
            "Nothing to do with you. All the best.",
            "My daughter gave me this as a present and it ran out.",
            "I could not make it work on my old tablet.",
            "I signed up twice by mistake.",
            "Personal reasons, thank you for understanding.",
            "I would rather have a book.",
        ),
    },
    "de": {
        "price": (
            "Die Kurse sind schön, aber ich kann mir das nicht mehr leisten.",
            "Bei den Heizkosten muss ich leider irgendwo sparen.",
            "Für einen Abend in der Woche ist es mir zu teuer.",
            "Dieses Jahr ist das Geld knapp. Es tut mir leid.",
            "Kleine Rente und zu viele Abos, irgendwo muss ich kürzen.",
        ),
        "price_rise": (
            "Fünf Euro mehr im Monat sind für eine Rentnerin viel Geld.",
            "Der Preis ist gestiegen, das Angebot nicht.",
            "Zum alten Preis wäre ich geblieben. Schade, dass Treue nichts zählt!",
            "Ein Viertel mehr von einem Monat auf den anderen? Nein.",
        ),
        "not_using": (
            "Ich habe seit dem Frühjahr keine Lektion mehr angesehen.",
            "Meine Pinsel sind seit drei Monaten trocken.",
            "Abends bin ich nach der Arbeit einfach zu müde.",
            "Jeden Sonntag wollte ich wieder anfangen, und dann kam etwas dazwischen.",
            "Eine schöne Seite, aber ich zahle nur noch aus schlechtem Gewissen.",
            "Ich male jetzt draußen und vergesse den Bildschirm.",
        ),
        "content": (
            "Die neuen Lektionen wirken lieblos im Vergleich zu denen von {teacher}.",
            "Es wird zu viel geredet und zu wenig gemalt.",
            "Die gleiche Lasurübung kam jetzt zum vierten Mal.",
            "Schöne Videos, aber nach dem ersten Monat habe ich nichts mehr gelernt.",
            "Die Livestunden werden immer kürzer.",
            "Ich hatte Rückmeldungen zu meinen eigenen Bildern erwartet.",
        ),
        "missing_topic": (
            "Ich bin wegen {topic} gekommen, und dazu gibt es nur eine einzige Lektion.",
            "Bitte bietet etwas zu {topic} an. Ich habe zweimal gefragt.",
            "Zu {topic} gibt es nichts, und genau das male ich.",
            "Für Linkshänder fehlt leider alles.",
            "Es gibt keinen Kurs für Leute, die ihre Bilder schon verkaufen.",
            "Mir fehlt eine richtige Reihe über {topic}, von Anfang bis Ende.",
        ),
        "difficulty": (
            "Als Anfängerin war ich nach zwei Wochen verloren.",
            "Nach zwanzig Jahren Malen waren mir die Übungen zu leicht.",
            "{teacher} ist wunderbar, aber viel zu schnell für meine Hände.",
            "Mir hat jemand gefehlt, der sagt, womit ich anfangen soll.",
            "Der Sprung vom Anfängerkurs zum nächsten ist riesig.",
            "Zu viele Materialien, von denen ich nie gehört habe.",
        ),
        "switched": (
            "Bei uns im Dorf gibt es jetzt einen Malkreis, da gehe ich hin.",
            "Ich habe einen günstigeren Kurs gefunden, der auch das Papier schickt.",
            "Ich male jetzt in einer Gruppe vor Ort. Echte Menschen, echter Kaffee.",
            "Ich nehme Unterricht bei einer Malerin in der Nachbarschaft.",
            "Eine andere Schule gibt Rückmeldung per Video, das brauche ich.",
            "Die kostenlosen Videos im Netz reichen mir inzwischen.",
        ),
        "service": (
            "Niemand konnte mir sagen, warum ich mich nicht anmelden kann.",
            "{teacher} war freundlich, das Büro leider nicht.",
            "Auf meine Frage zur Rechnung kam nur ein Textbaustein.",
            "Ich hätte gern mit einem Menschen gesprochen.",
        ),
        "slow_reply": (
            "Ich musste dreimal schreiben, bis überhaupt jemand antwortete.",
            "Auf meine Frage zur Rechnung kam nie eine Antwort.",
            "Neun Tage bis zur ersten Antwort. NEUN!",
            "Ich kam mir vor wie eine Bittstellerin.",
            "Wenn Sie so mit Mitgliedern umgehen, schreibe ich das in eine Bewertung.",
            "Erst nach mehrfachem Nachfragen wurde die Abbuchung gestoppt. Unverschämt.",
        ),
        "finished": (
            "Ich kann jetzt, was ich lernen wollte: meinen Hafen malen. Danke!",
            "Ich habe alle Kurse durch, manche sogar zweimal.",
            "Meine Ausstellung ist vorbei, und Sie haben mir dabei geholfen.",
            "Alle Lektionen, die ich wollte, sind fertig. Ein fröhlicher Abschied.",
            "Ich wollte nur {topic} lernen, und das hat geklappt.",
            "Ziel erreicht. Grüßen Sie {teacher} von mir.",
        ),
        "break": (
            "Nur eine Sommerpause, im Herbst komme ich wieder.",
            "Ich brauche eine Weile Ruhe vom Bildschirm.",
            "Ein paar Monate Auszeit. Bitte vergesst mich nicht.",
            "Im Winter bin ich wohl wieder da.",
            "Wir sind bis Oktober mit dem Wohnmobil unterwegs.",
            "Eine Pause hätte gereicht, aber ich habe den Knopf nicht gefunden.",
        ),
        "life_change": (
            "Wir haben Nachwuchs, das Malen muss warten.",
            "Mein Mann ist krank, mir fehlt gerade der Kopf dafür.",
            "Wir ziehen um, und mein Malzimmer steht voller Kisten.",
            "Ich habe mir das Handgelenk gebrochen. Das dauert Monate.",
            "Neue Arbeit, lange Schichten, keine Zeit.",
            "Meine Mutter braucht mich jetzt jeden Tag.",
        ),
        "other": (
            "Das hat nichts mit Ihnen zu tun. Alles Gute!",
            "Es war ein Geschenk meiner Tochter und ist ausgelaufen.",
            "Auf meinem alten Tablet lief es nicht.",
            "Ich hatte mich aus Versehen doppelt angemeldet.",
            "Persönliche Gründe, danke für Ihr Verständnis.",
            "Ein Buch ist mir lieber.",
        ),
    },
}
OPENERS = {
    "en": ("", "", "", "", "Hello. ", "Dear team! ", "To be honest: ", "Hi {teacher}! ", "Well. "),
    "de": ("", "", "", "", "Hallo! ", "Liebes Team! ", "Ehrlich gesagt: ", "Liebe Malfreunde! ", "Nun ja. "),
}
CLOSERS = {
    "en": ("", "", "", "", "", " Thank you for everything.", " Kind regards, {first}", " Perhaps we'll meet again.",
           " Please call me on {phone}.", " My name is {name}, in case you need it.", " Very disappointed.", " :-("),
    "de": ("", "", "", "", "", " Danke für alles.", " Viele Grüße, {first}", " Vielleicht sieht man sich wieder.",
           " Rufen Sie mich gern an: {phone}.", " Mein Name ist {name}, falls Sie ihn brauchen.", " Sehr enttäuscht.",
           " :-("),
}  # fmt: skip

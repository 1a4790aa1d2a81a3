"""What points at one person: the name of a column, a Belgian national number, an e-mail address."""

from __future__ import annotations

import re
import unicodedata

# Anywhere in a name written without spaces, accents and capitals.
_ANYWHERE = (
    *("rijksregister", "registrenational", "numeronational", "nationalnumber", "nationaalnummer"),
    *("nationalregister", "bisnummer", "numerobis", "socialsecuritynumber", "securitesociale"),
    *("prenom", "voornaam", "firstname", "lastname", "surname", "familienaam", "achternaam", "nomdefamille"),
    *("datedenaissance", "datenaiss", "datnaiss", "geboortedat", "birthdate", "birthday", "dateofbirth"),
    *("idperson", "personid", "idpersoon", "persoonid", "personneid", "persoonsnummer", "numeropersonne"),
    *("idclient", "clientid", "klantid", "klantnummer", "iddemandeur", "idchercheur"),
)
# A word of the name: too short to be looked for inside words.
_WORDS = {"niss", "insz", "inss", "ssin", "nrn", "rrn", "dob"}
# The whole name, apart from words that only say «number of»: NOM_COMMUNE is no person's name.
_WHOLE = {
    *("nom", "naam", "name", "nomprenom", "naamvoornaam", "dossier", "nn"),
    *("email", "emails", "mail", "courriel", "emailadres", "emailaddress", "adresseemail", "adressemail"),
    *("telephone", "tel", "gsm", "phone", "telefoon", "adresse", "adres", "address"),
}
_FILLERS = {
    *("id", "num", "numero", "nr", "no", "n", "nummer", "number", "code", "ref", "reference", "referentie"),
    *("de", "du", "des", "la", "le", "l", "van", "het", "of", "the"),
}
_AFFIX = re.compile(r"^(?:id|num|numero|nr|no|ref)|(?:id|num|numero|nr|no|nummer|number|ref)$")
_ALONE = r"(?<![\w.,]){}(?![\w.,]?\w)"
_ELEVEN = re.compile(_ALONE.format(r"\d{2}[ ./-]?\d{2}[ ./-]?\d{2}[ ./-]?\d{3}[ ./-]?\d{2}"))
_EMAIL = re.compile(r"(?:[^@<>]*<|mailto:)?[^@\s<>,;]+@[^@\s<>,;.]+(?:\.[^@\s<>,;.]+)+>?", re.IGNORECASE)


def names_person(label: str) -> bool:
    """Whether a header announces an identifier of persons, in French, Dutch or English."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", label) if not unicodedata.combining(c))
    words = re.findall(r"[a-z0-9]+", bare.casefold())
    whole = "".join(words)
    if not _WORDS.isdisjoint(words) or any(part in whole for part in _ANYWHERE):
        return True
    rest = "".join(word for word in words if word not in _FILLERS)
    return not _WHOLE.isdisjoint({whole, rest, _AFFIX.sub("", whole)})


def find_numbers(text: str) -> tuple[int, int]:
    """How many numbers of a text have the form of a national number, and how many are valid ones.

    A spreadsheet drops the zeros at the start of a number: a cell of eight to ten digits gets them back.
    """
    if text.isascii() and text.isdigit() and 8 <= len(text) <= 10:
        text = text.zfill(11)
    found = [re.sub(r"\D", "", match) for match in _ELEVEN.findall(text)]
    return len(found), sum(map(is_national_number, found))


def is_national_number(digits: str) -> bool:
    """Whether eleven digits are a valid national or BIS number.

    The last two are 97 less the remainder by 97 of the first nine, with a 2 before them for births from
    2000 on. Month and day may be 0 (unknown); of a BIS number the month is raised by 20 or 40. Sources: royal
    decrees of 3 April 1984 (as changed on 25 November 1997) and 8 February 1991.
    """
    radical, check = digits[:9], int(digits[9:])
    month, day = int(digits[2:4]), int(digits[4:6])
    dated = month < 60 and month % 20 <= 12 and day <= 31
    return dated and check in {97 - int(radical) % 97, 97 - int(f"2{radical}") % 97}


def is_email(text: str) -> bool:
    """Whether a text is an e-mail address and nothing else (a name may stand before it)."""
    return "@" in text and _EMAIL.fullmatch(text) is not None

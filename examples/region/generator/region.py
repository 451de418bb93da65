"""What all förvaltningar of the region share: its name, its goals, its people."""

NAME = "Region Sjömark"
TOWN = "Sjöstad"
ORDER = ("rk", "hsf", "psy", "hab", "ftv", "ktf", "ruf", "kul", "fhs", "fast", "srv", "dig")

# Målområden of the regionplan, each with fullmäktige's goal.
AREAS = {
    1: ("Trygga och nöjda invånare", "Invånarna har förtroende för regionens verksamheter"),
    2: ("En livskraftig region", "Länet utvecklas hållbart, i stad och på landsbygd"),
    3: ("En effektiv verksamhet av god kvalitet", "Verksamheterna håller god kvalitet och är tillgängliga"),
    4: ("Stolta och engagerade medarbetare", "Medarbetarna stannar och utvecklas i regionen"),
    5: ("En stark och uthållig ekonomi", "Regionen når det resultat som fullmäktige har fastställt"),
}

FIRST = ("Agneta", "Anders", "Birgitta", "Carina", "Dragan", "Elin", "Erik", "Fatima", "Gunilla",
         "Hanna", "Henrik", "Ingela", "Jonas", "Karin", "Lars", "Leila", "Magnus", "Malin", "Mats",
         "Nils", "Olof", "Petra", "Rolf", "Sara", "Sofia", "Tomas", "Ulrika", "Yusuf")
LAST = ("Almgren", "Bergkvist", "Dahlin", "Ekdahl", "Fjellström", "Granlund", "Hedman", "Isaksson",
        "Jansson", "Kallin", "Lindroth", "Molander", "Nordvall", "Ottosson", "Palmborg", "Rosén",
        "Sandell", "Tornberg", "Uddén", "Viklund", "Wallander", "Åkesson", "Östling")


def person(chance):
    return f"{chance.choose(FIRST)} {chance.choose(LAST)}"

"""Makes a förvaltningsplan out of a förvaltning's content and figures."""

from chance import Chance, share
from content import thousands, value
from figures import KEYS, YEARS, tenths
from region import AREAS, NAME, TOWN, person
from yamltext import Plain, Raw, Text

HEADINGS = {"utfall": "Utfall 2024", "föregående": "Budget 2025", "belopp": "Budget 2026",
            "år2": "Plan 2027", "år3": "Plan 2028"}
WHEN = ("2026", "2026–2027", "2026–2028", "Q1 2026", "Q2 2026", "Q3 2026", "Hösten 2026", "Löpande")


def mnkr(amount):
    """2143 tenths as in running text: 214,3."""
    return f"{amount // 10:,}".replace(",", "\u00a0") + f",{amount % 10}"


class Plan:
    """One plan; `parts` gives its file part by part. `revised` makes its second edition."""

    HEADS = ("Utfall 2024", "Prognos 2025", "Plan 2026", "Plan 2027")     # of a unit's measures

    def __init__(self, content, figures, seed, revised=False):
        self.content, self.figures, self.revised = content, figures, revised
        self.chance = Chance(seed, f"{content['kort']} plan")
        self.roles = [role.partition(" / ")[::2] for role in content["roller"].split(" · ")]
        self.people = [person(self.chance) for _ in range(3)]
        self.assignments = self._choose()
        self.columns = {2: KEYS[1:3], 3: KEYS[:3], 5: KEYS}[int(content.get("budgetår", "2"))]

    def _choose(self):
        """The assignments by målområde, with their ids; some of the content's own are left out."""
        every = self.content.all("uppdrag")
        kept = self.chance.some(every, max(6, len(every) - 2))
        if self.revised:
            kept = every
        found, count = {}, {"F": 0, "N": 0}
        for section in every:
            origin, area = section.words
            count[origin] += 1
            if section not in kept:
                continue
            number = 10 * (self.content.order + 1) + count["F"]
            name = f"RF26-{number}" if origin == "F" else f"{self.content['kort']}26-{count['N']}"
            found.setdefault(int(area), []).append((name, origin, section))
        return dict(sorted(found.items()))

    def parts(self):
        content = self.content
        sections = [
            ("Dokumentet", self.front()),
            ("Grunduppdrag", self.mission()),
            ("Mål och uppdrag", self.goals()),
            ("Indikatorer", self.indicators()),
            ("Plan för genomförande", self.actions()),
            ("Ekonomi", self.economy()),
            ("Avsnitt som mallen inte har", self.own()),
            ("Intern kontroll", self.control()),
            ("Beslut och underskrifter", self.decision()),
            ("Bilagor", self.appendices()),
        ]
        if "ordning" in content.facts:
            names = [Raw(name) for name in content["ordning"].split(" ")]
            sections[0][1]["ordning"] = names
        return [(title, keys) for title, keys in sections if keys]

    # --- The first page and what the förvaltning is for ----------------------------------------

    def front(self):
        content, figures = self.content, self.figures
        count = sum(len(found) for found in self.assignments.values())
        return {
            "mall": "forvaltningsplan",
            "inkludera": [Raw("regionen.yaml"), Raw("planperiod.yaml")],
            "förvaltning": {"namn": content["namn"], "kort": content["kort"]},
            "dokumentnummer": Plain(str(61200 + 7 * content.order)),
            "utgåva": Plain("2" if self.revised else "1"),
            "diarienummer": f"RSM 2025/{410 + 13 * content.order}",
            "utfärdad-av": content["chef"],
            "godkänd-av": content["nämnd"],
            "ingress": Text(content.text("ingress")),
            "nyckeltal": [
                {"värde": tenths(figures.frame[2026]), "enhet": "mnkr",
                 "text": f"Ram 2026, jämfört med {mnkr(figures.frame[2025])} mnkr 2025"},
                {"värde": figures.staff_sum[2026], "enhet": "årsarbetare",
                 "text": f"Planerat 2026, {thousands(figures.staff_sum[2025])} året före"},
                {"värde": count, "enhet": "uppdrag", "text": "Från fullmäktige och nämnd"},
                {"värde": tenths(figures.investment_sum), "enhet": "mnkr", "text": "Investeringar 2026"}],
        }

    def mission(self):
        content, figures = self.content, self.figures
        mission = {"text": Text(content.text("grunduppdrag"))}
        parts = [{"rubrik": section.words[0], "text": Text(section.text)}
                 for section in content.all("avsnitt")]
        if parts:
            mission["underavsnitt"] = parts
        if content.get("schema") != "nej":
            units = [{"enhet": words[0], "belopp": tenths(share)}
                     for words, share in zip(figures.units, figures.shares[2026])]
            mission["organisation"] = {
                "text": Text(content.text("organisation")),
                "figurtext": "Organisation, med ram 2026 för varje verksamhet",
                "chef": {"enhet": content["chef"], "text": "Förvaltningschef"},
                "stab": units[-1:], "enheter": units[:-1]}
        return {"grunduppdrag": mission}

    # --- Goals, assignments, indicators, actions ------------------------------------------------

    def goals(self):
        areas = []
        board = {section.words[0]: section for section in self.content.all("mål")}
        for number, (name, goal) in AREAS.items():
            if str(number) not in board and number not in self.assignments:
                continue
            area = {"nr": number, "namn": name}
            if str(number) in board:
                section = board[str(number)]
                aim = {"fullmäktige": goal, "styrelse": section.text.split("\n")[0]}
                aim["indikatorer"] = [row[0] for row in section.rows]
                area["mål"] = [aim]
            area["uppdrag"] = [
                {"id": Raw(name), "fullmäktige" if origin == "F" else "styrelse": Text(section.text)}
                for name, origin, section in self.assignments.get(number, [])]
            if not area["uppdrag"]:
                del area["uppdrag"]
            areas.append(area)
        result = {"mål-och-uppdrag": {
            "inledning": Text(self.content.text("målinledning")),
            "kolumner": {"styrelse": self.content["nämnd"]}, "målområden": areas}}
        old = self.content.rows("pågående")
        if old:
            result["pågående-uppdrag"] = {
                "inledning": Text("Uppdragen är från tidigare planer och redovisas tills de är avslutade."),
                "uppdrag": [{"id": Raw(row[0]), "läge": row[1], "fullmäktige": row[2]} for row in old]}
        return result

    def indicators(self):
        areas = []
        for section in self.content.all("mål"):
            rows = []
            for name, target, now, when in section.rows:
                rows.append({"indikator": name, "målvärde": value(target), "nuläge": value(now),
                             "redovisas": when})
            areas.append({"namn": AREAS[int(section.words[0])][0],
                          "mål": [{"mål": section.text.split("\n")[0], "indikatorer": rows}]})
        areas[-1]["noter"] = [{"text": "M månad · D delårsrapport · Å årsredovisning"}]
        return {"indikatorer": {"kolumner": {"målvärde": "Målvärde 2026", "nuläge": "Nuläge 2025"},
                                "inledning": Text(self.content.text("indikatorinledning")),
                                "målområden": areas}}

    def owner(self, text, otherwise=None):
        """Who is responsible: the role one of whose words stands in the text, else the chief."""
        for role, words in self.roles[1:]:
            if any(word in text.lower() for word in words.split(",")):
                return role.split(" ", 1)[0]
        return otherwise or self.roles[0][0].split(" ", 1)[0]

    def action(self, name, written):
        """One line of the content, `Rubrik: text // del // del`."""
        first, *rest = [part.strip() for part in written.split(" // ")]
        title, _, text = first.partition(": ")
        action = {"uppdrag": Raw(name), "rubrik": title, "åtgärd": text,
                  "tidplan": Plain(self.chance.choose(WHEN)), "ansvarig": self.owner(f"{title}: {text}")}
        parts = []
        for k, part in enumerate(rest):
            own = {"text": part}
            if self.chance.between(0, 2) > 0:
                own["tidplan"] = Plain(self.chance.choose(WHEN[3:]))
                own["ansvarig"] = self.owner(part, action["ansvarig"])
            if self.content.get("delmärken") == "ja":
                own = {"märke": f"{'abcdef'[k]})", **own}
            parts.append(own)
        if parts:
            action["delar"] = parts
        return action

    def actions(self):
        groups = []
        for number, found in self.assignments.items():
            groups.append({"nr": Plain(str(number)), "namn": AREAS[number][0], "åtgärder": [
                self.action(name, line) for name, _, section in found for line in section.actions]})
        return {"genomförande": {
            "inledning": Text(self.content.text("genomförande")), "grupper": groups,
            "noter": [{"text": " · ".join(role for role, _ in self.roles)}]}}

    # --- Money and people -------------------------------------------------------------------------

    def economy(self):
        content, figures = self.content, self.figures
        money = {"ersättningar": {
            "text": Text(content.text("ersättning")),
            "ramar": [{"år": Plain(str(year)), "belopp": tenths(figures.frame[year])}
                      for year in YEARS[2:]],
            "fördelning": {
                "text": Text(content.text("fördelning")),
                "kolumner": {"föregående": "Ram 2025", "belopp": "Ram 2026"},
                "rader": [{"enhet": words[0], "föregående": tenths(before), "belopp": tenths(now)}
                          for words, before, now in zip(figures.units, figures.shares[2025],
                                                        figures.shares[2026])],
                "summa": {"namn": f"Summa {content['kort']}",
                          "föregående": tenths(figures.frame[2025]),
                          "belopp": tenths(figures.frame[2026])}},
            "ramförändring": {
                "kolumner": {"belopp": Plain("2026")},
                "rader": [{"post": text, "belopp": tenths(amount)} for text, amount in figures.changes],
                "summa": {"namn": "Summa", "belopp": tenths(figures.frame[2026] - figures.frame[2025])}}}}
        sold = content.all("priser")
        if sold:
            money["intäktsfinansierat"] = self.prices(sold[0])
        if content.text("resultatreglering"):
            money["resultatreglering"] = {"text": Text(content.text("resultatreglering"))}
        money["investeringar"] = {
            "text": Text(content.text("investeringar")),
            "kolumner": {"investering": "Större investeringar{*}"},
            "rader": [{"investering": row[0], "art": row[1], "orsak": row[2], "belopp": tenths(amount),
                       "effekt": row[4]} for row, amount in figures.investments],
            "summa": {"belopp": tenths(figures.investment_sum)},
            "noter": [{"märke": "*", "text": "Över 0,3 mnkr; mindre inköp ryms i driftbudgeten."}]}
        money["budget"] = self.budget()
        return money

    def prices(self, section):
        """What the förvaltning sells to others: in the plan, or in a CSV file beside it."""
        head = {"text": Text(section.text)}
        if section.words[0].endswith(".csv"):
            return {**head, "rader": Raw(f"!csv {section.words[0]}"), "summa": {}}
        rows = price_rows(section, self.figures)
        return {**head, "rader": rows, "summa": {}}

    def budget(self):
        figures = self.figures
        years = [(key, YEARS[KEYS.index(key)]) for key in self.columns]

        def posts(rows):
            return [{"post": text, **{key: row[year] for key, year in years}}
                    for text, row in rows.items()]
        return {
            "text": Text(self.content.text("budget")),
            "enhet": "Belopp i tkr", "kolumner": {key: HEADINGS[key] for key in self.columns},
            "grupper": [
                {"poster": posts(figures.incomes),
                 "summa": {"namn": "Intäkter", **{key: figures.income[year] for key, year in years}}},
                {"poster": posts(figures.costs),
                 "summa": {"namn": "Kostnader", **{key: figures.cost[year] for key, year in years}}}],
            "resultat": {"namn": "Resultat", **{key: figures.result[year] for key, year in years}}}

    def staff(self):
        """Two tables of the same people, by profession and by unit."""
        figures = self.figures
        years = YEARS[1:]

        def table(title, name, first, rows):
            lines = [[row, *(found[year] for year in years)] for row, found in rows.items()]
            lines.append({"summa": ["Summa", *(figures.staff_sum[year] for year in years)]})
            return {"rubrik": title, "id": Raw(name), "enhet": "Årsarbetare", "stil": "dense",
                    "kolumner": [{"rubrik": first, "bredd": Raw("1fr"), "nyckel": True}]
                    + [{"rubrik": Plain(str(year)), "bredd": 22, "justering": "decimal"}
                       for year in years],
                    "rader": lines}
        return {"rubrik": "Bemanning och kompetens", "id": Raw("bemanning"),
                "text": Text(self.content.text("bemanning")),
                "tabeller": [
                    table("Årsarbetare per yrkesgrupp", "yrkesgrupper", "Yrkesgrupp", figures.staff),
                    table("Årsarbetare per verksamhet", "enheter", "Verksamhet", figures.unit_staff)]}

    # --- Sections of its own ----------------------------------------------------------------------

    def unit(self, section):
        """What one of the units does, and its measures."""
        words = section.words
        found = {"rubrik": words[0], "text": Text(section.text)}
        measures = self.figures.measures(section)
        if measures:
            years = YEARS[:4]
            staff = self.figures.unit_staff[words[0]]
            found["tabell"] = {
                "rubrik": f"{words[0]} i tal", "stil": "dense",
                "kolumner": [{"rubrik": "Mått", "bredd": Raw("1fr"), "nyckel": True}]
                + [{"rubrik": head, "bredd": 24, "justering": "decimal"}
                   for head in self.HEADS],
                "rader": [[name, *(row[year] for year in years)] for name, row in measures]
                + [["Årsarbetare", *(staff[year] for year in years)]]}
        return found

    def units(self):
        found = [self.unit(section) for section in self.content.all("enhet")]
        if self.content.get("enhetssidor") == "ja":
            for unit in found:
                self.in_full(unit)
            del found[0]["ny-sida"]
        return found

    def in_full(self, unit):
        """A page of its own for a unit, with its staff and costs by kind."""
        years, name = (2025, 2026), unit["rubrik"]
        tables = [unit.pop("tabell")]
        for title, kind, of, measure in (
                ("bemanning", "Yrkesgrupp", self.figures.unit_professions, "Årsarbetare"),
                ("kostnader", "Kostnadsslag", self.figures.unit_costs, "Belopp i tkr")):
            found = [of[year][name] for year in years]
            rows = [[row, *(year[row] for year in found)] for row in found[0]
                    if any(year[row] for year in found)]
            rows.append({"summa": ["Summa", *(sum(year.values()) for year in found)]})
            tables.append({"rubrik": f"{name}, {title}", "enhet": measure, "stil": "dense",
                           "kolumner": [{"rubrik": kind, "bredd": Raw("1fr"), "nyckel": True},
                                        {"rubrik": "Budget 2025", "bredd": 30, "justering": "decimal"},
                                        {"rubrik": "Budget 2026", "bredd": 30, "justering": "decimal"}],
                           "rader": rows})
        unit["tabeller"] = tables
        unit["ny-sida"] = True

    def deep(self, where):
        """The content's own sections that belong after `where`, tables in them included."""
        found = []
        for section in self.content.all("fördjupning"):
            if section.words[0] != where:
                continue
            own = {"rubrik": section.words[1], "text": Text(section.text)}
            if section.rows:
                own["tabell"] = table_of(section)
            found.append(own)
        return found

    def own(self):
        places = []
        if self.content.get("enheter", "avsnitt") == "avsnitt":
            places.append({"efter": "genomförande", "innehåll": [{
                "rubrik": "Verksamheternas planer", "id": Raw("verksamheter"),
                "text": Text(self.content.text("verksamheter")), "underavsnitt": self.units()}]})
        money = [self.staff(), *self.deep("ekonomi")]
        for where in ("grunduppdrag", "mål-och-uppdrag", "intern-kontroll"):
            found = self.deep(where)
            if found:
                places.append({"efter": where, "innehåll": found})
        return {"egna-avsnitt": [*places, {"efter": "ekonomi", "innehåll": money}]}

    def control(self):
        content = self.content
        form = content.get("riskform", "båda")
        control = {"inledning": Text(content.text("kontroll"))}
        if content.get("liggande-risk") == "ja":
            control["liggande"] = True
        if form != "risker":
            control["kontrollområden"] = [
                {"område": row[0], "mål": row[1], "moment": row[2], "bedömning": row[3]}
                for row in content.rows("kontroll")]
        if form != "ord":
            if content.get("riskmatris", "ja") == "ja":
                control["riskmatris"] = True
            every = content.rows("risker")
            kept = every if self.revised else self.chance.some(every, max(5, len(every) - 1))
            control["risker"] = [
                {"risk": row[0], "granskning": row[1], "regelverk": row[2], "S": int(row[4][0]),
                 "K": int(row[4][2]), "värde": int(row[4][0]) * int(row[4][2]), "metod": row[3]}
                for row in kept]
        return {"intern-kontroll": control}

    def decision(self):
        content = self.content
        day = self.chance.between(10, 28)
        decided = Raw(f"2025-11-{day:02}")
        result = {
            "intern-referens": {"beslutad-av": content["nämnd"].lower(), "datum": decided,
                                "paragraf": Plain(str(self.chance.between(96, 188)))},
            "underskrifter": {"parter": [
                {"namn": NAME, "ort": TOWN, "datum": decided, "person": self.people[0],
                 "befattning": f"Ordförande i {content['nämnd'].lower()}"},
                {"namn": content["namn"], "ort": TOWN, "datum": decided, "person": self.people[1],
                 "befattning": content["chef"]}]},
            "dokumenthistorik": {"utgåvor": [
                {"utgåva": Plain("1"), "datum": Raw("2026-01-01"), "ändring": "Ny planperiod 2026–2028.",
                 "beslutad-av": f"{content['nämnd']} {decided}"}]}}
        if self.revised:
            result["dokumenthistorik"]["utgåvor"].insert(
                0, {"utgåva": Plain("2"), "datum": Raw("2026-05-01"), "ändring": "Reviderad budget.",
                    "beslutad-av": f"{content['nämnd']} 2026-04-21"})
        return result

    def crossing(self):
        """A landscape appendix: the staff by unit and profession; its sums are those of both tables."""
        figures = self.figures
        kinds = list(figures.staff)
        table = figures.unit_professions[2026]
        columns = [{"rubrik": "Verksamhet", "bredd": Raw("1fr"), "nyckel": True}]
        columns += [{"rubrik": head, "bredd": Raw("innehåll"), "justering": "decimal"}
                    for head in (*kinds, "Summa")]
        rows = [[name, *row.values(), sum(row.values())] for name, row in table.items()]
        total = [figures.staff[kind][2026] for kind in kinds]
        rows.append({"summa": ["Summa", *total, sum(total)]})
        return {"rubrik": "Bemanning per verksamhet och yrkesgrupp", "liggande": True,
                "text": "Tabellen delar upp årsarbetarna i avsnittet [Bemanning och kompetens](#bemanning) "
                        "på verksamheter.",
                "innehåll": [{"tabell": {"rubrik": "Planerade årsarbetare 2026", "enhet": "Årsarbetare",
                                         "stil": "wide", "kolumner": columns, "rader": rows}}]}

    def appendices(self):
        content, found = self.content, []
        if content.get("enheter", "avsnitt") != "avsnitt":
            appendix = {"rubrik": "Verksamheternas planer", "text": Text(content.text("verksamheter")),
                        "innehåll": self.units()}
            if content["enheter"] == "liggande":
                appendix["liggande"] = True
            found.append(appendix)
        if content.get("enhetssidor") == "ja":
            found.append(self.crossing())
        for section in content.all("bilaga"):
            appendix = {"rubrik": section.words[0], "text": Text(section.text)}
            if section.rows:
                appendix["innehåll"] = [{"tabell": table_of(section)}]
            if "liggande" in section.words:
                appendix["liggande"] = True
            found.append(appendix)
        return {"bilagor": found} if found else None


def price_rows(section, figures):
    """The services of a section `priser`; their incomes are those of the budget's sales."""
    weights = [int(row[1]) for row in section.rows]
    total = figures.incomes[section.words[1]][2026]
    rows = []
    for row, amount in zip(section.rows, share(total // 100, weights)):
        percent = figures.chance.between(15, 34)
        rows.append({"verksamhet": row[0], "prisförändring-procent": tenths(percent),
                     "prisförändring": tenths(amount * percent // 1000),
                     "volymförändring": tenths(figures.chance.between(-9, 14) * amount // 1000),
                     "intäkt": tenths(amount)})
    return rows


def table_of(section):
    """A table of the content's own: first row heads, then rows; `=` before a row makes it the sum,
    `-` a group, and ∑ in the sum row adds up its column."""
    heads, *rows = section.rows
    columns = [{"rubrik": heads[0], "bredd": Raw("1fr"), "nyckel": True}]
    numbers = [all(not isinstance(value(row[k]), str) for row in rows
                   if not row[0].startswith(("=", "-")) and k < len(row)) for k in range(len(heads))]
    for head, number in list(zip(heads, numbers))[1:]:
        column = {"rubrik": Plain(head) if head.isdigit() else head,
                  "bredd": 26 if number else Raw("1fr")}
        if number:
            column["justering"] = "decimal"
        columns.append(column)
    lines = []
    for row in rows:
        if row[0].startswith("- "):
            lines.append({"grupp": row[0][2:]})
        elif row[0].startswith("= "):
            plain = [r for r in rows if not r[0].startswith(("= ", "- "))]
            sums = [column_sum(plain, k) if cell == "∑" else cell
                    for k, cell in enumerate(row)][1:]
            lines.append({"summa": [row[0][2:], *sums]})
        else:
            lines.append([row[0], *(value(cell) if number else scalar_text(cell)
                                    for cell, number in list(zip(row, numbers))[1:])])
    title = section.words[-1]
    return {"rubrik": title, "id": Raw(title.lower().replace(" ", "-").replace(",", "")),
            "kolumner": columns, "rader": lines}


def scalar_text(cell):
    """A year, or another number that is a name, in a column of words."""
    return Plain(cell) if cell.isdigit() else cell


def column_sum(rows, k):
    cells = [value(row[k]) for row in rows]
    if all(isinstance(cell, int) for cell in cells):
        return sum(cells)
    total = sum(round(cell * 10) for cell in cells)
    return tenths(total)

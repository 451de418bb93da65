"""Makes a verksamhetsplan: perspectives, budget, appendices and a balanced scorecard."""

from chance import share
from content import thousands
from figures import KEYS, YEARS, tenths
from plan import Plan, mnkr
from region import TOWN
from yamltext import Plain, Raw, Text

SHORT = {"utfall": "Utfall 2024", "föregående": "Prognos 2025", "belopp": "Budget 2026",
         "år2": "Plan 2027", "år3": "Plan 2028"}
AREAS = {"invånare": "Invånare", "medarbetare": "Medarbetare", "ekonomi": "Ekonomi",
         "förtroende": "Förtroende, rykte"}


class OperationsPlan(Plan):
    def parts(self):
        content = self.content
        return [
            ("Dokumentet", self.front()),
            ("Inledning och förutsättningar", {
                "inledning": {"rubrik": f"Verksamhetsplan 2026 för {content['namn']}",
                              "text": Text(content.text("grunduppdrag"))},
                "allmänt": {
                    "text": Text(content.text("allmänt")),
                    "underavsnitt": [{"rubrik": section.words[0], "text": Text(section.text)}
                                     for section in content.all("avsnitt")],
                    "tillägg": [{"rubrik": "Verksamheterna",
                                 "text": "Beloppen i planen avser hela förvaltningen.",
                                 "underavsnitt": self.units()}]}}),
            ("Styrkortets perspektiv", {"perspektiv": self.perspectives()}),
            ("Budget och investeringar", {"budget": self.budget(),
                                          "investeringsbudget": self.investments()}),
            ("Intern kontroll", self.control()),
            ("Utblick och underskrift", {
                "utblick": {"text": Text(content.text("utblick"))},
                "undertecknande": {"part": content["namn"], "ort": TOWN,
                                   "datum": Raw(f"2025-11-{self.chance.between(10, 28):02}"),
                                   "person": self.people[1], "befattning": content["chef"]}}),
            ("Bilagor", self.appendices()),
            ("Balanserat styrkort", {"styrkort": self.scorecard()})]

    def front(self):
        content, figures = self.content, self.figures
        return {
            "mall": "verksamhetsplan", "inkludera": Raw("regionen.yaml"),
            "titel": "Verksamhetsplan med budget", "period": Plain("2026"),
            "förvaltning": {"namn": content["namn"], "kort": content["kort"]},
            "status": "fastställd", "datum": Raw("2025-12-02"),
            "diarienummer": f"RSM 2025/{410 + 13 * content.order}",
            "ingress": Text(content.text("ingress")),
            "nyckeltal": [
                {"värde": tenths(figures.income[2026] // 100), "enhet": "mnkr",
                 "text": f"Omsättning 2026, varav {mnkr(figures.frame[2026])} mnkr regionersättning"},
                {"värde": figures.staff_sum[2026], "enhet": "årsarbetare",
                 "text": f"Planerat 2026, {thousands(figures.staff_sum[2025])} året före"},
                {"värde": tenths(figures.investment_sum), "enhet": "mnkr", "text": "Investeringar 2026"}]}

    def perspectives(self):
        found = []
        for section in self.content.all("perspektiv"):
            found.append({"rubrik": section.words[0], "inriktningsmål": section.words[1],
                          "beskrivning": Text(section.text)})
        found[1]["tillägg"] = [self.staff_tables()]
        found[-1]["ekonomi"] = True
        return found

    def staff_tables(self):
        tables = self.staff()
        del tables["text"]
        return tables

    def investments(self):
        """This year's investments are those of the plan; the years after have other totals."""
        rows, sums = [], {"belopp": 0, "år2": 0, "år3": 0}
        totals = [self.figures.investment_sum * 100 * self.chance.between(80, 115) // 100
                  for _ in range(2)]
        later = [share(total, [amount for _, amount in self.figures.investments]) for total in totals]
        for k, (row, amount) in enumerate(self.figures.investments):
            found = {"belopp": amount * 100, "år2": later[0][k], "år3": later[1][k]}
            rows.append({"verksamhet": row[0], **found})
            sums = {key: sums[key] + found[key] for key in sums}
        return {"text": Text(self.content.text("investeringar")),
                "kolumner": {"verksamhet": "Investering", "belopp": "Budget 2026",
                             "år2": "Plan 2027", "år3": "Plan 2028"},
                "rader": rows, "summa": {"namn": "Totalt", **sums}}

    def appendices(self):
        content, found = self.content, {}
        if content.all("lokalarea"):
            found["lokalarea"] = {"nummer": Plain("1"), **self.premises()}
        found["nyckeltalsbilagor"] = [{"nummer": Plain(str(len(found) + 1)), **self.ratios()}]
        found["kompetensförsörjningsplan"] = {"text": Text(content.text("kompetens"))}
        found["riskanalys"] = {"nummer": Plain(str(len(found))), **self.risks()}
        return found

    def premises(self):
        rows, sums = [], {key: 0 for key in KEYS}
        for name, measured in self.figures.measures(self.content.all("lokalarea")[0]):
            row = {key: measured[year] for key, year in zip(KEYS, YEARS)}
            sums = {key: sums[key] + row[key] for key in KEYS}
            rows.append({"område": name, **row})
        return {"förvaltning": self.content["namn"],
                "tabellrubrik": "Egna och inhyrda lokaler", "kolumner": SHORT, "rader": rows,
                "summa": {"namn": "Summa", **sums}}

    def ratios(self):
        """Key figures, worked out from the budget and the staff of each year."""
        figures = self.figures
        staff = next(iter(figures.costs))

        def row(name, of, **more):
            return {"nyckeltal": name, **more,
                    **{key: of(year) for key, year in zip(KEYS, YEARS)}}
        return {
            "förvaltning": self.content["namn"],
            "text": "Nyckeltalen räknas fram ur underlaget sist i tabellen.", "kolumner": SHORT,
            "rader": [
                row("Intäktsfinansieringsgrad, %{1)}",
                    lambda y: tenths((figures.income[y] - figures.frame[y] * 100) * 1000
                                     // -figures.cost[y]), procent=True),
                row("Personalkostnadens andel, %",
                    lambda y: tenths(figures.costs[staff][y] * 1000 // figures.cost[y]), procent=True),
                row("Kostnad per årsarbetare, tkr",
                    lambda y: -figures.costs[staff][y] // figures.staff_sum[y])],
            "underlag": {"namn": "Underlag", "rader": [
                row("Intäkter, tkr", lambda y: figures.income[y]),
                row("Kostnader, tkr", lambda y: figures.cost[y]),
                row("Årsarbetare", lambda y: figures.staff_sum[y])]},
            "noter": [{"märke": "1)", "text": "Intäkter utom regionersättning, delade med kostnaderna."}]}

    def risks(self):
        rows = []
        for nr, cells in enumerate(self.content.rows("riskanalys"), 1):
            effect, impact, chance = cells[6].split(" ")
            rows.append({
                "nr": nr, "benämning": cells[0], "beskrivning": cells[1], "kategori": cells[2],
                "påverkar": [Raw(word) for word in cells[3].split(" ")], "åtgärder-i-dag": cells[4],
                "styrdokument": cells[5], "effektivitet": Raw(effect), "påverkan": Raw(impact),
                "sannolikhet": Raw(chance), "åtgärd": cells[7], "ansvarig": cells[8],
                "status": cells[9]})
        return {"rubrik": "Riskanalys inför 2026",
                "förvaltning": self.content["namn"],
                "områden": [{"ord": Raw(word), "namn": name} for word, name in AREAS.items()],
                "risker": rows,
                "noter": [{"text": "Röd hög, gul medel, grön låg. Effektivitet gäller åtgärderna i dag."}]}

    def scorecard(self):
        content = self.content
        found = []
        for section in content.all("styrmål"):
            goals = []
            for cells in section.rows:
                measure = {"mått": cells[1], "källa": cells[2], "jämförelsetal": str(cells[3]),
                           "målnivå": str(cells[4]), "uppföljning": cells[5].split(", ")}
                if goals and goals[-1]["mål"] == cells[0]:
                    goals[-1]["mått"].append(measure)
                else:
                    goals.append({"mål": cells[0], "mått": [measure]})
            found.append({"rubrik": section.words[0], "text": Text(section.text), "mål": goals})
        return {"period": Plain("2026"), "enhet": content["namn"],
                "rubrik": f"Balanserat styrkort 2026 för {content['namn']}",
                "inledning": "Styrkortet följer regionplanens perspektiv. Varje mål har minst ett mått.",
                "inriktningsmål": [{"perspektiv": section.words[0], "mål": section.words[1]}
                                   for section in content.all("perspektiv")],
                "kolumner": {"jämförelsetal": "Nuläge 2025", "målnivå": "Målnivå 2026"},
                "perspektiv": found}

"""Makes a delårsrapport per August: eight months of outcome, and a forecast for the year."""

from chance import Chance, share
from figures import tenths
from plan import Plan, mnkr
from yamltext import Plain, Raw, Text

MONTHS = ("januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september",
          "oktober", "november", "december")
PARTS = ("utfall", "budget", "utfall-fg", "prognos", "budget-helår", "bokslut-fg")


class Report(Plan):
    HEADS = ("Utfall 2024", "Utfall 2025", "Prognos 2026", "Plan 2027")

    def __init__(self, content, figures, seed, revised=False):
        super().__init__(content, figures, seed, revised)
        self.chance = Chance(seed, f"{content['kort']} report")
        self.incomes = self.accounts(figures.incomes, 1)
        self.costs = self.accounts(figures.costs, -1)
        self.sums = [{part: sum(row[part] for row in rows.values()) for part in PARTS}
                     for rows in (self.incomes, self.costs)]
        self.result = {part: self.sums[0][part] + self.sums[1][part] for part in PARTS}

    def accounts(self, rows, sign):
        """Tenths of a million by account, with what the figures have for the whole years."""
        found = {}
        wobble = self.chance.between
        totals = [sum(abs(row[year]) for row in rows.values()) // 100 for year in (2025, 2026)]
        whole = [share(total, [abs(row[year]) for row in rows.values()])
                 for total, year in zip(totals, (2025, 2026))]
        if sign < 0:     # the year's budget balances in tenths, too
            whole[1] = share(sum(abs(row[2026]) for row in self.figures.incomes.values()) // 100,
                             [abs(row[2026]) for row in rows.values()])
        for k, name in enumerate(rows):
            before, now = whole[0][k], whole[1][k]
            row = {"budget-helår": now, "bokslut-fg": before * (1000 + wobble(-6, 5)) // 1000,
                   "budget": now * 664 // 1000}
            row["utfall"] = row["budget"] * (1000 + wobble(-18, 14)) // 1000
            row["prognos"] = now * (1000 + wobble(-12, 12)) // 1000
            row["utfall-fg"] = row["bokslut-fg"] * (664 + wobble(-5, 5)) // 1000
            found[name] = {part: sign * row[part] for part in PARTS}
        return found

    def line(self, name, row):
        return {"post": name, "utfall": tenths(row["utfall"]), "budget": tenths(row["budget"]),
                "avvikelse": tenths(row["utfall"] - row["budget"]),
                "utfall-fg": tenths(row["utfall-fg"]),
                "avvikelse-fg": tenths(row["utfall"] - row["utfall-fg"]),
                "prognos": tenths(row["prognos"]), "budget-helår": tenths(row["budget-helår"]),
                "avvikelse-helår": tenths(row["prognos"] - row["budget-helår"]),
                "bokslut-fg": tenths(row["bokslut-fg"])}

    def parts(self):
        return [
            ("Dokumentet", self.front()),
            ("Läget, uppdragen och verksamheterna", {"egna-avsnitt": self.own()}),
            ("Medarbetare", self.people_part()),
            ("Ekonomi", self.economy())]

    def front(self):
        content = self.content
        return {
            "mall": "delarsrapport", "inkludera": Raw("regionen.yaml"),
            "förvaltning": {"namn": content["namn"], "kort": content["kort"]}, "status": "klar",
            "diarienummer": f"RSM 2026/{410 + 13 * content.order}",
            "period": {"namn": "Augusti 2026", "kod": Plain("2026-08"),
                       "månader": "januari–augusti 2026", "slut": Raw("2026-08-31"),
                       "år": Plain("2026"), "föregående-år": Plain("2025")},
            "ingress": Text(content.text("ingress"))}

    def own(self):
        content = self.content
        names = [(name, section) for found in self.assignments.values() for name, _, section in found]
        rows = []
        for name, section in names:
            action = section.actions[0]
            title, _, text = action.partition(": ")
            rows.append([name, section.text, f"**{title}.** {text}"])
        return [
            {"efter": "början", "innehåll": [
                {"rubrik": "Läget i korthet", "numrerad": False, "text": Text(content.text("läget"))},
                {"rubrik": "Uppdragen", "numrerad": False,
                 "text": "Tabellen visar hur långt årets uppdrag har kommit.",
                 "tabell": {"rubrik": "Uppdrag och läge", "kolumner": [
                     {"rubrik": "Nr", "bredd": 20, "nyckel": True}, {"rubrik": "Uppdrag", "bredd": Raw("1fr")},
                     {"rubrik": "Läge i augusti", "bredd": Raw("1fr")}], "rader": rows}},
                {"rubrik": "Verksamheterna", "numrerad": False, "underavsnitt": [
                    {**unit, "numrerad": False} for unit in self.units()]}]},
            {"efter": "ekonomi", "innehåll": [
                {"rubrik": "Framåt", "numrerad": False, "text": Text(content.text("framåt"))}]}]

    # --- Staff ------------------------------------------------------------------------------------

    def people_part(self):
        """Sick leave in tenths of a per cent; its parts add up to the whole."""
        wobble = self.chance.between
        base = wobble(58, 66)
        season = (7, 9, 4, 0, -3, -6, -8, -5, -1, 2, 4, 5)
        before = [base + step + wobble(-3, 3) for step in season]
        now = [base - 4 + step + wobble(-3, 3) for step in season[:8]]
        total = (sum(before[:8]) // 8, sum(now) // 8)
        split = [share(whole, (44, 16, 18, 22)) for whole in total]
        names = ("varav dag 1–14", "varav dag 15–90", "varav dag 91–365", "varav dag 366–")
        months = []
        for k, name in enumerate(MONTHS):
            month = {"namn": name, "kort": name[:3], "föregående": tenths(before[k])}
            if k < 8:
                month["innevarande"] = tenths(now[k])
            months.append(month)
        groups = (("Kvinnor", 6), ("Män", -14), ("Anställda –29 år", 3), ("Anställda 30–49 år", -2),
                  ("Anställda 50 år–", 5))
        events = [(wobble(28, 40), wobble(18, 27)), (wobble(10, 18), wobble(9, 15))]
        return {
            "sjukfrånvaro": {
                "slutsats": "Sjukfrånvaron är lägre än förra året", "mål": Raw("5.5"),
                "månader": months,
                "totalt": {"namn": "Total sjukfrånvaro", "föregående": tenths(total[0]),
                           "innevarande": tenths(total[1])},
                "delar": [{"namn": name, "föregående": tenths(split[0][k]),
                           "innevarande": tenths(split[1][k])} for k, name in enumerate(names)],
                "grupper": [{"namn": name, "föregående": tenths(total[0] + step + wobble(-1, 1)),
                             "innevarande": tenths(total[1] + step + wobble(-1, 1))}
                            for name, step in groups],
                "kommentar": Text("Korttidsfrånvaron har minskat mest. Rehabilitering börjar numera "
                                  "efter två veckor, och lokalvården har fått fasta team med "
                                  "vikarier som känner husen.")},
            "rehabilitering": {"rader": [
                {"namn": "Antal rehabiliteringsärenden", "föregående": wobble(58, 66),
                 "innevarande": wobble(48, 56)},
                {"namn": "Varav avslutade", "föregående": wobble(22, 28),
                 "innevarande": wobble(26, 31)}]},
            "arbetsmiljö": {
                "slutsats": "Färre händelser än förra året",
                "rader": [{"namn": name, "föregående": pair[0], "innevarande": pair[1]}
                          for name, pair in zip(("Antal händelser", "Antal risker"), events)],
                "totalt": {"namn": "Totalt antal", "föregående": events[0][0] + events[1][0],
                           "innevarande": events[0][1] + events[1][1]},
                "varav": [{"namn": "Belastning", "föregående": 17, "innevarande": 11},
                          {"namn": "Halk och fall", "föregående": 9, "innevarande": 7}]}}

    # --- Money ------------------------------------------------------------------------------------

    def economy(self):
        figures = self.figures
        ratio = self.sums[1]["utfall"] * 1000 // self.sums[1]["utfall-fg"]
        costs = [ratio + self.chance.between(-2, 2) * (7 - k) for k in range(8)]
        off = sorted(((name, row) for rows in (self.incomes, self.costs) for name, row in rows.items()),
                     key=lambda pair: (-abs(pair[1]["utfall"] - pair[1]["budget"]), pair[0]))[:5]
        year = sorted(off, key=lambda pair: (-abs(pair[1]["prognos"] - pair[1]["budget-helår"]), pair[0]))
        why = {row[0]: row[1:] for row in self.content.rows("orsaker")}      # better, worse
        return {
            "kostnadsutveckling": {
                "slutsats": "Kostnaderna ökar" if ratio > 1000 else "Kostnaderna minskar",
                "månader": [{"namn": name, "kort": name[:3], "värde": tenths(cost)}
                            for name, cost in zip(MONTHS, costs)],
                "kommentar": Text("Linjen jämför kostnaderna hittills med samma tid förra året. Över "
                                  "100 har de ökat.")},
            "resultatutveckling": self.months(),
            "resultaträkning": {"grupper": [
                {"namn": title, "poster": [self.line(name, row) for name, row in rows.items()],
                 "summa": self.line(f"Summa {title.lower()}", total)}
                for title, rows, total in zip(("Intäkter", "Kostnader"), (self.incomes, self.costs),
                                              self.sums)],
                "resultat": self.line("Resultat", self.result)},
            "avvikelser": {
                "period": [{"orsak": name, "text": why[name][row["utfall"] < row["budget"]],
                            "belopp": tenths(row["utfall"] - row["budget"])} for name, row in off],
                "helår": [{"orsak": name, "belopp": tenths(row["prognos"] - row["budget-helår"])}
                          for name, row in year],
                "åtgärder": Text(self.content.text("åtgärder"))},
            "investeringar": {"rader": [
                {"projekt": row[0], "budget": tenths(amount),
                 "utfall": tenths(amount * self.chance.between(30, 80) // 100),
                 "prognos": tenths(amount * self.chance.between(85, 100) // 100)}
                for row, amount in figures.investments]},
            "arbetad-tid": self.hours()}

    def months(self):
        def way(end, count):
            """Running totals that end with `end`."""
            return [end * k // count + self.chance.between(-2, 2) * (k < count) for k in
                    range(1, count + 1)]
        now = way(self.result["utfall"], 8)
        before = way(self.result["utfall-fg"], 8)
        rest = self.result["bokslut-fg"] - before[-1]
        before += [before[-1] + rest * k // 4 for k in range(1, 5)]
        rest = self.result["prognos"] - now[-1]
        forecast = [None] * 7 + [now[-1] + rest * k // 4 for k in range(5)]
        plan = way(self.result["budget"], 8)
        rest = self.result["budget-helår"] - plan[-1]
        plan += [plan[-1] + rest * k // 4 for k in range(1, 5)]
        better = self.result["utfall"] >= self.result["budget"]
        series = (("2026", now), ("2025", before), ("Prognos", forecast), ("Budget", plan))
        return {"slutsats": f"Resultatet är {'bättre' if better else 'sämre'} än budget",
                "månader": [name[:3] for name in MONTHS],
                "serier": [{"namn": Plain(name) if name.isdigit() else name, "på-bild": True,
                            "värden": [Raw("null") if value is None else tenths(value)
                                       for value in values]} for name, values in series],
                "kommentar": Text("Resultatet till och med augusti är "
                                  f"{mnkr_signed(self.result['utfall'])} mnkr. Prognosen för året är "
                                  f"{mnkr_signed(self.result['prognos'])} mnkr.")}

    def hours(self):
        """Hours worked; each sum is that of the rows above it."""
        staff = self.figures.staff_sum
        now = staff[2026] * 1136 + self.chance.between(-900, 900)
        before = staff[2025] * 1136 + self.chance.between(-900, 900)
        hired = (self.chance.between(900, 1600), self.chance.between(1700, 2600))

        def row(name, new, old, **more):
            return {"namn": name, "innevarande": new, "föregående": old, "förändring": new - old,
                    "procent": Raw(hundredths((new - old) * 10_000 // old)), **more}
        over = (now * 18 // 1000, before * 21 // 1000)
        return {"rader": [
            row("Utförd arbetstid egen personal", now, before),
            row("varav övertid och mertid", *over, slag="varav"),
            row("Utförd arbetstid inhyrd personal", *hired),
            row("Arbetad tid", now + hired[0], before + hired[1], slag="summa"),
            row("Antal årsarbetare", (now + hired[0]) // 1136, (before + hired[1]) // 1136)],
            "kommentar": Text("Årsarbetarna räknas fram ur den arbetade tiden.")}


def hundredths(number):
    sign = "-" if number < 0 else ""
    return f"{sign}{abs(number) // 100}.{abs(number) % 100:02}"


def mnkr_signed(amount):
    return ("−" if amount < 0 else "") + mnkr(abs(amount))

"""The figures of one förvaltning. All sums are exact: what is shared out adds up to what there was."""

from chance import Chance, share
from content import value
from yamltext import Raw

YEARS = (2024, 2025, 2026, 2027, 2028)      # outcome, the year before, the plan's year, two more
KEYS = ("utfall", "föregående", "belopp", "år2", "år3")
PLAN = 2                                    # the plan's year among them


def tenths(number):
    """2143 as 214.3, in mnkr with one decimal."""
    return Raw(f"{'-' if number < 0 else ''}{abs(number) // 10}.{abs(number) % 10}")


def whole(text):
    return int(str(text).replace("\u00a0", ""))


class Figures:
    """Frames are in tenths of a million, budgets in thousands, staff in full-time years."""

    def __init__(self, content, seed, change=0):
        """`change` moves the frame by so many tenths between the same plan's editions."""
        self.content = content
        self.chance = Chance(seed, f"{content['kort']} figures")
        self.units = [section.words for section in content.all("enhet")]
        self._frames(change)
        self._budget()
        self._staff()
        self._investments()

    def _frames(self, change):
        before = round(float(content_number(self.content["ram"])) * 10)
        self.changes = []
        for text, parts in self.content.rows("ram"):
            amount = before * (whole(parts) * 10 + self.chance.between(-9, 9)) // 10_000
            if amount:
                self.changes.append((text, amount))
        if change:
            self.changes.append(("Tillskott enligt beslut om reviderad budget", change))
        now = before + sum(amount for _, amount in self.changes)
        self.frame = {2024: before * 972 // 1000, 2025: before, 2026: now,
                      2027: now * 1022 // 1000, 2028: now * 1022 * 1024 // 1_000_000}
        weights = [whole(words[1]) for words in self.units]
        jitter = [weight * 100 + self.chance.between(-4, 4) * weight for weight in weights]
        self.shares = {year: share(self.frame[year], weights if year < 2026 else jitter)
                       for year in YEARS}

    def _budget(self):
        """Incomes and costs of each year; the plan's years balance, the outcome need not."""
        incomes = [(text, whole(parts)) for text, parts in self.content.rows("intäkter")]
        self.incomes = {"Regionersättning": {year: self.frame[year] * 100 for year in YEARS}}
        for text, parts in incomes:
            drift = self.chance.between(-6, 6)
            self.incomes[text] = {
                year: self.frame[year] * 100 * (parts * 100 + drift * k) // 100_000
                for k, year in enumerate(YEARS)}
        for section in self.content.all("priser"):      # told in tenths of a million, too
            row = self.incomes[section.words[1]]
            self.incomes[section.words[1]] = {year: row[year] // 100 * 100 for year in YEARS}
        self.income = {year: sum(row[year] for row in self.incomes.values()) for year in YEARS}
        self.result = {year: 0 for year in YEARS}
        self.result[2024] = self.income[2024] * self.chance.between(-9, 7) // 1000
        self.unit_costs, self.costs = {}, {}
        for year in YEARS:
            total = self.income[year] - self.result[year]
            parts = share(total, self.shares[year])
            self.unit_costs[year] = self._spread("kostnader", parts)
            for kind in self.unit_costs[year].values():
                for text, amount in kind.items():
                    row = self.costs.setdefault(text, {})
                    row[year] = row.get(year, 0) - amount
        self.cost = {year: -(self.income[year] - self.result[year]) for year in YEARS}

    def _spread(self, kind, totals):
        """Each unit's total over the rows of a section. A row is a name, a weight, and perhaps
        other weights for some units: `Barnmorskor | 0 | Kvinnosjukvård 44, Primärvård 2`."""
        rows = self.content.rows(kind)
        moved = [self.chance.between(97, 103) for _ in rows]
        found = {}
        for words, total in zip(self.units, totals):
            weights = []
            for row, by in zip(rows, moved):
                own = dict(part.rsplit(" ", 1) for part in row[2].split(", ")) if len(row) > 2 else {}
                weight = [of for name, of in own.items() if words[0].startswith(name)] or [row[1]]
                weights.append(whole(weight[0]) * by)
            found[words[0]] = {row[0]: part for row, part in zip(rows, share(total, weights))}
        return found

    def _staff(self):
        """Full-time years: those that each year's cost of staff pays for."""
        each = whole(self.content["lön"])      # thousands for one of them
        first = next(iter(self.costs))
        weights = [whole(words[2]) for words in self.units]
        self.staff, self.unit_staff, self.staff_sum, self.unit_professions = {}, {}, {}, {}
        for k, year in enumerate(YEARS):
            total = -self.costs[first][year] * 100 // (each * (94 + 3 * k))
            self.staff_sum[year] = total
            parts = share(total, weights)
            self.unit_professions[year] = self._spread("yrken", parts)
            for words, count in zip(self.units, parts):
                self.unit_staff.setdefault(words[0], {})[year] = count
            for found in self.unit_professions[year].values():
                for name, count in found.items():
                    row = self.staff.setdefault(name, {})
                    row[year] = row.get(year, 0) + count

    def _investments(self):
        rows = self.content.rows("investeringar")
        total = round(float(content_number(self.content["investeringsram"])) * 10)
        parts = share(total, [whole(row[3]) for row in rows])
        self.investments = [(row, part) for row, part in zip(rows, parts)]
        self.investment_sum = total

    def measures(self, section):
        """A unit's measures: (name, value by year) for the outcome, the forecast and three plans."""
        found = []
        for name, base, growth in section.rows:
            start, step = value(base), float(growth.replace(",", "."))
            places = 1 if isinstance(start, float) else 0
            now, row = round(start * 10 ** places), {}
            for year in YEARS:
                row[year] = tenths(now) if places else now
                now = round(now * (1000 + round(step * 10) + self.chance.between(-6, 6)) / 1000)
            found.append((name, row))
        return found


def content_number(text):
    return text.replace("\u00a0", "").replace(",", ".")

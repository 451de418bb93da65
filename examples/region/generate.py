#!/usr/bin/env python3
"""Makes the plans of all twelve förvaltningar of a region that does not exist.

    generate.py [--seed N] [-o FOLDER] [--revised] [NAME…]

The plans beside this file are those of seed 1. The same seed gives the same bytes, with any
Python from 3.9 on; another one gives other figures, words and choices, with sums as right as
these. With --revised each förvaltningsplan comes as its second edition would look after a
revised budget. NAME is a plan's name, such as kul; without names all are made."""

import argparse
import sys
from pathlib import Path

sys.dont_write_bytecode = True
HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE / "generator"))
from chance import Chance  # noqa: E402
from content import read  # noqa: E402
from figures import Figures, tenths  # noqa: E402
from operations import OperationsPlan  # noqa: E402
from plan import Plan, price_rows  # noqa: E402
from region import NAME, ORDER  # noqa: E402
from report import Report  # noqa: E402
from yamltext import Raw, document  # noqa: E402

KINDS = {"ftv": OperationsPlan, "fast": OperationsPlan, "srv": Report}
TITLES = {Plan: ("Förvaltningsplan 2026–2028", "forvaltningsplan"),
          OperationsPlan: ("Verksamhetsplan 2026", "verksamhetsplan"),
          Report: ("Delårsrapport per augusti 2026", "delarsrapport")}
SEED = 1
REVISION = 31       # tenths of a million that a revised budget adds

SHARED = {
    "regionen.yaml": """\
# Det som alla tolv dokumenten har gemensamt. De inkluderar filen, så att det står på ett ställe.
organisation: Region Sjömark
""",
    "planperiod.yaml": """\
# Det som alla förvaltningsplaner för perioden har gemensamt: tiden, statusen och hur regionen planerar
# och följer upp. En plan som säger något annat själv går före.
period: 2026–2028
status: beslutad
dokumenttyp: PLAN
gäller-från: 2026-01-01
gäller-till: 2028-12-31

planering:
  text: |
    Fullmäktige beslutar i juni om regionplan och budget. Varje nämnd antar i november en förvaltningsplan
    för tre år, som justeras årligen. Planen säger vad förvaltningen ska uppnå, vad den ska göra och vad det
    får kosta.

    Åtgärderna i planen bryts ned i verksamheternas egna planer före februari. De fackliga organisationerna
    är med i arbetet enligt samverkansavtalet.
  underavsnitt:
    - rubrik: Uppföljning
      text: |
        Uppföljningen sker på tre nivåer:

        - **månad:** ekonomi, sjukfrånvaro och tillgänglighet (M),
        - **delår:** mål, uppdrag och prognos per april och augusti (D),
        - **helår:** måluppfyllelse i årsredovisningen (Å).

        En åtgärd som inte går som planerat får en ny tid eller en ny åtgärd; den stryks aldrig utan beslut.
    - rubrik: Så hänger målen ihop
      text: |
        Regionplanen har fem målområden. Nämndens mål svarar mot fullmäktiges, indikatorerna mäter nämndens
        mål, och åtgärderna svarar mot uppdragen. Varje uppdrag har minst en åtgärd.

underskrifter:
  text: |
    Planen undertecknas elektroniskt av nämndens ordförande och av förvaltningschefen.
""",
}


class Region:
    """All of a region's content and figures for one seed."""

    def __init__(self, seed, revised=False):
        self.seed, self.revised = seed, revised
        self.contents, self.figures = {}, {}
        for order, name in enumerate(ORDER):
            content = read(name, Chance(seed, f"{name} words"))
            content.order = order
            self.contents[name] = content
            self.figures[name] = Figures(content, seed, REVISION if revised else 0)

    def frames(self):
        """The appendix of Regionkansliet's plan: the frames of all twelve, and their sum."""
        years = (2025, 2026, 2027, 2028)
        rows = [[self.contents[name]["namn"], *(tenths(self.figures[name].frame[year]) for year in years)]
                for name in ORDER]
        sums = [tenths(sum(self.figures[name].frame[year] for name in ORDER)) for year in years]
        columns = [{"rubrik": "Förvaltning", "bredd": Raw("1fr"), "nyckel": True}]
        columns += [{"rubrik": head, "bredd": 24, "justering": "decimal"}
                    for head in ("Ram 2025", "Ram 2026", "Plan 2027", "Plan 2028")]
        return {"rubrik": "Regionens ramar",
                "text": "Fullmäktige har fördelat ramarna så här. Varje förvaltnings ram är den som står i "
                        "dess egen plan.",
                "innehåll": [{"tabell": {"rubrik": "Ram per förvaltning", "enhet": "Belopp i mnkr",
                                         "kolumner": columns, "rader": [*rows, {"summa": ["Summa", *sums]}]}}]}

    def plan(self, name):
        content, figures = self.contents[name], self.figures[name]
        kind = KINDS.get(name, Plan)
        made = kind(content, figures, self.seed, self.revised)
        parts = made.parts()
        if name == "rk":
            parts.append(("Bilagor", {"bilagor": [self.frames()]}))
        title, template = TITLES[kind]
        return document(
            f"# yaml-language-server: $schema=../../out/{template}.schema.json\n#\n"
            f"# {title} för {content['namn']}, {NAME}.\n#\n"
            f"# Filen är gjord av generate.py med frö {self.seed}: ändra där, eller i\n"
            f"# generator/content/{name}.txt, och kör om. Regionen finns inte.", parts)

    def files(self, names):
        """Every file of the region by its name."""
        found = dict(SHARED)
        for name in names:
            found[f"{name}.yaml"] = self.plan(name)
            for section in self.contents[name].all("priser"):
                if section.words[0].endswith(".csv"):
                    found[section.words[0]] = csv(price_rows(section, self.figures[name]))
        return found


def csv(rows):
    """As a spreadsheet saves it in Swedish: semicolons and decimal commas."""
    lines = [";".join(rows[0])]
    lines += [";".join(str(cell).replace(".", ",") if str(cell)[-1].isdigit() else str(cell)
                       for cell in row.values()) for row in rows]
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("-o", dest="folder", type=Path, default=HERE, help="where the plans go")
    parser.add_argument("--revised", action="store_true", help="second editions")
    parser.add_argument("names", nargs="*", metavar="NAME")
    options = parser.parse_args()
    unknown = [name for name in options.names if name not in ORDER]
    if unknown:
        parser.error(f"no plan is called {', '.join(unknown)}")
    options.folder.mkdir(parents=True, exist_ok=True)
    region = Region(options.seed, options.revised)
    for name, text in region.files(options.names or ORDER).items():
        (options.folder / name).write_bytes(text.encode("utf-8"))


if __name__ == "__main__":
    main()

"""Recording at a centre as a volunteer does it, sheet by sheet, and how long it takes somebody who types."""

from dataclasses import dataclass, field

from playwright.sync_api import Page

from tests.at_a_centre import MEDIUM_RISK

# A person who types forty words a minute; each choice, and each way into a box, is looked for and pressed.
SECONDS_A_LETTER, SECONDS_A_PRESS = 60 / 200, 3.0

FIRST_HALF = "He shouted at us at the stop. "
WORDS = FIRST_HALF + "He called my son a name and pulled at my scarf."
NOTES = "Came with her son. Both were shaking."
# By the names of the fields, in the order of the page. A text is written, a code chosen.
SHEETS: dict[int, dict[str, str | list[str]]] = {
    1: {"Q01": "no"},
    2: {"Q02": "victim", "C01": "face_to_face"},
    3: {"Q06": ["name_calling", "attacked"], "Q07": WORDS, "Q08": ["religion"], "Q08b": "muslim"},
    4: {"Q11": "about", "Q11_about": "week", "Q12": "no", "Q14": "leicester", "Q13": "street"}
    | {"Q14_address": "Stop by the market"},
    5: {"Q16": ["frightened"], "Q19": "maybe", "Q28": "25_44", **MEDIUM_RISK},
    6: {"Q25": "yes", "C04": ["leaflet", "victim_first"], "C05": NOTES},
    7: {"Q26_name": "Amina", "Q26_how": "phone", "Q26_phone": "07700 900123", "Q26_message": "no"}
    | {"Q26_times": "after 5", "Q23": ["support"], "Q24_bar": "no", "Q24": ["council", "victim_first"]}
    | {"C02": "spoken", "C06": "direct"},
}
WRITTEN = {"Q07", "Q14_address", "C05", "Q26_name", "Q26_phone", "Q26_times"}
LISTS = {"Q08b", "Q11_about"}


@dataclass
class Typist:
    """A volunteer at the keyboard, and how long a person would have taken for what was typed and pressed."""

    page: Page
    letters: int = 0
    presses: int = 0
    seen: set[str] = field(default_factory=set)

    @property
    def seconds(self) -> float:
        return self.letters * SECONDS_A_LETTER + self.presses * SECONDS_A_PRESS

    def writes(self, name: str, text: str) -> None:
        box = self.page.locator(f"[name={name}]")
        box.fill(box.input_value() + text)
        self.letters += len(text)
        self.presses += 1

    def says(self, answers: dict[str, str | list[str]]) -> None:
        for name, value in answers.items():
            if name in WRITTEN:
                self.writes(name, str(value))
            else:
                for each in value if isinstance(value, list) else [value]:
                    self._chooses(name, each)

    def _chooses(self, name: str, code: str) -> None:
        if name in LISTS:
            self.page.locator(f"select[name={name}]").select_option(code)
        else:
            self.page.locator(f'input[name={name}][value="{code}"]').check()
        self.presses += 1

    def presses_on(self, words: str) -> None:
        """A button that leads to another page, seen once it is there."""
        self.seen.add(self.page.locator(".part").inner_text())
        self.presses += 1
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=words).first.click()

    def records(self, *numbers: int) -> None:
        """Answers these sheets, one after the other."""
        for number in numbers:
            self.says(SHEETS[number])
            self.presses_on("Continue")

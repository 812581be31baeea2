"""What a proof found, and the page that it leaves in docs/proofs/."""

import os
import platform
import subprocess
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGES = ROOT / "docs" / "proofs"


@dataclass(frozen=True)
class Line:
    """One thing that was looked at: what was found, and whether that is as promised (or only worth knowing)."""

    what: str
    found: str
    is_kept: bool
    is_note: bool = False

    @property
    def verdict(self) -> str:
        return "" if self.is_note else "yes" if self.is_kept else "**no**"


@dataclass
class Result:
    """All that a proof found."""

    name: str
    promise: str
    how: str
    lines: list[Line] = field(default_factory=list)
    # What stands below the lines: a table of its own, where a proof measures many things alike.
    more: str = ""

    @property
    def is_kept(self) -> bool:
        return bool(self.lines) and all(line.is_kept for line in self.lines)

    def must(self, what: str, found: object, *, be: object) -> None:
        """Notes what was found; only `be` keeps the promise."""
        self.lines.append(Line(what, str(found), found == be))

    def must_not_be_less(self, what: str, found: int, *, than: int) -> None:
        self.lines.append(Line(what, f"{found:,} (at least {than:,})", found >= than))

    def must_not_be_more(self, what: str, found: float, *, than: float) -> None:
        self.lines.append(Line(what, f"{found:.2f} (at most {than:g})", found <= than))

    def note(self, what: str, found: object) -> None:
        """Notes something that nothing depends on."""
        self.lines.append(Line(what, str(found), is_kept=True, is_note=True))

    def broken(self) -> list[str]:
        """The lines that do not keep the promise, for people and tests."""
        return [f"{line.what}: {line.found}" for line in self.lines if not line.is_kept]

    def write(self, *, seconds: float) -> Path:
        """Writes docs/proofs/NAME.md."""
        PAGES.mkdir(parents=True, exist_ok=True)
        path = PAGES / f"{self.name}.md"
        path.write_text(self.as_page(seconds))
        return path

    def as_page(self, seconds: float) -> str:
        verdict = "Kept" if self.is_kept else "NOT KEPT"
        rows = "\n".join(f"| {line.what} | {line.found} | {line.verdict} |" for line in self.lines)
        return PAGE.format(
            title=self.name.replace("_", " ").capitalize(),
            promise=self.promise,
            how=self.how,
            verdict=verdict,
            rows=rows,
            more=f"\n{self.more}\n" if self.more else "",
            name=self.name,
            when=datetime.now(UTC).date().isoformat(),
            commit=commit(),
            machine=machine(),
            seconds=f"{seconds:.0f}",
        )


def machine() -> str:
    return f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"


def commit() -> str:
    asked = ["git", "rev-parse", "--short", "HEAD"]
    done = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip() or "unknown"


PAGE = """# {title}

Promise: {promise}

{how}

**{verdict}.** {when}, commit {commit}, {machine}, {seconds} s. Run it again: `./scripts/prove {name}`.

| looked at | found | as promised |
|---|---|---|
{rows}
{more}"""

"""Which browser the tests open: the machine's Chromium, or Playwright's own."""

import os
import shutil

# Chromium without windows, menus and a profile: half the work for each page.
SHELL = "chromium-headless-shell"


def whole() -> str | None:
    """The program of a whole Chromium, which keeps a profile on disk; None for Playwright's own."""
    return os.environ.get("LLR_CHROMIUM") or shutil.which("chromium")


def light() -> str | None:
    """The program of the shell where there is one; else as `whole`."""
    return os.environ.get("LLR_HEADLESS_SHELL") or shutil.which(SHELL) or whole()

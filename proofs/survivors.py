"""Deliberate changes that no test notices, each with the reason why that is right. (mutmut's name, words of the
changed line, reason); a change that is not here counts against the proof."""

EXPLAINED: tuple[tuple[str, str, str], ...] = ()

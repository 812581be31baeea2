"""Tabbing through a whole page without a mouse: everything is reached, in reading order, and seen."""

from typing import Any

from playwright.sync_api import Page

# What Tab is to reach, in the order of the page: of radios of one name the chosen one, or else the first.
# What a frame holds is the frame's own.
WATCH = """() => {
  const everything = "a[href], button, input, select, textarea, summary, [tabindex], [contenteditable=true]";
  const group = (box) => [...document.querySelectorAll(`input[type=radio][name="${CSS.escape(box.name)}"]`)]
    .filter((each) => each.form === box.form && !each.disabled);
  const stands = (box) => group(box).find((each) => each.checked) || group(box)[0];
  const reached = [...document.querySelectorAll(everything)].filter((each) =>
    each.tabIndex >= 0 && !each.disabled && each.type !== "hidden" && each.getClientRects().length
    && each.checkVisibility({visibilityProperty: true}) && (each.type !== "radio" || stands(each) === each));
  // How it looks: itself, or its label, where the design system draws the box.
  const drawn = (each) => [[each, null], ...[...(each.labels || [])].flatMap((label) =>
    [[label, null], [label, "::before"]])];
  const look = (each) => drawn(each).map(([part, before]) => {
    const style = getComputedStyle(part, before);
    return [style.outlineStyle, style.outlineWidth, style.outlineColor, style.boxShadow, style.backgroundColor,
      style.borderColor, style.borderWidth, style.clip, style.position].join();
  }).join(";");
  const near = (one, other) => one && other && (one.contains(other) || other.contains(one));
  // Some of it is in sight, and under nothing: what is larger than the window cannot be there whole.
  const isShown = (each) => {
    const box = each.getClientRects()[0];
    const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)];
    const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
    return [0.1, 0.5, 0.9].some((part) => {
      const there = document.elementFromPoint(left + part * (right - left), top + part * (bottom - top));
      return near(each, there) || [...(each.labels || [])].some((label) => near(label, there));
    });
  };
  const name = (each) => `${each.tagName.toLowerCase()} “${
    (each.labels?.[0]?.innerText || each.innerText || each.ariaLabel || each.name || "").trim().slice(0, 40)}”`;
  document.activeElement.blur();
  const before = new Map(reached.map((each) => [each, look(each)]));
  const walk = {reached, order: [], faults: []};
  walk.leaves = () => {
    const focused = document.activeElement;
    if (!before.has(focused) || walk.order.includes(focused)) return;
    walk.order.push(focused);
    if (look(focused) === before.get(focused)) walk.faults.push(`${name(focused)} looks the same with the focus`);
    if (!isShown(focused)) walk.faults.push(`${name(focused)} has the focus and cannot be seen`);
  };
  walk.verdict = () => {
    const missed = reached.filter((each) => !walk.order.includes(each));
    walk.faults.push(...missed.map((each) => `${name(each)} is not reached by Tab`));
    const order = walk.order.map((each) => reached.indexOf(each));
    const leap = order.findIndex((at, index) => index && at < order[index - 1]);
    if (leap > 0) walk.faults.push(`${name(walk.order[leap])} has the focus out of the reading order`);
    return walk.faults;
  };
  addEventListener("keydown", (event) => event.key === "Tab" && walk.leaves(), true);
  window.theWalk = walk;
  // Tab goes on from here.
  document.body.tabIndex = -1;
  document.body.focus();
  document.body.removeAttribute("tabindex");
  return {shape: reached.map((each) => [each.tagName, each.type, each.className].join()).join(), count: reached.length};
}"""
# Done, or still there after so many keys more: in a trap, or in a frame that can hold as much.
IS_DONE = "() => window.theWalk.order.length >= window.theWalk.reached.length"
BEYOND = 150
# The shapes of pages that were walked through in this run: what can be focused, in its order.
WALKED: set[str] = set()


def faults_of_focus(page: Page) -> list[str]:
    """What goes wrong for somebody who tabs through the page; nothing where a page of its shape was walked."""
    walk: dict[str, Any] = page.evaluate(WATCH)
    if walk["shape"] in WALKED:
        return []
    WALKED.add(walk["shape"])
    _tab(page, walk["count"] + 1)
    for _ in range(BEYOND):
        if page.evaluate(IS_DONE):
            break
        _tab(page, 1)
    return list(page.evaluate("() => window.theWalk.verdict()"))


def _tab(page: Page, times: int) -> None:
    for _ in range(times):
        page.keyboard.down("Tab")
    page.keyboard.up("Tab")

/** Buttons that only work with scripts are written hidden, and shown here: `data-print`, `data-copy="#id"`. */
export function offerCopyAndPrint() {
  document.querySelectorAll("button[data-print]").forEach(($button) => {
    $button.hidden = false;
    $button.addEventListener("click", () => window.print());
  });
  if (!navigator.clipboard) {
    return;
  }
  document.querySelectorAll("button[data-copy]").forEach(($button) => {
    const $source = document.querySelector($button.dataset.copy);
    if (!$source) {
      return;
    }
    $button.hidden = false;
    $button.addEventListener("click", async () => {
      await navigator.clipboard.writeText($source.textContent.trim().replace(/\s+/g, " "));
      $button.textContent = $button.dataset.done || $button.textContent;
    });
  });
}

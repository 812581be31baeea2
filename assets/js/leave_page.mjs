import { ExitThisPage } from "govuk-frontend/dist/govuk/components/exit-this-page/exit-this-page.mjs";
import { createElement } from "govuk-frontend/dist/govuk/common/create-element.mjs";

/**
 * Leave at once, and leave no way back: the page is covered, its title emptied, and its place in the history taken.
 */
export class LeavePage extends ExitThisPage {
  exitPage() {
    document.title = "";
    document.body.classList.add("govuk-exit-this-page-hide-content");
    this.$overlay = createElement("div", { class: "govuk-exit-this-page-overlay", role: "alert" });
    document.body.appendChild(this.$overlay);
    this.$overlay.textContent = this.i18n.t("activated");
    window.location.replace(this.$button.href);
  }
}
LeavePage.moduleName = "leave-page";

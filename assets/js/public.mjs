import { Button } from "govuk-frontend/dist/govuk/components/button/button.mjs";
import { CharacterCount } from "govuk-frontend/dist/govuk/components/character-count/character-count.mjs";
import { Checkboxes } from "govuk-frontend/dist/govuk/components/checkboxes/checkboxes.mjs";
import { ErrorSummary } from "govuk-frontend/dist/govuk/components/error-summary/error-summary.mjs";
import { Radios } from "govuk-frontend/dist/govuk/components/radios/radios.mjs";
import { SkipLink } from "govuk-frontend/dist/govuk/components/skip-link/skip-link.mjs";
import { LeavePage } from "./leave_page.mjs";
import { offerCopyAndPrint } from "./receipt.mjs";
import { SendFiles } from "./send_files.mjs";
import { start } from "./start.mjs";

start([LeavePage, Button, CharacterCount, Checkboxes, ErrorSummary, Radios, SendFiles, SkipLink]);
offerCopyAndPrint();

// A page that comes back from the browser's memory is asked for again: it may be gone for good reason.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) {
    window.location.reload();
  }
});

import { Button } from "govuk-frontend/dist/govuk/components/button/button.mjs";
import { CharacterCount } from "govuk-frontend/dist/govuk/components/character-count/character-count.mjs";
import { Checkboxes } from "govuk-frontend/dist/govuk/components/checkboxes/checkboxes.mjs";
import { ErrorSummary } from "govuk-frontend/dist/govuk/components/error-summary/error-summary.mjs";
import { NotificationBanner } from "govuk-frontend/dist/govuk/components/notification-banner/notification-banner.mjs";
import { PasswordInput } from "govuk-frontend/dist/govuk/components/password-input/password-input.mjs";
import { Radios } from "govuk-frontend/dist/govuk/components/radios/radios.mjs";
import { SkipLink } from "govuk-frontend/dist/govuk/components/skip-link/skip-link.mjs";
import { keepTyped } from "./keep_typed.mjs";
import { LeavePage } from "./leave_page.mjs";
import { offerCopyAndPrint } from "./receipt.mjs";
import { saveAsYouGo } from "./save_as_you_go.mjs";
import { start } from "./start.mjs";

start([Button, CharacterCount, Checkboxes, ErrorSummary, LeavePage, NotificationBanner, PasswordInput, Radios, SkipLink]);
keepTyped();
offerCopyAndPrint();
saveAsYouGo();

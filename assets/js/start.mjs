import { createAll } from "govuk-frontend/dist/govuk/init.mjs";

/** Mark the body, which is what shows and hides revealed questions, then bring each component to life. */
export function start(components) {
  document.body.classList.add("js-enabled", "govuk-frontend-supported");
  components.forEach((component) => createAll(component));
}

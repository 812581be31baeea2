/**
 * A sheet with somebody beside it: what stands there is kept every quarter of a minute and on leaving, finished or not,
 * and once more before it is sent, so that a line that drops loses nothing. The server decides what is kept; without
 * this script a sheet is kept when its button is pressed.
 */
const EVERY_MS = 15000;
const AGAIN_MS = 5000;
const KEPT = 204;
const WORDS = {
  down: "The line is down. Everything you typed is still on this page: leave it open. We try again by ourselves.",
  elsewhere: "This page was answered in another window too. Press Continue to see both.",
  gone: "This report was sent or thrown away in another window. Nothing here is kept any more.",
};

export function keepTyped() {
  document.querySelectorAll("form[data-keep]").forEach(($form) => new Keeper($form));
}

class Keeper {
  constructor($form) {
    this.$form = $form;
    this.$said = $form.querySelector("[data-kept]");
    this.keptAt = "";
    $form.addEventListener("input", () => this.touch());
    $form.addEventListener("submit", (event) => this.send(event));
    window.addEventListener("online", () => this.keep());
    // From the browser's memory it would be as it stood before it was answered.
    window.addEventListener("pageshow", (event) => event.persisted && window.location.reload());
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && this.leave());
  }

  touch() {
    this.isNew = true;
    this.timer = this.timer || setTimeout(() => this.keep(), EVERY_MS);
  }

  leave() {
    if (this.isNew && !this.isOver) {
      this.post({ keepalive: true }).catch(() => {});
    }
  }

  /** Sent by the browser itself, once what stands there is safe. */
  async send(event) {
    if (this.isOver || !(this.isNew || this.isDown || this.keeping)) {
      return;
    }
    event.preventDefault();
    await this.keeping;
    await this.keep();
    if (!this.isDown && !this.isSignedOut) {
      this.isOver = true;
      this.$form.submit();
    }
  }

  keep() {
    clearTimeout(this.timer);
    this.timer = null;
    if (this.isOver || !(this.isNew || this.isDown)) {
      return this.keeping;
    }
    this.isNew = false;
    this.keeping = this.keepNow().finally(() => (this.keeping = null));
    return this.keeping;
  }

  async keepNow() {
    try {
      this.hear(await this.post());
    } catch {
      this.isDown = true;
      this.say(WORDS.down, true);
      this.timer = setTimeout(() => this.keep(), AGAIN_MS);
    }
  }

  post(more = {}) {
    const body = new URLSearchParams(new FormData(this.$form));
    return fetch(window.location.pathname + window.location.search, {
      method: "POST",
      headers: { "Llr-Keep": "1" },
      body,
      ...more,
    });
  }

  hear(response) {
    this.isDown = false;
    if (response.redirected || response.status === 403) {
      this.signedOut(response.url);
    } else if (response.status === KEPT) {
      this.keptAt = new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
      this.say(`Kept ${this.keptAt}`);
    } else if (response.status === 409) {
      this.say(WORDS.elsewhere, true);
    } else if (response.status === 410) {
      this.say(WORDS.gone, true);
    } else {
      throw new Error(response.status);
    }
  }

  say(words, isTrouble = false) {
    if (this.$said.textContent !== words) {
      this.$said.textContent = words;
    }
    this.$said.classList.toggle("sheet__kept--trouble", isTrouble);
  }

  /** What is typed now could not be kept: the way back is to sign in again. */
  signedOut(address) {
    this.isOver = this.isSignedOut = true;
    const $lapsed = this.$form.querySelector("[data-lapsed]");
    const isKept = Boolean(new URL(address).searchParams.get("next")?.includes("kept="));
    const until = this.keptAt ? `What you typed until ${this.keptAt} is kept.` : "What you sent before is kept.";
    $lapsed.querySelector("[data-lapsed-words]").textContent = isKept
      ? "You were signed out, because nothing was asked for in 15 minutes. What you typed is kept."
      : `You were signed out. ${until} Copy what you typed since then.`;
    if (isKept) {
      $lapsed.querySelector("[data-lapsed-link]").href = address;
    }
    $lapsed.hidden = false;
    this.say("");
    this.$form.querySelectorAll("section, button").forEach(($part) => ($part.inert = isKept));
    $lapsed.focus();
  }
}

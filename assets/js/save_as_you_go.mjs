/**
 * A form that keeps what is typed while it is typed: on a pause, on leaving a field, on leaving the page. The server
 * decides what is kept; without this script the same form has a button for it.
 *
 * Only actions that were touched are sent. After the sign-in has lapsed nothing more can be typed, because it could
 * not be kept: the page says so and leads back.
 */
const PAUSE_MS = 1200;
const AGAIN_MS = 10000;
// Browsers send no more than this for a page that is being left.
const MOST_WHILE_LEAVING = 60000;

export function saveAsYouGo() {
  document.querySelectorAll("form[data-save-as-you-go]").forEach(($form) => new Saver($form));
}

class Saver {
  constructor($form) {
    this.$form = $form;
    this.$said = $form.querySelector("[data-saved]");
    this.touched = new Set();
    this.isOver = false;
    $form.addEventListener("input", (event) => this.touch(event.target));
    $form.addEventListener("change", (event) => event.target.type === "file" && this.touch(event.target, 0));
    $form.addEventListener("focusout", () => this.touched.size && this.soon(0));
    $form.addEventListener("submit", () => this.stop());
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && this.leave());
  }

  touch($field, after = PAUSE_MS) {
    const $row = $field.closest("[data-update]");
    if ($row && !this.isOver) {
      // Without its mark the row is kept as it stands here, also where it is again as it was.
      $row.querySelector("input[name$='-was']").value = "";
      this.touched.add($row.dataset.update);
      this.soon($field.type === "file" ? 0 : after);
    }
  }

  soon(after) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), after);
  }

  stop() {
    this.isOver = true;
    clearTimeout(this.timer);
  }

  leave() {
    if (this.touched.size && !this.isOver) {
      this.save({ keepalive: true });
    }
  }

  async save({ keepalive = false } = {}) {
    if (this.isOver || !this.touched.size || (this.isSaving && !keepalive)) {
      return;
    }
    clearTimeout(this.timer);
    const ids = [...this.touched];
    this.touched.clear();
    this.isSaving = true;
    try {
      const body = this.filledIn(ids, keepalive);
      await this.heard(await fetch(this.$form.action, { method: "POST", body, keepalive }), ids);
    } catch {
      this.again(ids);
    }
    this.isSaving = false;
    if (this.touched.size) {
      this.soon(PAUSE_MS);
    }
  }

  filledIn(ids, isLeaving) {
    const body = new FormData();
    let length = 0;
    for (const [name, value] of new FormData(this.$form)) {
      const action = /^a-(\d+)-/.exec(name);
      const isFile = value instanceof File;
      const isWanted = action ? ids.includes(action[1]) : name !== "button";
      if (isWanted && !(isFile && (isLeaving || !value.name)) && length < (isLeaving ? MOST_WHILE_LEAVING : Infinity)) {
        length += isFile ? 0 : value.length;
        body.append(name, value);
      }
    }
    body.append("button", "auto");
    return body;
  }

  async heard(response, ids) {
    if (response.redirected) {
      this.lapsed(response.url);
    } else if (response.ok) {
      this.tell(await response.json(), ids);
    } else {
      this.again(ids);
    }
  }

  again(ids) {
    ids.forEach((id) => this.touched.add(id));
    this.$said.textContent = "Not saved: the portal can’t be reached. We try again.";
    this.soon(AGAIN_MS);
  }

  tell(answer, ids) {
    const $at = document.activeElement;
    const { top, bottom } = $at.getBoundingClientRect();
    const isSeen = bottom > 0 && top < window.innerHeight;
    this.write(answer, ids);
    // What is said above may not push out of sight what has the focus.
    if (isSeen && this.$form.contains($at)) {
      $at.scrollIntoView({ block: "nearest" });
    }
  }

  write({ at, kept, files, refused }, ids) {
    this.$said.textContent = `Saved at ${at}, not sent yet`;
    ids.forEach((id) => {
      const $row = this.$form.querySelector(`[data-update="${id}"]`);
      const $kept = $row.querySelector("[data-kept]");
      $kept.hidden = !kept.includes(Number(id));
      $kept.querySelector("[data-kept-words]").textContent = `Saved at ${at}. It is kept for you and not sent yet.`;
      this.tellOfFile($row, files[id], refused[id]);
    });
  }

  tellOfFile($row, file, trouble) {
    const $file = $row.querySelector("input[type=file]");
    const $words = $row.querySelector("[data-file-kept]");
    if ($file.files.length && (file || trouble)) {
      $file.value = "";
      $words.textContent = trouble || `${file} is kept and goes with this update. Nobody can open it until it has been checked for viruses.`;
      $words.hidden = false;
    }
  }

  lapsed(address) {
    this.stop();
    const $lapsed = this.$form.querySelector("[data-lapsed]");
    $lapsed.querySelector("[data-lapsed-link]").href = address;
    $lapsed.hidden = false;
    this.$form.querySelectorAll("fieldset[data-update], .update-send").forEach(($part) => ($part.inert = true));
    $lapsed.querySelector("a").focus();
  }
}

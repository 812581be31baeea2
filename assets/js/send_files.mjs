/**
 * Sends files one after the other and says how far it is. Each goes in its own request to the same address as the form
 * without scripts: what has gone through stays, whatever becomes of the others. In the end the page is asked for anew.
 */
export class SendFiles {
  static moduleName = "send-files";

  constructor($form) {
    this.$form = $form;
    this.$input = $form.querySelector("input[type=file]");
    if (this.$input && window.FormData && window.XMLHttpRequest) {
      $form.addEventListener("submit", (event) => this.begin(event));
    }
  }

  begin(event) {
    const files = [...this.$input.files];
    if (this.isSending || !files.length) {
      // Without a file the server says what is missing; a second press changes nothing.
      this.isSending && event.preventDefault();
      return;
    }
    event.preventDefault();
    this.isSending = true;
    this.$form.querySelector("button").disabled = true;
    this.say();
    this.sendAll(files);
  }

  async sendAll(files) {
    const failed = [];
    for (const [index, file] of files.entries()) {
      this.$words.textContent = `${this.$form.dataset.sending} ${index + 1} / ${files.length}`;
      failed.push(...(await this.send(file)));
    }
    if (!failed.length) {
      window.location.assign(`${window.location.pathname}?added`);
      return;
    }
    this.stop(failed);
  }

  send(file) {
    return new Promise((done) => {
      const body = new FormData();
      body.append("csrfmiddlewaretoken", this.$form.querySelector("input[name=csrfmiddlewaretoken]").value);
      body.append(this.$input.name, file);
      const lost = () => done([`${file.name}: ${this.$form.dataset.lost}`]);
      const request = new XMLHttpRequest();
      request.open("POST", window.location.pathname);
      request.setRequestHeader("Accept", "application/json");
      request.upload.addEventListener("progress", (event) => {
        this.$progress.value = event.lengthComputable ? event.loaded / event.total : 0;
      });
      request.addEventListener("error", lost);
      request.addEventListener("timeout", lost);
      request.addEventListener("load", () => {
        try {
          done(JSON.parse(request.responseText).failed);
        } catch {
          lost();
        }
      });
      request.send(body);
    });
  }

  say() {
    const $sending = document.createElement("div");
    $sending.className = "sending";
    this.$words = document.createElement("p");
    this.$words.setAttribute("role", "status");
    this.$progress = document.createElement("progress");
    this.$progress.max = 1;
    this.$progress.setAttribute("aria-label", this.$form.dataset.sending);
    $sending.append(this.$words, this.$progress);
    this.$sending = $sending;
    this.$form.append($sending);
  }

  /** What was wrong before is not shown beside what is wrong now. */
  forget() {
    this.$form.querySelector("[data-failed]")?.remove();
    document.querySelector(".govuk-error-summary")?.remove();
    this.$form.querySelector(".govuk-error-message")?.remove();
    this.$form.querySelector(".govuk-form-group--error")?.classList.remove("govuk-form-group--error");
  }

  /** Names what failed where it stands; the page with all that went through is one press away. */
  stop(failed) {
    this.isSending = false;
    this.$sending.remove();
    this.$form.querySelector("button").disabled = false;
    this.forget();
    const $failed = document.createElement("div");
    $failed.dataset.failed = "";
    $failed.className = "govuk-inset-text";
    $failed.setAttribute("role", "alert");
    failed.forEach((why) => {
      const $one = document.createElement("p");
      $one.textContent = why;
      $failed.append($one);
    });
    const $there = document.createElement("a");
    $there.className = "govuk-link";
    $there.href = window.location.pathname;
    $there.textContent = this.$form.dataset.there;
    $failed.append($there);
    this.$form.prepend($failed);
    this.$input.value = "";
    $failed.tabIndex = -1;
    $failed.focus();
  }
}

// Passkeys. Without scripts there is the code of an authenticator app.

function toBytes(text) {
  const padded = text.replace(/-/g, "+").replace(/_/g, "/");
  return Uint8Array.from(atob(padded), (character) => character.charCodeAt(0));
}

function toText(buffer) {
  const characters = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join("");
  return btoa(characters).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

function withBytes(credentials) {
  return (credentials || []).map((each) => ({ ...each, id: toBytes(each.id) }));
}

function forTheBrowser(asked) {
  const options = { ...asked, challenge: toBytes(asked.challenge) };
  if (asked.user) options.user = { ...asked.user, id: toBytes(asked.user.id) };
  if (asked.excludeCredentials) options.excludeCredentials = withBytes(asked.excludeCredentials);
  if (asked.allowCredentials) options.allowCredentials = withBytes(asked.allowCredentials);
  return options;
}

function forTheServer(credential) {
  const given = credential.response;
  const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const response = {};
  for (const part of parts) if (given[part]) response[part] = toText(given[part]);
  if (given.getTransports) response.transports = given.getTransports();
  return {
    type: credential.type,
    id: credential.id,
    rawId: toText(credential.rawId),
    response,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

async function answer(form) {
  const publicKey = forTheBrowser(JSON.parse(form.dataset.options).publicKey);
  const credential = await navigator.credentials[form.dataset.passkey]({ publicKey });
  form.querySelector("input[name=credential]").value = JSON.stringify(forTheServer(credential));
  form.submit();
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const trouble = form.querySelector("[data-passkey-trouble]");
    trouble.hidden = true;
    answer(form).catch(() => {
      trouble.hidden = false;
    });
  });
}

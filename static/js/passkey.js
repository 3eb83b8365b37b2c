// Forms (data-passkey: get or create) that a passkey fills: options from the server, the phone's own question, back to the server.
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (char) => char.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

async function ask(form) {
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const answer = await fetch(form.dataset.options, { method: "POST", headers: { "X-CSRFToken": token } });
  const { publicKey } = await answer.json();
  publicKey.challenge = bytes(publicKey.challenge);
  if (publicKey.user) publicKey.user.id = bytes(publicKey.user.id);
  for (const list of ["allowCredentials", "excludeCredentials"]) publicKey[list]?.forEach((key) => (key.id = bytes(key.id)));
  return navigator.credentials[form.dataset.passkey]({ publicKey });
}

function told(key) {
  const response = {};
  for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"])
    if (key.response[part]) response[part] = text(key.response[part]);
  const { id, type } = key;
  return JSON.stringify({ id, rawId: text(key.rawId), type, response, clientExtensionResults: key.getClientExtensionResults() });
}

function setUp(form) {
  form.hidden = false;
  form.querySelector("button").addEventListener("click", async () => {
    const error = form.querySelector("[role=alert]");
    error.hidden = true;
    try {
      form.elements.credential.value = told(await ask(form));
      form.submit();
    } catch {
      error.hidden = false;
    }
  });
}

if (window.PublicKeyCredential) document.querySelectorAll("[data-passkey]").forEach(setUp);

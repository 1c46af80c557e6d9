// Asks the device for a passkey, or to make one, and sends the answer with the form.

const bytes = (text) => Uint8Array.from(
  atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
const words = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
  .replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
const withId = (one) => ({ ...one, id: bytes(one.id) });

const asked = {
  get: (question) => navigator.credentials.get({ publicKey: {
    ...question,
    challenge: bytes(question.challenge),
    allowCredentials: (question.allowCredentials || []).map(withId),
  } }),
  create: (question) => navigator.credentials.create({ publicKey: {
    ...question,
    challenge: bytes(question.challenge),
    user: withId(question.user),
    excludeCredentials: (question.excludeCredentials || []).map(withId),
  } }),
};

function told(credential) {
  const response = { clientDataJSON: words(credential.response.clientDataJSON) };
  for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[part]) response[part] = words(credential.response[part]);
  }
  return JSON.stringify({
    id: credential.id,
    rawId: words(credential.rawId),
    type: credential.type,
    response,
    clientExtensionResults: credential.getClientExtensionResults(),
  });
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const button = form.querySelector("[data-passkey-button]");
  const problem = form.querySelector("[data-passkey-problem]");
  const off = form.querySelector("[data-passkey-off]");
  if (!window.PublicKeyCredential) {
    off.textContent = "This browser knows no passkeys. Use another way.";
    continue;
  }
  off.hidden = true;
  for (const part of form.querySelectorAll("[data-passkey-button], [data-passkey-field]")) part.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    problem.hidden = true;
    button.disabled = true;
    try {
      const credential = await asked[form.dataset.passkey](JSON.parse(form.dataset.question));
      form.elements.credential.value = told(credential);
      form.submit();
    } catch {
      problem.textContent = "Nothing came from your device. Try again, or use another way.";
      problem.hidden = false;
      button.disabled = false;
    }
  });
}

// Makes or shows a passkey for the form before this script, then sends the form. Where that cannot be, the form stays hidden and the
// words beside it are shown instead.
{
  const form = document.currentScript.previousElementSibling;
  const instead = form.previousElementSibling;
  const { way, options, domain, cancelled, already, failed } = form.dataset;
  const status = form.querySelector("[role=status]");
  let isBusy = false;

  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const text = (buffer) =>
    buffer && btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const named = (list) => list?.map((one) => ({ ...one, id: bytes(one.id) }));

  /** The options as the browser takes them. */
  function read(asked) {
    const publicKey = { ...asked, challenge: bytes(asked.challenge) };
    if (asked.user) publicKey.user = { ...asked.user, id: bytes(asked.user.id) };
    if (asked.excludeCredentials) publicKey.excludeCredentials = named(asked.excludeCredentials);
    if (asked.allowCredentials) publicKey.allowCredentials = named(asked.allowCredentials);
    return { publicKey };
  }

  /** The credential as the server takes it. */
  function written({ id, rawId, type, response }) {
    const said = { clientDataJSON: text(response.clientDataJSON) };
    for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (response[part]) said[part] = text(response[part]);
    }
    if (way === "show") said.userHandle ??= null;
    return JSON.stringify({ id, rawId: text(rawId), type, response: said, clientExtensionResults: {} });
  }

  async function go() {
    const answer = await fetch(options, { method: "POST", headers: { Accept: "application/json" } });
    const begun = await answer.json().catch(() => ({}));
    if (begun.go) return location.assign(begun.go);
    if (!answer.ok || !begun.options) throw Object.assign(new Error(), { words: begun.words });
    const asked = read(begun.options);
    const credential = await (way === "make" ? navigator.credentials.create(asked) : navigator.credentials.get(asked));
    form.elements.ceremony.value = begun.ceremony;
    form.elements.credential.value = written(credential);
    form.submit();
  }

  if (window.PublicKeyCredential && navigator.credentials && location.hostname === domain) {
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      event.stopPropagation();
      if (isBusy) return;
      isBusy = true;
      status.textContent = "";
      try {
        await go();
      } catch (error) {
        const words = { NotAllowedError: cancelled, AbortError: cancelled, InvalidStateError: already }[error.name];
        status.textContent = error.words ?? words ?? failed;
      }
      isBusy = false;
    });
    addEventListener("pageshow", () => (isBusy = false));
  } else if (instead?.matches("[data-passkey-instead]")) {
    instead.hidden = false;
  }
}

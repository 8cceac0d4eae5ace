// Passkeys: a form with data-passkey asks the server for a question, lets the device answer it, and sends the answer.
// Needs `webauthn-json.js` of django-allauth. Without JavaScript the forms stay hidden, and there is another way.
(() => {
  if (!window.PublicKeyCredential || !window.webauthnJSON) return;

  async function answered(form) {
    const response = await fetch(form.dataset.question, {
      method: "POST",
      headers: { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
    });
    if (!response.ok) throw new Error(`the question was refused: ${response.status}`);
    return JSON.stringify(await window.webauthnJSON[form.dataset.passkey](await response.json()));
  }

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    const problem = form.querySelector("[data-problem]");
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      problem.textContent = "";
      answered(form).then(
        (answer) => {
          form.elements.credential.value = answer;
          HTMLFormElement.prototype.submit.call(form);
        },
        () => {
          problem.textContent = problem.dataset.problem;
        },
      );
    });
  }
})();

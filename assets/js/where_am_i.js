// "Waar ben ik?": asks the device for the place, puts it (about 10 metres exact) in the form around the button and sends the form.

const TENTHS_OF_A_STREET = 4; // decimals of a degree

export function whereAmI() {
  if (!navigator.geolocation || !window.isSecureContext) return;
  for (const button of document.querySelectorAll("[data-where-am-i]")) {
    const form = button.form;
    const say = document.getElementById(button.dataset.says);
    if (!form) continue;
    button.hidden = false;
    button.addEventListener("click", () => {
      button.disabled = true;
      if (say) say.textContent = button.dataset.busy;
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => {
          form.elements.lat.value = coords.latitude.toFixed(TENTHS_OF_A_STREET);
          form.elements.lon.value = coords.longitude.toFixed(TENTHS_OF_A_STREET);
          form.submit();
        },
        () => {
          button.disabled = false;
          if (say) say.textContent = button.dataset.problem;
        },
        { timeout: 10_000, maximumAge: 60_000 },
      );
    });
  }
}

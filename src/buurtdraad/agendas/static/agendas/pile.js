// Entering a pile: Enter in the text keeps the sheet, Shift with Enter begins a new line. Without this, Tab leads to the button.
for (const area of document.querySelectorAll("textarea[data-enter-sends]")) {
  area.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    area.form.requestSubmit();
  });
}

// "Lees voor": the voice of the browser reads the page. The button shows only when there is a voice for the language.

const PIECE = "h1, h2, h3, h4, p, li, dt, dd, caption, figcaption, th, td, legend, label, summary";

/** Texts of what can be seen, in reading order, each once. */
function pieces(main) {
  const texts = [];
  for (const element of main.querySelectorAll(PIECE)) {
    if (element.querySelector(PIECE) || element.closest("[aria-hidden=true], [hidden]") || !element.getClientRects().length) continue;
    const text = element.textContent.replace(/\s+/g, " ").trim();
    if (text) texts.push({ text, language: element.closest("[lang]").lang });
  }
  return texts;
}

/** One button reads the page; a button in an article (`data-read-part`) reads that article only. */
export function readAloud() {
  const buttons = [...document.querySelectorAll("[data-read-aloud], [data-read-part]")];
  const main = document.querySelector("main");
  const speech = window.speechSynthesis;
  if (!buttons.length || !main || !speech) return;
  const voiceFor = (language) => speech.getVoices().find((voice) => voice.lang.slice(0, 2).toLowerCase() === language.slice(0, 2));
  const show = () => {
    const silent = !voiceFor(document.documentElement.lang);
    for (const button of buttons) button.hidden = silent;
  };
  const say = (button, reading) => {
    button.querySelector("[data-label]").textContent = reading ? button.dataset.stop : button.dataset.start;
    button.setAttribute("aria-pressed", String(reading));
  };
  let turn = 0;
  const stop = () => {
    turn += 1;
    speech.cancel();
    for (const button of buttons) say(button, false);
  };
  const read = (button) => {
    const pressed = button.getAttribute("aria-pressed") === "true";
    stop();
    if (pressed) return;
    const mine = turn;
    const queue = pieces(button.closest("main article") ?? main).map(({ text, language }) => {
      const utterance = new SpeechSynthesisUtterance(text);
      utterance.lang = language;
      utterance.voice = voiceFor(language) || null;
      return utterance;
    });
    if (!queue.length) return;
    queue.at(-1).addEventListener("end", () => mine === turn && stop());
    say(button, true);
    queue.forEach((utterance) => speech.speak(utterance));
  };
  for (const button of buttons) button.addEventListener("click", () => read(button));
  addEventListener("pagehide", () => speech.cancel());
  speech.addEventListener?.("voiceschanged", show);
  show();
}

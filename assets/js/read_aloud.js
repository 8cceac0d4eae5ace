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

export function readAloud() {
  const button = document.querySelector("[data-read-aloud]");
  const main = document.querySelector("main");
  const speech = window.speechSynthesis;
  if (!button || !main || !speech) return;
  const voiceFor = (language) => speech.getVoices().find((voice) => voice.lang.slice(0, 2).toLowerCase() === language.slice(0, 2));
  const show = () => {
    button.hidden = !voiceFor(document.documentElement.lang);
  };
  const label = button.querySelector("[data-label]");
  const say = (reading) => {
    label.textContent = reading ? button.dataset.stop : button.dataset.start;
    button.setAttribute("aria-pressed", String(reading));
  };
  let turn = 0;
  const stop = () => {
    turn += 1;
    speech.cancel();
    say(false);
  };
  button.addEventListener("click", () => {
    if (button.getAttribute("aria-pressed") === "true") {
      stop();
      return;
    }
    stop();
    const mine = turn;
    const queue = pieces(main).map(({ text, language }) => {
      const utterance = new SpeechSynthesisUtterance(text);
      utterance.lang = language;
      utterance.voice = voiceFor(language) || null;
      return utterance;
    });
    if (!queue.length) return;
    queue.at(-1).addEventListener("end", () => mine === turn && stop());
    say(true);
    queue.forEach((utterance) => speech.speak(utterance));
  });
  addEventListener("pagehide", () => speech.cancel());
  speech.addEventListener?.("voiceschanged", show);
  show();
}

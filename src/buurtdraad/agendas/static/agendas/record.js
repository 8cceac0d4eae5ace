// A recorder in front of a choice of a file: what is recorded becomes that file. Without it, or without a microphone, one chooses a file.
(() => {
  const KINDS = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"];
  const SPEECH = 32_000; // bits a second

  if (!window.MediaRecorder || !navigator.mediaDevices || !window.DataTransfer) return;

  for (const box of document.querySelectorAll("[data-recorder]")) {
    const input = document.getElementById(box.dataset.for);
    if (!input) continue;
    const [start, stop, says, clock, listen] = ["start", "stop", "says", "clock", "listen"].map((name) =>
      box.querySelector(`[data-${name}]`),
    );
    let recorder;
    let ticking;
    let full = false;
    box.hidden = false;
    // A telephone would open a recorder of its own; there is one here.
    input.removeAttribute("capture");

    function shown(recording) {
      start.hidden = recording;
      stop.hidden = !recording;
      (recording ? stop : start).focus();
    }

    function tick(seconds) {
      clock.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
      full = seconds >= Number(box.dataset.most);
      if (full && recorder.state === "recording") recorder.stop();
    }

    function kept(pieces, type) {
      const sound = new File(pieces, `recording.${type.includes("mp4") ? "m4a" : type.includes("ogg") ? "ogg" : "webm"}`, { type });
      const files = new DataTransfer();
      files.items.add(sound);
      input.files = files.files;
      if (listen.src) URL.revokeObjectURL(listen.src);
      listen.src = URL.createObjectURL(sound);
      listen.hidden = false;
      says.textContent = full ? box.dataset.full : box.dataset.done;
    }

    function begin(stream) {
      const pieces = [];
      const mimeType = KINDS.find((kind) => MediaRecorder.isTypeSupported(kind));
      recorder = new MediaRecorder(stream, { mimeType, audioBitsPerSecond: SPEECH });
      recorder.addEventListener("dataavailable", (event) => pieces.push(event.data));
      recorder.addEventListener("stop", () => {
        clearInterval(ticking);
        for (const track of stream.getTracks()) track.stop();
        shown(false);
        kept(pieces, recorder.mimeType);
      });
      const since = Date.now();
      recorder.start(1000);
      tick(0);
      ticking = setInterval(() => tick(Math.round((Date.now() - since) / 1000)), 1000);
      says.textContent = box.dataset.busy;
      listen.hidden = true;
      shown(true);
    }

    start.addEventListener("click", () => {
      navigator.mediaDevices.getUserMedia({ audio: true }).then(begin, () => {
        says.textContent = box.dataset.problem;
      });
    });
    stop.addEventListener("click", () => recorder.stop());
    // Who sends while it still records sends what was said until then.
    input.form.addEventListener("submit", (event) => {
      if (!recorder || recorder.state !== "recording") return;
      event.preventDefault();
      recorder.addEventListener("stop", () => input.form.requestSubmit(event.submitter), { once: true });
      recorder.stop();
    });
  }
})();

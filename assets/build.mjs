// Builds what the browser and the PDF maker need into src/buurtdraad/ui/static/ui/built/: `npm ci && node assets/build.mjs`.
// Names carry a hash of their content, so that a browser may keep them for ever; manifest.json tells name -> built name.
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import zlib from "node:zlib";
import * as esbuild from "esbuild";
import { transform } from "lightningcss";

const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const OUT = path.join(ROOT, "src/buurtdraad/ui/static/ui/built");
const MODULES = path.join(ROOT, "node_modules");
const SHEETS = ["base", "header", "layout", "map", "figures", "charts", "parts", "cards", "places", "wishes", "forms", "footer", "work", "coherence", "voting", "ballot", "fit", "print"];
const FONTS = { "SourceSans3-Regular.ttf": "400Regular", "SourceSans3-Italic.ttf": "400Regular_Italic", "SourceSans3-Bold.ttf": "700Bold" };
const BROWSERS = { chrome: 109 << 16, firefox: 115 << 16, safari: (16 << 16) | (4 << 8) };

const read = (...names) => fs.readFileSync(path.join(ROOT, ...names), "utf8");
const minify = (filename, css) => transform({ filename, code: Buffer.from(css), minify: true, targets: BROWSERS }).code;

/**
 * The component CSS of NL Design System, as listed in package.json. Some of it paints what must still be filled in as wrong
 * (`:invalid`): here that waits until somebody has typed, as it does for the text box.
 */
function componentCss() {
  const names = Object.keys(JSON.parse(read("package.json")).devDependencies).filter((name) => /^@utrecht\/.*-css$/.test(name));
  return names.map((name) => read("node_modules", name, "dist/index.css")).join("\n").replaceAll(":invalid", ":user-invalid");
}

const declarations = (css) => new Map([...css.matchAll(/(--[\w-]+):\s*([^;{}]+);/g)].map((match) => [match[1], match[2].trim()]));

/** The tokens of the sample theme that this CSS reaches, directly or through another token; a tenth of them. */
function tokensInUse(css, neutral) {
  const sample = declarations(read("node_modules/@nl-design-system-unstable/voorbeeld-design-tokens/dist/theme.css"));
  const own = declarations(neutral);
  const reached = new Set();
  const follow = (text) => {
    for (const [, token] of text.matchAll(/var\(\s*(--[\w-]+)/g)) {
      if (reached.has(token)) continue;
      reached.add(token);
      follow(own.get(token) ?? sample.get(token) ?? "");
    }
  };
  follow(css + neutral);
  const kept = [...sample].filter(([token]) => reached.has(token) && !own.has(token));
  return `.buurt-theme{${kept.map(([token, value]) => `${token}:${value};`).join("")}}`;
}

const manifest = {};

/** Write a file under a name with its hash; text also compressed. */
function write(name, content, { pressed = true } = {}) {
  const bytes = Buffer.from(content);
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 10);
  const { name: stem, ext } = path.parse(name);
  const built = `${stem}.${hash}${ext}`;
  const target = path.join(OUT, built);
  fs.writeFileSync(target, bytes);
  if (pressed) {
    const quality = { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 11 } };
    fs.writeFileSync(`${target}.br`, zlib.brotliCompressSync(bytes, quality));
    fs.writeFileSync(`${target}.gz`, zlib.gzipSync(bytes, { level: 9 }));
  }
  manifest[name] = built;
  const sent = pressed ? fs.statSync(`${target}.br`).size : bytes.length;
  console.log(`${name.padEnd(28)} ${String(bytes.length).padStart(8)} bytes, sent as ${sent}`);
  return built;
}

function fontFace(built) {
  const range = "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212";
  return `@font-face{font-family:"Source Sans 3";src:url(${built}) format("woff2");font-weight:200 900;font-display:swap;unicode-range:${range}}`;
}

async function script(name) {
  const { outputFiles } = await esbuild.build({
    entryPoints: [path.join(ROOT, "assets/js", name)],
    bundle: true,
    minify: true,
    write: false,
    format: "iife",
    target: ["chrome109", "firefox115", "safari16.4"],
  });
  return outputFiles[0].contents;
}

fs.rmSync(OUT, { recursive: true, force: true });
fs.mkdirSync(path.join(OUT, "fonts"), { recursive: true });
const font = fs.readFileSync(path.join(MODULES, "@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-normal.woff2"));
const face = fontFace(write("source-sans-3.woff2", font, { pressed: false }));
const neutral = read("assets/theme-neutral.css");
const own = SHEETS.map((name) => read("assets/css", `${name}.css`)).join("\n");
const components = componentCss();
const theme = `${tokensInUse(components + own, neutral)}\n${neutral}`;
write("app.css", minify("app.css", [face, components, own, theme].join("\n")));
for (const name of ["site.js", "note.js"]) write(name, await script(name));
write("htmx.js", fs.readFileSync(path.join(MODULES, "htmx.org/dist/htmx.min.js")));
write("icons.svg", read("assets/icons.svg").replace(/\n\s*/g, ""));
write("mark.svg", read("assets/mark.svg").replace(/\n\s*/g, ""));
for (const [name, weight] of Object.entries(FONTS)) {
  const source = `@expo-google-fonts/source-sans-3/${weight}/SourceSans3_${weight}.ttf`;
  fs.copyFileSync(path.join(MODULES, source), path.join(OUT, "fonts", name));
}
fs.writeFileSync(path.join(OUT, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);

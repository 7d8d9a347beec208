// The box on the first page: type a text, see GPT-2's tokens over their ids. `make site` bundles
// this file with the vocabulary, so that the page asks no network.
import gpt2 from "js-tiktoken/ranks/gpt2";
import { Tiktoken } from "js-tiktoken/lite";

// JavaScript's \s is not Unicode's white space, which Python and tiktoken mean.
const pattern = gpt2.pat_str.replaceAll("\\s", "\\p{White_Space}").replaceAll("\\S", "\\P{White_Space}");
const tokenizer = new Tiktoken({ ...gpt2, pat_str: pattern });
const SIGNS = { " ": "·", "\n": "↵", "\t": "→" };

const typed = document.querySelector("#typed");
const tokens = document.querySelector("#tokens");
const counted = document.querySelector("#counted");

// Put tokens together that are a character only together.
function group(text, ids) {
  const groups = [];
  let rest = text;
  let waiting = [];
  for (const id of ids) {
    waiting.push(id);
    const piece = tokenizer.decode(waiting);
    if (rest.startsWith(piece)) {
      groups.push([piece, waiting]);
      rest = rest.slice(piece.length);
      waiting = [];
    }
  }
  return groups;
}

function draw() {
  const text = typed.value.toWellFormed();
  const ids = tokenizer.encode(text, [], []);
  tokens.replaceChildren(
    ...group(text, ids).map(([piece, waiting]) => {
      const item = document.createElement("li");
      const shown = document.createElement("code");
      shown.textContent = piece.replace(/[ \n\t]/g, (sign) => SIGNS[sign]);
      const below = document.createElement("small");
      below.textContent = waiting.join(" | ");
      item.append(shown, below);
      return item;
    }),
  );
  const n = [...text].length;
  counted.textContent = `${n} ${n === 1 ? "character" : "characters"}, ${ids.length} ${ids.length === 1 ? "token" : "tokens"}`;
}

typed.addEventListener("input", draw);
draw();

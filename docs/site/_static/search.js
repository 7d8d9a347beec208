// The search as a reader expects it; Sphinx's own script comes before this one.

// "tokenise" finds "tokenize": a word that no page has is tried in the other spelling.
const SPELLING = /is(e|es|ed|er|ers|ing|ation|ations)$/i;
const parseQuery = Search._parseQuery;
Search._parseQuery = (query) => parseQuery(query.replace(/[\p{L}\p{N}_]+/gu, spellAsPagesDo));

function spellAsPagesDo(word) {
  const other = word.replace(SPELLING, "iz$1");
  return !isOnAPage(word) && isOnAPage(other) ? other : word;
}

function isOnAPage(word) {
  const stem = new Stemmer().stemWord(word.toLowerCase());
  return stem in Search._index.terms || stem in Search._index.titleterms;
}

// What is quoted is prose: neither code nor what it printed, nor the page's table of contents.
const htmlToText = Search.htmlToText;
Search.htmlToText = (html, anchor) => {
  const page = new DOMParser().parseFromString(html, "text/html");
  page.querySelectorAll(".cell, .onlyprint, .bd-header-article, footer, .highlight").forEach((each) => each.remove());
  return htmlToText(page.documentElement.outerHTML, anchor);
};

// The lessons come first, then the further notebooks; the reference comes last.
const ORDER = [["notebooks/further/", 5], ["notebooks/", 10], ["docs/site/", -30]];
Scorer.score = ([page, , , , score]) =>
  score + (ORDER.find(([folder]) => page.startsWith(folder)) ?? ["", 0])[1];

// Make the form's text field an editor: colours, brackets, completion of terms and prefixes. Without it the form works
// as it is. The editor lives in a shadow root, where CodeMirror's styles are constructed sheets, which a policy without
// 'unsafe-inline' allows; in the page itself they would be a <style> element.
import {
  EditorState, EditorView, HighlightStyle, StreamLanguage, acceptCompletion, autocompletion, bracketMatching,
  closeBrackets, closeBracketsKeymap, completionKeymap, defaultKeymap, highlightSpecialChars, history, historyKeymap,
  keymap, lineNumbers, sparql, syntaxHighlighting, tags,
} from "./vendor/codemirror-6.43.15/codemirror.min.js";

const MOST = 60;
const KEYWORDS = (
  "SELECT ASK CONSTRUCT DESCRIBE WHERE PREFIX BASE DISTINCT REDUCED FILTER OPTIONAL UNION MINUS GRAPH BIND VALUES " +
  "UNDEF EXISTS NOT GROUP BY ORDER HAVING LIMIT OFFSET ASC DESC AS COUNT SUM AVG MIN MAX SAMPLE GROUP_CONCAT STR LANG " +
  "LANGMATCHES DATATYPE BOUND IRI REGEX REPLACE CONTAINS STRSTARTS STRENDS SUBSTR STRLEN CONCAT LCASE UCASE YEAR MONTH " +
  "DAY NOW IF COALESCE IN isIRI isLiteral"
).split(" ");

const form = document.querySelector("form.sparql");
const field = form.querySelector("textarea");

// What there is to complete with, fetched once, when it is first wanted.
let fetched;
function known() {
  fetched ??= fetch(form.dataset.terms).then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)));
  return fetched.catch(() => { fetched = undefined; return { prefixes: {}, terms: [] }; });
}

// How well a term fits: its name, the part behind the prefix, a word of a label; Chinese may stand anywhere.
function rank([name, , en, zh], typed) {
  const local = name.slice(name.indexOf(":") + 1).toLowerCase();
  if (name.toLowerCase().startsWith(typed)) return 0;
  if (local.startsWith(typed)) return 1;
  if (` ${en.toLowerCase()}`.includes(` ${typed}`)) return 2;
  if (zh.includes(typed)) return 3;
  return local.includes(typed) ? 4 : -1;
}

// Put a term in, and declare its prefix where the text does not: the query then runs elsewhere too.
function putIn(name, prefixes) {
  const prefix = name.slice(0, name.indexOf(":"));
  return (view, completion, from, to) => {
    const changes = [{ from, to, insert: name }];
    const declared = new RegExp(`prefix\\s+${prefix}:`, "i").test(view.state.doc.toString());
    const line = declared || !(prefix in prefixes) ? "" : `PREFIX ${prefix}: <${prefixes[prefix]}>\n`;
    if (line) changes.unshift({ from: 0, insert: line });
    view.dispatch({ changes, selection: { anchor: from + line.length + name.length }, userEvent: "input.complete" });
  };
}

async function complete(context) {
  const declaring = context.matchBefore(/prefix\s+\w*/i);
  const word = context.matchBefore(/[?$]\w*|[\w-]*:[\w-]*|[\w-]+|[\u3400-\u9fff]+/);
  if (!context.explicit && !declaring && (!word || word.to - word.from < 2)) return null;
  const { prefixes, terms } = await known();
  if (declaring) {
    const from = declaring.from + declaring.text.search(/\w*$/);
    const options = Object.entries(prefixes).map(([name, iri]) => (
      { label: `${name}:`, detail: iri, apply: `${name}: <${iri}>\n`, type: "namespace" }));
    return { from, options };
  }
  const from = word ? word.from : context.pos;
  const typed = word ? word.text.toLowerCase() : "";
  if (/^[?$]/.test(typed)) {
    const names = new Set(context.state.doc.toString().match(/[?$]\w+/g) ?? []);
    names.delete(word.text);
    return { from, options: [...names].sort().map((label) => ({ label, type: "variable" })) };
  }
  const found = terms.map((term) => [rank(term, typed), term]).filter(([fits]) => fits >= 0);
  found.sort((one, other) => one[0] - other[0]);
  const zh = document.documentElement.lang.startsWith("zh");
  const options = found.slice(0, MOST).map(([, [name, kind, english, chinese]]) => ({
    label: name, detail: `${(zh ? chinese || english : english || chinese)} · ${form.dataset[kind]}`,
    apply: putIn(name, prefixes), type: kind,
  }));
  const words = KEYWORDS.filter((one) => typed && one.toLowerCase().startsWith(typed));
  options.push(...words.map((label) => ({ label, type: "keyword" })));
  for (const name of Object.keys(prefixes)) {
    if (typed && name.startsWith(typed)) options.push({ label: `${name}:`, detail: form.dataset.prefix, type: "namespace" });
  }
  return options.length ? { from, options, filter: false } : null;
}

const look = EditorView.theme({
  "&": { color: "var(--ink)", backgroundColor: "var(--paper)", fontSize: ".92rem" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": {
    fontFamily: 'ui-monospace, "SF Mono", Menlo, Consolas, "Noto Sans Mono CJK SC", monospace',
    minHeight: "20rem", maxHeight: "38rem",
  },
  ".cm-content": { caretColor: "var(--ink)" },
  ".cm-gutters": { backgroundColor: "var(--ground)", color: "var(--soft)", borderRight: "1px solid var(--line)" },
  ".cm-tooltip": { backgroundColor: "var(--paper)", color: "var(--ink)", border: "1px solid var(--strong)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { maxWidth: "min(46rem, 92vw)", maxHeight: "none", fontFamily: "inherit" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { backgroundColor: "var(--accent)", color: "var(--on-accent)" },
  ".cm-completionDetail": { fontStyle: "normal", color: "var(--soft)" },
  "li[aria-selected] .cm-completionDetail": { color: "var(--on-accent)" },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--mark)", color: "var(--ink)" },
});
const colours = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--s1)", fontWeight: "600" },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--s3)" },
  { tag: [tags.number, tags.bool, tags.literal], color: "var(--s2)" },
  { tag: [tags.variableName, tags.local(tags.variableName)], color: "var(--s4)" },
  { tag: [tags.atom, tags.typeName, tags.namespace, tags.link, tags.url], color: "var(--s5)" },
  { tag: tags.comment, color: "var(--soft)" },
]);

const host = document.createElement("div");
host.className = "editing";
field.after(host);
const root = host.attachShadow({ mode: "open" });
const label = form.querySelector('label[for="query"]');
const send = () => { form.requestSubmit(); return true; };
const view = new EditorView({
  parent: root,
  root,
  state: EditorState.create({
    doc: field.value,
    extensions: [
      lineNumbers(), highlightSpecialChars(), history(), bracketMatching(), closeBrackets(),
      StreamLanguage.define(sparql), syntaxHighlighting(colours), look, EditorView.lineWrapping,
      autocompletion({ override: [complete], icons: false, maxRenderedOptions: 10 }),
      keymap.of([
        { key: "Mod-Enter", run: send },
        ...closeBracketsKeymap, ...completionKeymap, { key: "Tab", run: acceptCompletion }, ...defaultKeymap.filter(
          (one) => one.key !== "Mod-Enter"), ...historyKeymap,
      ]),
      EditorView.contentAttributes.of({
        "aria-label": `${label.textContent}. ${document.getElementById("keys").textContent}`, autocapitalize: "off",
      }),
      // Over a selection the browser would type into a copy of its styles, an inline style that the policy refuses.
      EditorView.domEventHandlers({
        beforeinput(event, view) {
          const { state } = view;
          if (event.inputType !== "insertText" || !event.data || event.isComposing || state.selection.main.empty) return false;
          event.preventDefault();
          view.dispatch(state.replaceSelection(event.data), { userEvent: "input.type", scrollIntoView: true });
          return true;
        },
      }),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) field.value = update.state.doc.toString();
      }),
    ],
  }),
});
label.addEventListener("click", () => view.focus());
field.hidden = true;

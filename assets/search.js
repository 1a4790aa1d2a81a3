/* Suggests while one types in the search field of the header (a combobox after the ARIA Authoring Practices).
   What is compared was normalised by the server (components/search_index.py); normalising what is typed and
   ranking say what data_access/services/search.py says: a browser test holds the two together. */
(function () {
  "use strict";
  var MOST = 8, OFF = "search-key-off";
  var index = null, asked = null, shown = [], active = -1, came = null;
  var kept = { value: null, focused: false };

  function make(tag, attributes, parent) {
    var node = document.createElement(tag);
    Object.entries(attributes).forEach(function (pair) { node.setAttribute(pair[0], pair[1]); });
    return parent ? parent.appendChild(node) : node;
  }
  function form() { return document.querySelector("#prerendered form.search") || document.querySelector("#live form.search"); }
  function field() { return form() && form().querySelector("input"); }
  function part(role) { return form().querySelector("[role=" + role + "]"); }

  function normalise(text) {
    var bare = text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replace(/œ/g, "oe").replace(/æ/g, "ae");
    return (bare.match(/[a-z0-9]+/g) || []).join(" ");
  }
  function words(text) {
    return normalise(text.replace(/^\s*([1-5])[.,](\d\d?)\s*$/, "os$1.$2"))
      .replace(/\b(os) ?([1-5]) (e?\d\d?[ab]?)\b|\b(bv|vd) (\d[a-e]?)\b/g, function (code) { return code.replace(/ /g, ""); })
      .split(" ").filter(Boolean).map(function (word) { return word.replace(/(\w{5})[es]$/, "$1"); });
  }
  function begins(word, item) {
    return word.length > 1 && item.keys.some(function (key) { return key.startsWith(word); });
  }
  function rankOfWord(item, word, tongue) {
    if ((" " + item.titles[tongue]).includes(" " + word) || begins(word, item)) return item.ranks[0];
    if (word.length > 2 && item.titles[tongue].includes(word)) return item.ranks[1];
    return (" " + item.bodies[tongue]).includes(" " + word) ? item.ranks[2] : Infinity;
  }
  function rank(item, sought, whole) {
    var compact = sought.join("");
    if (item.keys.includes(compact)) return [0, 0];
    if (begins(compact, item)) return [1, 1];
    return [0, 1].map(function (tongue) {
      if (item.titles[tongue] === whole) return 0;
      return Math.max.apply(null, sought.map(function (word) { return rankOfWord(item, word, tongue); }));
    });
  }
  function search(text) {
    var sought = words(text), whole = normalise(text);
    if (!sought.length) return [];
    return index.items.map(function (item) {
      var ranks = rank(item, sought, whole);
      return { item: item, rank: Math.min(ranks[0], ranks[1]), foreign: ranks[1] < ranks[0] };
    }).filter(function (found) { return found.rank < Infinity; }).sort(function (a, b) { return a.rank - b.rank; });
  }

  /* The page comes without the parts that only scripts use; both pages, painted and live, get them here. */
  function equip() {
    var input = field();
    if (!input || input.hasAttribute("role")) return;
    Object.entries({ role: "combobox", autocomplete: "off", maxlength: 100, "aria-autocomplete": "list",
      "aria-expanded": "false", "aria-controls": "search-list" })
      .forEach(function (pair) { input.setAttribute(pair[0], pair[1]); });
    make("kbd", { "aria-hidden": "true" }, form()).textContent = "/";
    var panel = make("div", { "class": "suggestions" }, form());
    make("ul", { id: "search-list", role: "listbox" }, panel);
    make("p", { "aria-hidden": "true" }, panel);
    make("p", { role: "status", "class": "visually-hidden" }, form());  /* always there: only then is it read out */
    if (kept.value !== null && kept.value !== input.value) input.value = kept.value;
    if (kept.focused) { input.focus(); suggest(); }
    showKey();
  }
  function load() {
    asked = asked || fetch(form().dataset.index)
      .then(function (answer) { if (!answer.ok) throw new Error(answer.status); return answer.json(); })
      .then(function (answer) { index = answer; suggest(); })
      .catch(function () { asked = null; });  /* the form still answers; the next focus asks again */
  }
  function option(found, place) {
    var item = found.item, row = make("li", { id: "search-option-" + place, role: "option", "aria-selected": "false" });
    if (item.code) make("span", { "class": "code" }, row).textContent = item.code;
    make("span", { "class": "title" }, row).textContent = item.title;
    if (found.rank === Math.max.apply(null, item.ranks) && found.rank > item.ranks[0]) make("small", {}, row).textContent = index.sentences.body;
    else if (found.foreign) make("small", { lang: index.language }, row).textContent = index.language.toUpperCase() + " " + item.other;
    else if (item.kind) make("small", {}, row).textContent = item.kind;
    return row;
  }
  function sentence(count) {
    var all = index.sentences;
    return (count === 0 ? all.none : count === 1 ? all.one : count > MOST ? all.some : all.all)
      .replace("{n}", count).replace("{shown}", MOST);
  }
  function suggest() {
    var input = field(), text = input.value;
    if (!index || !part("listbox")) return;
    var found = search(text);
    shown = found.slice(0, MOST);
    part("listbox").setAttribute("aria-label", index.label);
    part("listbox").replaceChildren.apply(part("listbox"), shown.map(option));
    form().querySelectorAll("p").forEach(function (line) { line.textContent = text.trim() ? sentence(found.length) : ""; });
    open(Boolean(text.trim()) && document.activeElement === input);
  }
  function open(yes) {
    form().classList.toggle("open", yes);
    field().setAttribute("aria-expanded", String(yes && shown.length > 0));
    choose(-1);
  }
  function choose(place) {
    active = place;
    part("listbox").childNodes.forEach(function (row, i) { row.setAttribute("aria-selected", String(i === active)); });
    if (active < 0) return field().removeAttribute("aria-activedescendant");
    field().setAttribute("aria-activedescendant", "search-option-" + active);
    part("listbox").childNodes[active].scrollIntoView({ block: "nearest" });
  }
  function move(step) {
    if (!form().classList.contains("open")) return suggest();
    var rows = shown.length + 1;  /* one more place than rows: the field itself */
    choose((active + 1 + step + rows) % rows - 1);
  }
  function go(place) { location.assign(shown[place].item.href); }
  function leave() {
    if (came && came.isConnected && came !== document.body) came.focus(); else field().blur();
  }

  /* A key of one character can be switched off (WCAG 2.1.4); a browser that keeps nothing leaves it on. */
  function keyOff(change) {
    try {
      if (change) localStorage.setItem(OFF, localStorage.getItem(OFF) === "1" ? "0" : "1");
      return localStorage.getItem(OFF) === "1";
    } catch (error) { return false; }
  }
  function showKey() {
    var button = document.querySelector("[data-shortcut]"), off = keyOff();
    form().classList.toggle("keyless", off);
    field().setAttribute("aria-keyshortcuts", off ? "Control+K" : "/ Control+K");
    if (!button) return;
    button.hidden = false;
    button.textContent = off ? button.dataset.on : button.dataset.off;
  }
  function onKey(event) {
    var input = field();
    if (!input || event.defaultPrevented || event.isComposing) return;
    if (event.target === input) return inField(event);
    var slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !keyOff();
    var control = event.key.toLowerCase() === "k" && event.ctrlKey && !event.shiftKey && !event.altKey;
    if (!(slash || control) || event.target.closest("input, select, textarea, [contenteditable]")) return;
    event.preventDefault();
    came = event.target;
    input.focus();
    input.select();
  }
  function inField(event) {
    var isOpen = form().classList.contains("open");
    var actions = {
      ArrowDown: function () { move(1); },
      ArrowUp: function () { move(-1); },
      Escape: function () { if (isOpen) open(false); else leave(); },
      Enter: isOpen && active >= 0 ? function () { go(active); } : null
    };
    if (!actions[event.key]) return;
    event.preventDefault();
    actions[event.key]();
  }

  document.addEventListener("keydown", onKey);
  document.addEventListener("focusin", function (event) {
    if (event.target !== field()) return;
    kept.focused = true;
    if (index) suggest(); else load();
  });
  document.addEventListener("focusout", function (event) {
    var left = event.target;
    if (left !== field()) return;
    /* the painted field is removed while it has the focus: that is no leaving */
    setTimeout(function () { if (left.isConnected && document.activeElement !== left) { kept.focused = false; open(false); } });
  });
  document.addEventListener("input", function (event) {
    if (event.target !== field()) return;
    kept.value = event.target.value;
    suggest();
  });
  document.addEventListener("pointerdown", function (event) {
    if (event.target.closest(".suggestions")) event.preventDefault();  /* the field keeps the focus */
  });
  document.addEventListener("click", function (event) {
    var row = event.target.closest(".suggestions [role=option]"), button = event.target.closest("[data-shortcut]");
    if (row) go(Array.from(row.parentNode.children).indexOf(row));
    if (button) { keyOff(true); showKey(); }
  });
  document.addEventListener("page:ready", equip);
  equip();
})();

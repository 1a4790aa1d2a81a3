/* Filters and sorts the scorecard in the browser, and keeps both in the address.
   Rows carry what is compared in data- attributes (components/tables/scorecard_table.py). */
(function () {
  "use strict";
  var KEYS = ["state", "attribution", "q", "sort"];
  var SORTS = /^-?(code|title|status|attribution|change)$/;
  var collator = new Intl.Collator(document.documentElement.lang);

  /* The painted page answers as the live one will: nobody waits for Dash to filter a table. */
  function find(selector) {
    var page = document.getElementById("prerendered") || document.getElementById("live");
    return page && page.querySelector(selector);
  }
  function table() { return find("table.filtered"); }
  function form() { return find("form.scorecard-filters"); }

  function wanted() {
    var search = new URLSearchParams(location.search);
    var want = Object.fromEntries(KEYS.map(function (key) { return [key, search.get(key) || ""]; }));
    if (!SORTS.test(want.sort)) want.sort = "";
    return want;
  }

  function matches(row, want) {
    return (!want.state || row.dataset.state === want.state) &&
      (!want.attribution || row.dataset.attribution === want.attribution) &&
      want.q.toLowerCase().split(/\s+/).every(function (word) { return row.dataset.text.includes(word); });
  }

  function compare(key, descending) {
    return function (a, b) {
      var text = key === "code" || key === "title";
      var x = text ? a.dataset[key] : a.getAttribute("data-sort-" + key);
      var y = text ? b.dataset[key] : b.getAttribute("data-sort-" + key);
      if ((x === "") !== (y === "")) return x === "" ? 1 : -1;
      var order = text ? collator.compare(x, y) : parseFloat(x) - parseFloat(y);
      return (descending ? -order : order) || collator.compare(a.dataset.code, b.dataset.code);
    };
  }

  /* Sorted by anything but the contract's order, the rows leave their groups for one flat body. */
  function arrange(scorecard, sort) {
    var rows = Array.from(scorecard.querySelectorAll("tr[data-row]"));
    var flat = scorecard.querySelector("tbody.flat");
    if (!sort) {
      rows.sort(compare("code", false)).forEach(function (row) {
        var home = scorecard.querySelector('tbody[data-group="' + row.dataset.home + '"]');
        var note = home.querySelector(".elsewhere");
        home.insertBefore(row, note);
      });
      if (flat) flat.remove();
      return;
    }
    if (!flat) {
      flat = document.createElement("tbody");
      flat.className = "flat";
      scorecard.appendChild(flat);
    }
    var descending = sort.startsWith("-");
    rows.sort(compare(sort.replace("-", ""), descending)).forEach(function (row) { flat.appendChild(row); });
  }

  function show() {
    var scorecard = table(), filters = form();
    if (!scorecard || !filters) return;
    var want = wanted(), order = filters.querySelector("[name=sort]"), rows = Array.from(scorecard.querySelectorAll("tr[data-row]"));
    arrange(scorecard, want.sort);
    order.value = want.sort;
    if (!order.value) order.value = "all";
    rows.forEach(function (row) { row.hidden = !matches(row, want); });
    var left = rows.filter(function (row) { return !row.hidden; }).length;
    var narrowed = Boolean(want.state || want.attribution || want.q);
    scorecard.querySelectorAll("tbody[data-group]").forEach(function (body) {
      var visible = body.querySelector("tr[data-row]:not([hidden])");
      body.hidden = Boolean(want.sort) || (narrowed && !visible);
    });
    scorecard.querySelectorAll("[data-sort]").forEach(function (button) {
      var mine = want.sort.replace("-", "") === button.dataset.sort;
      button.closest("th").setAttribute("aria-sort",
        mine ? (want.sort.startsWith("-") ? "descending" : "ascending") : "none");
    });
    var count = filters.querySelector(".filter-count");
    count.textContent = count.dataset.sentence.replace("{shown}", left).replace("{all}", rows.length);
    find(".none-left").hidden = left > 0;
    document.querySelectorAll("a[data-keep-search]").forEach(function (link) {
      link.href = link.pathname + location.search + location.hash;
    });
  }

  function remember(changes) {
    var search = new URLSearchParams(location.search);
    Object.entries(changes).forEach(function (pair) {
      if (pair[1]) search.set(pair[0], pair[1]); else search.delete(pair[0]);
    });
    var text = search.toString();
    history.replaceState(history.state, "", location.pathname + (text ? "?" + text : "") + location.hash);
    show();
  }

  document.addEventListener("input", function (event) {
    if (event.target.closest("form.scorecard-filters")) {
      var change = {};
      var value = event.target.value.trim();
      change[event.target.name] = value === "all" ? "" : value;
      remember(change);
    }
  });
  document.addEventListener("submit", function (event) {
    if (event.target.matches("form.scorecard-filters")) event.preventDefault();
  });
  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-sort], form.scorecard-filters [type=reset]");
    if (!button) return;
    if (button.type === "reset") {
      event.preventDefault();
      form().querySelectorAll("select, input").forEach(function (control) {
        control.value = control.tagName === "SELECT" ? "all" : "";
      });
      return remember({ state: "", attribution: "", q: "", sort: "" });
    }
    var key = button.dataset.sort, now = wanted().sort;
    var next = now === key ? "-" + key : now === "-" + key ? "" : key;
    remember({ sort: next });
  });
  /* What was chosen before the live page took over is in the address. */
  function restore() {
    var filters = form(), want = wanted();
    if (filters) {
      filters.querySelectorAll("select, input").forEach(function (control) {
        control.value = want[control.name];
        if (control.tagName === "SELECT" && !control.value) control.value = "all";
      });
    }
    show();
  }
  document.addEventListener("page:ready", restore);
  restore();
})();

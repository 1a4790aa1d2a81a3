/* Sorts and folds the data table of a sheet in the browser. Cells carry what they are sorted by in data-key
   (components/tables/data_table.py); without scripts every row is there, the newest first. */
(function () {
  "use strict";
  var chosen = { column: 0, descending: true, all: false };
  var collator = new Intl.Collator(document.documentElement.lang);

  /* The painted page answers as the live one will; what was chosen is kept when that one takes over. */
  function table() {
    var page = document.getElementById("prerendered") || document.getElementById("live");
    return page && page.querySelector("table[data-fold]");
  }
  function key(row) { return row.cells[chosen.column].dataset.key; }

  function compare(a, b) {
    var x = key(a), y = key(b);
    if ((x === "") !== (y === "")) return x === "" ? 1 : -1;  // nothing to compare stands last, either way
    var order = isNaN(x) || isNaN(y) ? collator.compare(x, y) : x - y;
    if (order) return chosen.descending ? -order : order;
    return b.cells[0].dataset.key - a.cells[0].dataset.key;
  }

  function show() {
    var shown = table();
    if (!shown) return;
    var rows = Array.from(shown.tBodies[0].rows).sort(compare), limit = Number(shown.dataset.fold);
    rows.forEach(function (row, place) {
      shown.tBodies[0].appendChild(row);
      row.classList.toggle("folded", !chosen.all && place >= limit);
    });
    Array.from(shown.tHead.rows[0].cells).forEach(function (cell, place) {
      var mine = place === chosen.column;
      cell.setAttribute("aria-sort", mine ? (chosen.descending ? "descending" : "ascending") : "none");
    });
    var more = shown.closest("section").querySelector(".data-more");
    if (!more) return;
    more.hidden = false;
    more.textContent = chosen.all ? more.dataset.less : more.dataset.more;
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest("table[data-fold] th button, .data-more");
    if (!button) return;
    if (button.matches(".data-more")) {
      chosen.all = !chosen.all;
    } else {
      var column = button.closest("th").cellIndex;
      chosen.descending = column === chosen.column ? !chosen.descending : column === 0;
      chosen.column = column;
    }
    show();
  });
  document.addEventListener("page:ready", show);
  show();
})();

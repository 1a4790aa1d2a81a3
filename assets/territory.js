/* The map of the communes and what stands beside it speak of the same commune: pointer, focus and keyboard
   light it everywhere; a click opens its profile. A slider and a play button drive the choice of the period.
   Without this file the form, the table and its links do the same. */
(function () {
  "use strict";
  var NARROW = 520, STEP = 900; /* pixels; milliseconds a period stays */
  var KEYS = ["measure", "view", "sex", "age", "croissant", "period"];

  function root() { return document.querySelector("#live .map-root"); }
  function plots() { return Array.from(root().querySelectorAll(".js-plotly-plot")); }
  function named(element) {
    var bound = element.__data__;
    return bound && (bound.loc || bound.id);
  }

  /* ---- one commune, everywhere ---- */
  var lit = null;
  function light(nis) {
    if (nis === lit) return;
    lit = nis;
    document.querySelectorAll("#live .lit").forEach(function (old) { old.classList.remove("lit"); });
    if (!nis) return;
    plots().forEach(function (plot) {
      plot.querySelectorAll(".choroplethlayer path, .points path, .scattergeo path").forEach(function (mark) {
        if (named(mark) !== nis) return;
        mark.classList.add("lit");
        /* what is drawn last lies on top */
        if (mark.closest(".choroplethlayer")) mark.parentNode.appendChild(mark);
      });
    });
    var row = document.querySelector('#live tr[data-nis="' + nis + '"]');
    if (row) row.classList.add("lit");
  }
  function communeOf(event) {
    var point = event.points && event.points[0];
    var nis = point && (point.location || point.id);
    return /^\d{5}$/.test(nis) ? nis : null;
  }
  function open(nis) {
    if (nis) location.assign(root().dataset.profile.replace("NIS", nis));
  }
  function listen(plot) {
    if (!plot.on || plot.dataset.linked) return;
    plot.dataset.linked = "true";
    plot.on("plotly_hover", function (event) { light(communeOf(event)); });
    plot.on("plotly_unhover", function () { light(null); });
    plot.on("plotly_click", function (event) { open(communeOf(event)); });
    plot.on("plotly_afterplot", function () { var now = lit; lit = null; light(now); });
  }
  ["mouseover", "focusin"].forEach(function (kind) {
    document.addEventListener(kind, function (event) {
      if (!root() || !event.target.closest) return;
      var row = event.target.closest("#live tr[data-nis]");
      if (row) light(row.dataset.nis);
      else if (kind === "focusin" || event.target.closest(".map-details")) light(null);
    });
  });

  /* ---- names do not fit on a narrow map: the table holds them ---- */
  function fit() {
    var plot = document.querySelector("#live #map-map .js-plotly-plot");
    if (!plot || !plot.data || !plot.layout.meta) return;
    var wide = plot.offsetWidth >= NARROW, which = [];
    plot.data.forEach(function (trace, i) {
      if (trace.meta === "names" && (trace.visible !== false) !== wide) which.push(i);
    });
    if (!which.length) return;
    window.Plotly.update(plot, { visible: wide }, {
      "legend.orientation": wide ? "v" : "h",
      "legend.yanchor": wide ? "bottom" : "top",
      "geo.lonaxis.range": plot.layout.meta[wide ? "wide" : "narrow"],
      "margin.b": wide ? 0 : 90
    }, which);
  }

  /* ---- the choices live in the address ---- */
  document.addEventListener("change", function (event) {
    var form = event.target.closest && event.target.closest("form.map-controls");
    if (!form || !document.documentElement.dataset.ready) return;
    var search = new URLSearchParams(location.search);
    KEYS.forEach(function (key) {
      var value = form.querySelector("[name=" + key + "]").value;
      if (key === "period" && event.target.name !== "period") return;
      if (value && value !== "_T") search.set(key, value); else search.delete(key);
    });
    history.replaceState(history.state, "", location.pathname + "?" + search + location.hash);
    document.querySelectorAll("a[data-keep-search]").forEach(function (link) {
      link.href = link.pathname + location.search + location.hash;
    });
  });

  /* ---- slider and play ---- */
  var timer = null;
  function select() { return document.querySelector("#live #map-period"); }
  function choose(value) {
    var field = select(), set = Object.getOwnPropertyDescriptor(HTMLSelectElement.prototype, "value").set;
    if (field.value === value) return;
    set.call(field, value);
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
  function follow() {
    var box = document.querySelector("#live #map-slider"), field = select();
    if (!box || !field) return;
    var range = box.querySelector("input"), chosen = field.options[field.selectedIndex];
    if (!range || !chosen) return;
    range.max = field.options.length - 1;
    range.value = field.selectedIndex;
    range.setAttribute("aria-valuetext", chosen.text);
    box.querySelector("output").textContent = chosen.text;
    box.hidden = field.options.length < 2;
  }
  function stop() {
    clearInterval(timer);
    timer = null;
    var button = document.querySelector("#live #map-slider button");
    if (button) { button.textContent = "▶"; button.setAttribute("aria-label", button.parentNode.dataset.play); }
  }
  function play(button) {
    var field = select();
    if (timer) return stop();
    if (field.selectedIndex === field.options.length - 1) choose(field.options[0].value);
    button.textContent = "❚❚";
    button.setAttribute("aria-label", button.parentNode.dataset.pause);
    timer = setInterval(function () {
      var next = select().options[select().selectedIndex + 1];
      if (next) choose(next.value); else stop();
    }, STEP);
  }
  function build() {
    var box = document.querySelector("#live #map-slider");
    if (!box || box.firstChild) return;
    var button = document.createElement("button"), range = document.createElement("input"), said = document.createElement("output");
    button.type = "button";
    button.className = "button quiet-button";
    button.addEventListener("click", function () { play(button); });
    range.type = "range";
    range.min = 0;
    range.setAttribute("aria-label", box.dataset.label);
    range.addEventListener("input", function () {
      if (timer) stop();
      choose(select().options[range.value].value);
    });
    box.append(button, range, said);
    stop();
    follow();
    new MutationObserver(follow).observe(select(), { childList: true, subtree: true });
    select().addEventListener("change", follow);
  }

  document.addEventListener("page:ready", function () { if (root()) build(); });
  var watched = null;
  document.addEventListener("page:figures", function () {
    var text = document.getElementById("map-text");
    if (!root() || watched === text) return;
    watched = text;
    plots().forEach(listen);
    fit();
    var map = document.querySelector("#live #map-map .js-plotly-plot");
    if (map && map.on) map.on("plotly_afterplot", fit);
    /* the value of a controlled choice can change without an event of its own */
    new MutationObserver(follow).observe(text, { childList: true, subtree: true });
  });
  window.addEventListener("resize", fit);
  window.addEventListener("pagehide", function () { clearInterval(timer); });
})();

/* Presentation mode: the keys of a presenter follow the links of the last line; figures take letters for a room. */
(function () {
  "use strict";
  var KEYS = { ArrowRight: "next", PageDown: "next", ArrowLeft: "previous", PageUp: "previous", Escape: "leave" };
  var SMALLEST = 22, USUAL = 13;
  document.addEventListener("keydown", function (event) {
    var step = KEYS[event.key];
    var shown = document.querySelector(".presented");
    if (!step || !shown || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.target.closest("input, select, textarea")) return;
    var link = shown.querySelector('[data-step="' + step + '"]');
    if (!link) return;
    event.preventDefault();
    location.assign(link.href);
  });

  /* every size of a font under a part of a figure, as plotly.js names it: "xaxis.tickfont.size" */
  function enlarge(part, path, changes) {
    if (!part || typeof part !== "object") return;
    Object.keys(part).forEach(function (name) {
      var here = Array.isArray(part) ? path + "[" + name + "]" : path ? path + "." + name : name;
      if (name === "template" || name === "customdata" || name === "geojson") return;
      if (name === "size" && /font$/.test(path)) {
        var sizes = [].concat(part.size).map(function (size) { return Math.max(SMALLEST, size); });
        changes[here] = Array.isArray(part.size) ? sizes : sizes[0];
      } else if (typeof part[name] === "object") enlarge(part[name], here, changes);
    });
  }
  document.addEventListener("page:figures", function () {
    if (!document.querySelector(".presented")) return;
    var drawn = Array.from(document.querySelectorAll(".presented .js-plotly-plot")).filter(function (plot) {
      return plot.offsetWidth;
    });
    Promise.all(drawn.map(function (plot) {
      var changes = { "font.size": SMALLEST };
      enlarge(plot.layout, "", changes);
      /* what stands above a bar moves up with its letters */
      (plot.layout.annotations || []).forEach(function (note, index) {
        if (note.yshift) changes["annotations[" + index + "].yshift"] = note.yshift * SMALLEST / USUAL;
      });
      return window.Plotly.relayout(plot, changes).then(function () {
        return Promise.all(plot.data.map(function (trace, index) {
          var own = {};
          /* the names on the map come in letters for a room, and are placed for them */
          if (trace.meta !== "names") enlarge(trace, "", own);
          Object.keys(own).forEach(function (name) { if (Array.isArray(own[name])) own[name] = [own[name]]; });
          return Object.keys(own).length ? window.Plotly.restyle(plot, own, [index]) : null;
        }));
      });
    })).then(function () { document.documentElement.dataset.presented = "ready"; });
  });
})();

/* Swaps the page that the server painted for the live one, in one frame, once Dash has built it. */
(function () {
  "use strict";
  var live = document.getElementById("live");
  if (!live) return;

  function swap() {
    var painted = document.getElementById("prerendered");
    if (!painted || !live.querySelector("[data-page]")) return false;
    var hash = location.hash;
    painted.remove();
    live.hidden = false;
    document.documentElement.dataset.ready = "true";
    performance.mark("page:live");
    document.dispatchEvent(new CustomEvent("page:ready"));
    if (hash && window.scrollY === 0) {
      var target = document.getElementById(decodeURIComponent(hash.slice(1)));
      if (target) target.scrollIntoView();
    }
    return true;
  }

  if (swap()) return;
  var observer = new MutationObserver(function () {
    if (swap()) observer.disconnect();
  });
  observer.observe(live, { childList: true, subtree: true });
})();

/* A link to an indicator's definition opens it. */
(function () {
  "use strict";
  function openTarget() {
    var target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target && target.tagName === "DETAILS") target.open = true;
  }
  window.addEventListener("hashchange", openTarget);
  document.addEventListener("page:ready", openTarget);
})();

/* plotly.js would fetch a base map of the world from another host for every map; ours bring their own shapes. */
window.PlotlyGeoAssets = { topojson: { world_110m: { type: "Topology", objects: {}, arcs: [] } } };

/* The figures of the live page: html[data-figures="ready"] and the mark page:figures say that all of them
   are drawn (or that the page has none); until then the attribute is "drawing". */
(function () {
  "use strict";
  var root = document.documentElement;
  function drawn(frame) {
    return frame.querySelector(".js-plotly-plot:not(.dash-graph--pending) .main-svg");
  }
  var observer = new MutationObserver(look);
  function look() {
    if (!Array.from(document.querySelectorAll("#live .figure-frame")).every(drawn)) return;
    observer.disconnect();
    root.dataset.figures = "ready";
    performance.mark("page:figures");
    document.dispatchEvent(new Event("page:figures"));
  }
  document.addEventListener("page:ready", function () {
    var changes = { childList: true, subtree: true, attributes: true, attributeFilter: ["class"] };
    root.dataset.figures = "drawing";
    observer.observe(document.getElementById("live"), changes);
    look();
  });

  /* A figure is drawn for the width of the screen; on paper it takes the width of the sheet. */
  function resize(width) {
    document.querySelectorAll(".figure-frame .js-plotly-plot").forEach(function (plot) {
      /* some figures say their size on paper: beside another, or on the page of their finding */
      var frame = plot.closest(".figure-frame");
      var paper = {
        autosize: false,
        width: Number(frame.dataset.paper) || Math.min(width, plot.offsetWidth),
        height: parseInt(frame.style.getPropertyValue("--paper-height"), 10) || plot.offsetHeight,
      };
      window.Plotly.relayout(plot, width ? paper : { autosize: true, width: null, height: null });
    });
  }
  window.addEventListener("beforeprint", function () { resize(1030); });
  window.addEventListener("afterprint", function () { resize(0); });
})();

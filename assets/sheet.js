/* Years and control limits of a sheet's figure act at once; the choice stays in the address.
   Without this file the form does the same by asking for the page again. */
(function () {
  "use strict";
  function plot() {
    var frame = document.getElementById("sheet-figure");
    return frame && frame.querySelector(".js-plotly-plot");
  }
  function keep(name, value) {
    var address = new URL(location.href);
    if (value) address.searchParams.set(name, value); else address.searchParams.delete(name);
    history.replaceState(history.state, "", address);
  }
  function field(name) { return document.querySelector('#live .figure-controls [name="' + name + '"]'); }
  function zoom() {
    var from = field("from").value, to = field("to").value;
    if (Number(from) > Number(to)) { field("to").value = to = from; }
    /* the end of the contract leaves room for its last mark */
    window.Plotly.relayout(plot(), { "xaxis.range": [from + "-01-01", to === "2027" ? "2028-03-01" : to + "-12-31"] });
  }
  function limits(shown) {
    var drawn = plot(), which = [];
    drawn.data.forEach(function (trace, i) { if (trace.meta === "limits") which.push(i); });
    window.Plotly.restyle(drawn, { visible: shown }, which);
  }
  document.addEventListener("change", function (event) {
    var select = event.target, form = select.closest && select.closest("#live .figure-controls");
    if (!form || !plot()) return;
    if (select.name === "from" || select.name === "to") { zoom(); keep("from", field("from").value); keep("to", field("to").value); }
    else if (select.name === "limits") { limits(select.value === "1"); keep("limits", select.value === "1" ? "1" : ""); }
    else if (select.name === "operator" || select.name === "with") {
      keep(select.name, select.value === "0" ? "" : select.value);
      location.reload();
    }
  });
  document.addEventListener("click", function (event) {
    if (!event.target.closest || !event.target.closest('[data-figure="reset"]')) return;
    keep("from", ""); keep("to", "");
    location.reload();
  });
  /* a frame drawn with the pointer: the months that it holds go into the address */
  document.addEventListener("page:figures", function () {
    var drawn = plot();
    if (!drawn || !drawn.on) return;
    drawn.on("plotly_relayout", function (change) {
      var first = change["xaxis.range[0]"], last = change["xaxis.range[1]"];
      if (!first || !last) return;
      keep("from", String(first).slice(0, 7));
      keep("to", String(last).slice(0, 7));
    });
  });
})();

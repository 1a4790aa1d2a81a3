/* Keeps the choices of the breakdown explorer in the address; until the page is live, asks for the page. */
(function () {
  "use strict";
  var KEYS = ["by", "then", "period"];

  function remember(form, name) {
    var search = new URLSearchParams(location.search);
    /* the period stays out of the address until somebody chooses one: the newest is found anew */
    KEYS.slice(0, name === "period" ? 3 : 2).forEach(function (key) {
      var value = form.querySelector("[name=" + key + "]").value;
      if (value && value !== "none") search.set(key, value); else search.delete(key);
    });
    return location.pathname + "?" + search + location.hash;
  }

  document.addEventListener("change", function (event) {
    var form = event.target.closest("form.breakdown-form");
    if (!form) return;
    var address = remember(form, event.target.name);
    if (!document.documentElement.dataset.ready) return location.assign(address);
    history.replaceState(history.state, "", address);
    document.querySelectorAll("a[data-keep-search]").forEach(function (link) {
      link.href = link.pathname + location.search + location.hash;
    });
  });
  document.addEventListener("submit", function (event) {
    if (event.target.matches("form.breakdown-form") && document.documentElement.dataset.ready) event.preventDefault();
  });
})();

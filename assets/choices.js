/* Keeps the choices of a form in the address (form[data-choices], which names the choice that stays out of it
   until somebody makes it); until the page is live, asks for the page. */
(function () {
  "use strict";
  var NONE = ["", "none", "0"]; /* what a choice holds when nothing is chosen */

  function remember(form, changed) {
    var search = new URLSearchParams(location.search);
    form.querySelectorAll("select[name]").forEach(function (field) {
      if (field.name === form.dataset.choices && field !== changed) return;
      if (NONE.includes(field.value)) search.delete(field.name); else search.set(field.name, field.value);
    });
    return location.pathname + "?" + search + location.hash;
  }

  function write(address) {
    history.replaceState(history.state, "", address);
    document.querySelectorAll("a[data-keep-search]").forEach(function (link) {
      link.href = link.pathname + location.search + location.hash;
    });
  }

  document.addEventListener("change", function (event) {
    var form = event.target.closest("form[data-choices]");
    if (!form) return;
    var address = remember(form, event.target);
    if (!document.documentElement.dataset.ready) return location.assign(address);
    setTimeout(write, 0, address); /* it takes as long as a figure does: the question to the server goes first */
  });
  document.addEventListener("submit", function (event) {
    if (event.target.matches("form[data-choices]") && document.documentElement.dataset.ready) event.preventDefault();
  });
})();

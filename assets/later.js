/* Runs Dash's scripts, in their order, once the painted page has been drawn (app.py keeps them waiting). */
(function () {
  "use strict";
  function clone(waiting) {
    var script = document.createElement("script");
    script.async = false;
    if (waiting.hasAttribute("src")) script.src = waiting.getAttribute("src");
    else script.textContent = waiting.textContent;
    return script;
  }
  function run() {
    var waiting = Array.from(document.querySelectorAll("script[data-later]"));
    var files = waiting.filter(function (script) { return script.hasAttribute("src"); }).map(clone);
    var inline = waiting.filter(function (script) { return !script.hasAttribute("src"); });
    /* what is written inline uses what the files define */
    files[files.length - 1].addEventListener("load", function () {
      inline.forEach(function (script) { document.body.appendChild(clone(script)); });
    });
    files.forEach(function (script) { document.body.appendChild(script); });
  }
  document.addEventListener("DOMContentLoaded", function () {
    requestAnimationFrame(function () { setTimeout(run, 0); });
  });
})();

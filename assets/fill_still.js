/* Puts the parts of a page that never change in their place (components/still.py), before they are drawn.
   What was put is remembered: React knows nothing of it, and may give the element another content.
   Scripts load by the alphabet, and this one must watch before page.js does, which says that the page is ready. */
(function () {
  "use strict";
  var NAME = "data-still";
  var held = new WeakMap();

  function fill(element) {
    var html = element.getAttribute(NAME);
    if (html === "") return; /* in its place */
    (held.get(element) || []).forEach(function (node) { node.remove(); });
    held.delete(element);
    if (html === null) return;
    var before = element.childNodes.length;
    element.insertAdjacentHTML("beforeend", html);
    held.set(element, Array.from(element.childNodes).slice(before));
    element.setAttribute(NAME, "");
  }
  new MutationObserver(function (changes) {
    changes.forEach(function (change) {
      if (change.type === "attributes") return fill(change.target);
      change.addedNodes.forEach(function (node) {
        if (node.nodeType !== Node.ELEMENT_NODE) return;
        if (node.hasAttribute(NAME)) fill(node);
        node.querySelectorAll("[" + NAME + "]").forEach(fill);
      });
    });
  }).observe(document.documentElement, { attributes: true, attributeFilter: [NAME], childList: true, subtree: true });
})();

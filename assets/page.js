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

/* Sends the file of form.send-form with a bar that says how far it is; without this the form works as well. */
(function () {
  "use strict";
  document.addEventListener("submit", function (event) {
    var form = event.target.closest("form.send-form");
    var file = form && form.querySelector("input[type=file]");
    if (!form || !file.files.length) return;
    event.preventDefault();
    var bar = form.querySelector("progress");
    var request = new XMLHttpRequest();
    bar.hidden = false;
    form.querySelector("button").disabled = true;
    request.upload.addEventListener("progress", function (step) {
      if (step.lengthComputable) bar.value = Math.round(100 * step.loaded / step.total);
    });
    /* the server answers with the page of the report, and its address is where the reader goes */
    request.addEventListener("load", function () { location.assign(request.responseURL); });
    request.addEventListener("error", function () { HTMLFormElement.prototype.submit.call(form); });
    request.open("POST", form.action);
    request.send(new FormData(form));
  });
})();

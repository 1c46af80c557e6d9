// Says, before the page is drawn, that the script will follow, so that nothing jumps when it does.
document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) {
  document.body.classList.add("govuk-frontend-supported");
}

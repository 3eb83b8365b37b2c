// Hands the code of a scanned square on: out of the address bar first, then into the form.
const code = /^#1\.([0-9A-Z-]{13,20})$/i.exec(location.hash)?.[1];
const form = document.querySelector("[data-scanned]");

history.replaceState(null, "", location.pathname);
if (code && form) {
  form.elements.code.value = code;
  form.submit();
}

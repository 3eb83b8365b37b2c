/* The square on a slip carries the staff number behind the #: it is filled in here and reaches no server's log. */
const number = location.hash.slice(1);
const field = document.querySelector("#staff-number");
if (field && /^[A-Z]\d{6}$/.test(number)) {
  field.value = number;
  history.replaceState(null, "", location.pathname + location.search);
  document.querySelector("[name=secret]")?.focus();
}

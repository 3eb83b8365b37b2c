// «Hide»: leaves for a harmless page at once. Going back shows the harmless page again, until the address is opened anew.
const link = document.querySelector("[data-hide]");

function leave() {
  document.documentElement.hidden = true;
  sessionStorage.setItem("hidden", "1");
  location.replace(link.href);
}

function cameBack(event) {
  return event.persisted || performance.getEntriesByType("navigation")[0]?.type === "back_forward";
}

if (link) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
  addEventListener("pageshow", (event) => {
    if (sessionStorage.getItem("hidden") && cameBack(event)) leave();
    else sessionStorage.removeItem("hidden");
  });
}

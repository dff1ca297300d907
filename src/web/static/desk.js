// The moderation desk with scripts: keys, decisions without a page load, selections, and what
// others do meanwhile. Without them every page works by its forms and links.
import "./desk-list.js";
import "./desk-keys.js";
import "./desk-bulk.js";
import "./desk-live.js";
import "./edit.js";

document.querySelector("[data-open=keys]")?.addEventListener("click", () => {
  document.getElementById("keys").showModal();
});
document.querySelector(".lanes [aria-current]")?.scrollIntoView({ inline: "nearest", block: "nearest" });

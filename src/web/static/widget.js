// Puts the thread of an article into its page:
//   <script src="https://SERVICE/widget.js" data-site="SITE" data-thread="NUMBER" defer></script>
// The thread goes into the element with the id «codau», or before the script if there is none.
(() => {
  const script = document.currentScript;
  const service = new URL(script.src).origin;
  const { site, thread, title } = script.dataset;
  const url = document.querySelector('link[rel="canonical"]')?.href ?? location.href.split("#")[0];
  const place = document.getElementById("codau") ?? script.insertAdjacentElement("beforebegin", document.createElement("div"));
  const query = new URLSearchParams({ url, title: title ?? document.title });
  fetch(`${service}/threads/${encodeURIComponent(site)}/${encodeURIComponent(thread)}?${query}`)
    .then((answer) => (answer.ok ? answer.text() : Promise.reject(new Error(`${answer.status}`))))
    .then((html) => {
      // The service made this HTML; all that people wrote in it is escaped there.
      place.innerHTML = html;
      const form = place.querySelector("form");
      if (form) {
        // Sending the same form twice makes one comment.
        const key = Object.assign(document.createElement("input"), { type: "hidden", name: "submission" });
        key.value = crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`;
        form.append(key);
      }
      if (location.hash.startsWith("#binh-luan")) document.querySelector(location.hash)?.scrollIntoView();
    })
    .catch((error) => console.error(`Có Dấu: no comments from ${service} (${error.message}). Does the site «${site}» list the origin ${location.origin}?`));
})();

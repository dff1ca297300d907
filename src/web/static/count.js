// Puts the number of comments of each article where a page lists many, with one request:
//   <span data-codau-count="NUMBER"></span>
//   <script src="https://SERVICE/count.js" data-site="SITE" defer></script>
// An element that is `hidden` is shown where there are any.
(() => {
  const { src, dataset: { site } } = document.currentScript;
  const places = [...document.querySelectorAll("[data-codau-count]")];
  const threads = [...new Set(places.map((place) => place.dataset.codauCount))].sort();
  const ask = async (some) => {
    const query = new URLSearchParams([["site", site], ...some.map((thread) => ["thread", thread])]);
    const answer = await fetch(new URL(`counts?${query}`, src));
    if (!answer.ok) throw new Error(answer.status);
    const { counts } = await answer.json();
    for (const place of places) {
      const count = counts[place.dataset.codauCount];
      if (count === undefined) continue;
      place.textContent = count.toLocaleString("vi");
      if (count) place.hidden = false;
    }
  };
  // The service tells of so many in one call.
  for (let from = 0; from < threads.length; from += 200) {
    ask(threads.slice(from, from + 200)).catch((error) => console.error(`Có Dấu: no counts from ${src} (${error.message}). Does the site «${site}» list the origin ${location.origin}?`));
  }
})();

/** Pages are printed as they were laid out for the window, made as wide as the paper (A4, landscape, usual margins). */
const paperPx = 1040;

/** Tells the style sheet how much smaller the page has to be. */
export function fitPaper(): void {
  window.addEventListener("beforeprint", () => {
    const width = document.getElementById("content")?.clientWidth ?? paperPx;
    document.documentElement.style.setProperty("--print-zoom", String(Math.min(1, paperPx / width)));
  });
}

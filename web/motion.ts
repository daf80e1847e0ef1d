/** Whether nothing should move: for those who ask their system for that, and for pictures and tests of the page. */
export const isStill = (): boolean => navigator.webdriver || matchMedia("(prefers-reduced-motion: reduce)").matches;

/** Long English headings and words need more room than Chinese ones; the table then scrolls sideways. */
const englishFactor = 1.5;

/** Width for a Chinese column, px → width in the reader's language. */
export const columnWidth = (language: string, px: number): number =>
  language === "en" ? Math.round(px * englishFactor) : px;

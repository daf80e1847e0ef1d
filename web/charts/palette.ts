/**
 * Few colours, told apart by lightness as well as hue (so by colour-blind readers and on a black-and-white print); the
 * second and third of a stack also bear a pattern.
 */
export const palette = {
  ink: "#1f2d3d",
  muted: "#5b6b7c",
  line: "#d5dde5",
  primary: "#1f4e79",
  light: "#a9c3dc",
  open: "#e3bd62",
  over: "#b3391f",
} as const;

export const fontFamily =
  "'Noto Sans CJK SC', 'Microsoft YaHei', 'PingFang SC', 'Hiragino Sans GB', 'Source Han Sans SC', sans-serif";

/** Thin diagonal lines. */
export const hatch = { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [2, 5], rotation: -Math.PI / 4 };
/** Small dots. */
export const dots = {
  symbol: "circle",
  symbolSize: 0.5,
  dashArrayX: [
    [6, 6],
    [0, 6, 6, 0],
  ],
  dashArrayY: [6, 0],
};

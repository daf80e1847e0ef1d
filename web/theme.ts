import type { ThemeConfig } from "antd";
import { fontFamily, palette } from "./charts/palette.ts";
import { isStill } from "./motion.ts";

/** One restrained light theme: navy, white and grey; colour never stands alone for a meaning. */
export const theme: ThemeConfig = {
  token: {
    colorPrimary: palette.primary,
    colorInfo: palette.primary,
    colorLink: "#1b5a94",
    // Darker, not lighter as derived: a link under the pointer is read too.
    colorLinkHover: "#123f6b",
    colorLinkActive: "#123f6b",
    colorSuccess: "#256b45",
    colorWarning: "#7a5000",
    colorError: palette.over,
    colorText: palette.ink,
    colorTextSecondary: palette.muted,
    colorTextDescription: palette.muted,
    colorTextPlaceholder: "#667585",
    // Light grounds by hand: those derived from so dark colours come out grey.
    colorPrimaryBg: "#e6eef6",
    colorPrimaryBgHover: "#d3e2f1",
    colorPrimaryBorder: "#a9c3dc",
    colorInfoBg: "#e9f1f9",
    colorInfoBorder: "#a9c3dc",
    colorSuccessBg: "#e8f3ec",
    colorSuccessBorder: "#a8cfb8",
    colorWarningBg: "#fdf5e3",
    colorWarningBorder: "#e3bd62",
    colorErrorBg: "#fbede9",
    colorErrorBorder: "#e2a597",
    colorBorderSecondary: "#e3e9ef",
    colorBgLayout: "#f3f6f9",
    borderRadius: 4,
    fontFamily,
    fontSize: 14,
    motion: !isStill(),
  },
  components: {
    Layout: {
      headerBg: "#ffffff",
      siderBg: "#16324f",
      headerHeight: 56,
      headerPadding: "0 20px",
      footerPadding: "8px 20px",
    },
    Menu: { darkItemBg: "#16324f", darkItemSelectedBg: "#2a5f92", itemBorderRadius: 4 },
    Table: { cellPaddingBlockSM: 6, cellPaddingInlineSM: 8, headerBg: "#eef3f8", headerColor: palette.ink },
    Card: { headerHeight: 44, bodyPadding: 16, headerPadding: 16 },
    Descriptions: { labelColor: palette.muted },
    Segmented: { itemSelectedBg: "#d3e2f1", itemSelectedColor: palette.ink, trackBg: "#eef3f8" },
  },
};

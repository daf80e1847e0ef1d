import { useTranslation } from "react-i18next";
import { zhCN } from "../../locales/zh-CN.ts";

type Code = keyof typeof zhCN.importing.codes;

const isCode = (code: string): code is Code => Object.hasOwn(zhCN.importing.codes, code);

/** A short name for the code of a problem; the code itself where it has none. */
export function useCodeName(): (code: string) => string {
  const { t } = useTranslation();
  return (code) => (isCode(code) ? t(`importing.codes.${code}`) : code);
}

import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useWords } from "../../parts/words.ts";

export interface Figures {
  /** Expected people, with one decimal. */
  readonly people: (n: number | null | undefined) => string;
  /** A difference with its sign, 0 without. */
  readonly signed: (n: number | null | undefined) => string;
  /** Both ends of an interval of a difference, whole people. */
  readonly interval: (low: number | null | undefined, high: number | null | undefined) => string;
}

/** Means are no whole people: a tenth tells 0.4 more from none, and base and difference still add up to the scenario. */
export function useFigures(): Figures {
  const { t } = useTranslation();
  const { language } = useWords();
  return useMemo(() => {
    const one = { minimumFractionDigits: 1, maximumFractionDigits: 1 } as const;
    const plain = new Intl.NumberFormat(language, { ...one, signDisplay: "negative" });
    const withSign = new Intl.NumberFormat(language, { ...one, signDisplay: "exceptZero" });
    const wholes = new Intl.NumberFormat(language, { maximumFractionDigits: 0, signDisplay: "exceptZero" });
    const dash = t("common.dash");
    const minus = (text: string): string => text.replace("-", "−");
    const people: Figures["people"] = (n) => (n === null || n === undefined ? dash : minus(plain.format(n)));
    const signed: Figures["signed"] = (n) => (n === null || n === undefined ? dash : minus(withSign.format(n)));
    const whole = (n: number): string => minus(wholes.format(n));
    return {
      ...{ people, signed },
      interval: (low, high) =>
        low === null || low === undefined || high === null || high === undefined
          ? dash
          : `${whole(low)} … ${whole(high)}`,
    };
  }, [language, t]);
}

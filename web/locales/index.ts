/** i18next with both languages bundled: nothing is fetched. Chinese unless the reader chose English before. */
import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { en } from "./en.ts";
import { singularEnglish } from "./singular.ts";
import { type Locale, zhCN } from "./zh-CN.ts";

export const languages = ["zh-CN", "en"] as const;
export type Language = (typeof languages)[number];

const storageKey = "gongkao.language";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "translation";
    resources: { translation: Locale };
  }
}

function rememberedLanguage(): Language {
  try {
    return localStorage.getItem(storageKey) === "en" ? "en" : "zh-CN";
  } catch {
    return "zh-CN"; // storage is blocked; the default language still works
  }
}

function remember(language: string): void {
  document.documentElement.lang = language;
  try {
    localStorage.setItem(storageKey, language);
  } catch {
    // Storage is blocked: the choice holds until the page is closed.
  }
}

export async function startTranslations(): Promise<void> {
  i18next.on("languageChanged", remember);
  await i18next
    .use(singularEnglish)
    .use(initReactI18next)
    .init({
      postProcess: singularEnglish.name,
      resources: { "zh-CN": { translation: zhCN }, en: { translation: en } },
      lng: rememberedLanguage(),
      fallbackLng: "zh-CN",
      interpolation: { escapeValue: false }, // React escapes
      returnNull: false,
    });
}

import { expect, it } from "vitest";
import { problemCodes, problemName } from "../../server/rosters/problem-names.ts";
import { en } from "../../web/locales/en.ts";
import { zhCN } from "../../web/locales/zh-CN.ts";

it("every kind of problem has a name on the page, in Chinese as in the marked workbook", () => {
  expect(Object.keys(zhCN.importing.codes).toSorted()).toEqual(problemCodes.toSorted());
  expect(Object.keys(en.importing.codes).toSorted()).toEqual(problemCodes.toSorted());
  expect(zhCN.importing.codes).toEqual(Object.fromEntries(problemCodes.map((code) => [code, problemName(code)])));
});

import { describe, expect, it } from "vitest";
import { type Field, factField, joinFields, showAll } from "../../server/rules/found.ts";
import { Person } from "../../server/rules/person.ts";

const person = new Person({ sex: "female", papersInTrade: 2, appraisals: { 2022: "excellent", 2023: "qualified" } });
const year = (name: number, value: unknown): Field => ({
  name: String(name),
  show: (_, record) => record.add(String(name), { zh: `${name}年：`, en: `${name}: ` }, value, { zh: "有", en: "yes" }),
});
const found = (...fields: Field[]) => showAll(joinFields(fields), person);

describe("what is found", () => {
  it("gives several facts as one record and in words", () => {
    const fields = [factField("sex", ({ facts }) => facts.sex), factField("papersInTrade", () => 2)];
    expect(found(...fields)).toEqual({
      value: { sex: "female", papersInTrade: 2 },
      words: { zh: "性别：女，本工种论文篇数：2篇", en: "sex: female, papers in the trade: 2" },
    });
  });

  it("lists years first and in order, as the record does", () => {
    const { value, words } = found(
      factField("sex", () => null),
      year(2023, true),
      year(2022, true),
    );
    expect(Object.keys(value as object)).toEqual(["2022", "2023", "sex"]);
    expect(words.en).toBe("2022: yes, 2023: yes, sex: unknown");
  });

  it("shows a name once, with the value of the last field", () => {
    const fields = [factField("honours", () => 1), factField("sex", () => "male"), factField("honours", () => 3)];
    expect(found(...fields).value).toEqual({ honours: 3, sex: "male" });
    expect(found(...fields).words.zh).toBe("荣誉称号：3项，性别：男");
  });

  it("says so when there is nothing on record", () => {
    expect(found()).toEqual({ value: {}, words: { zh: "无记录", en: "none on record" } });
  });
});

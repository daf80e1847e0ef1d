/** The cell of an identity number: checked, then only a keyed hash and the last four characters go on. */
import { hashIdentity, type IdentityFault, maskIdentity, readIdentity } from "./identity.ts";
import { type CellReading, noValues, warn } from "./reading.ts";
import { compact } from "./values.ts";

const faults: Readonly<Record<IdentityFault, readonly [code: string, zh: string, en: string]>> = {
  length: [
    "id-number-invalid",
    "身份证号应为 18 位（旧号 15 位）数字，末位可为 X：未保存",
    "an identity number has 18 characters (old ones 15), digits and a final X: not kept",
  ],
  date: [
    "id-number-invalid",
    "身份证号中的出生日期不存在：未保存",
    "the date inside the identity number does not exist: not kept",
  ],
  check: [
    "id-number-invalid",
    "身份证号校验码不符，可能有一位数字错误：未保存",
    "the check character of the identity number is wrong, most likely a mistyped digit: not kept",
  ],
  precision: [
    "id-number-precision",
    "身份证号被表格软件当作数字，末几位已丢失（变成 000）：未保存，请将该列设为文本后重新填写",
    "a spreadsheet kept the identity number as a number and its last digits are lost: not kept; format the column as text and type it again",
  ],
};

/** `imprecise`: the file holds the cell as a number, which has too few digits for it. */
export function readIdentityCell(text: string, key: Buffer, imprecise: boolean): CellReading {
  const found = readIdentity(compact(text));
  if (imprecise || "fault" in found) {
    const [code, zh, en] = faults["fault" in found && !imprecise ? found.fault : "precision"];
    return warn(noValues, code, zh, en);
  }
  const { identity, oldForm } = found;
  const values = { idHash: hashIdentity(identity.number, key), idLast4: identity.number.slice(-4) };
  if (!oldForm) return { values, identity };
  return {
    ...warn(
      values,
      "id-number-old",
      "15 位旧号已换算为 18 位，旧号没有校验码，请核对",
      "an old number of 15 digits, brought to 18; it had no check character, so please verify it",
      { taken: maskIdentity(identity.number) },
    ),
    identity,
  };
}

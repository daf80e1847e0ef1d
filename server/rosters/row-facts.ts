/** What only the whole row can decide: columns left open, changes of trade, the identity number beside birth and sex. */
import { encodeFact } from "../rules/columns.ts";
import { findFact } from "../rules/facts.ts";
import type { Identity } from "./identity.ts";
import type { DatePair, TradePair } from "./reading.ts";
import { type PositionOf, positioned, type RosterColumn } from "./row-columns.ts";
import { compareIdentity } from "./row-identity.ts";
import type { RowState } from "./row-state.ts";
import { readTransfer } from "./transfers.ts";

type Columns = ReadonlyMap<string, RosterColumn>;

function setFact(row: RowState, name: string, found: unknown, positionOf: PositionOf): void {
  const definition = findFact(name);
  if (!definition) return;
  const { positions, values } = positioned(encodeFact(definition, found), positionOf);
  positions.forEach((position, index) => {
    row.values[position] = values[index] ?? null;
  });
}

/** Fills what cells say in passing (专业证书 in the column of education) where the column of its own is empty. */
export function fillOpen(row: RowState, positionOf: PositionOf): void {
  for (const also of row.open) {
    for (const [name, value] of Object.entries(also ?? {})) {
      const position = positionOf(name);
      row.values[position] ??= value;
    }
  }
}

const isTrades = (pair: TradePair | DatePair | undefined): pair is TradePair => pair?.kind === "trades";
const isDates = (pair: TradePair | DatePair | undefined): pair is DatePair => pair?.kind === "dates";

/** Two trades or two dates in one cell. */
export function settleTransfer(row: RowState, columns: Columns, positionOf: PositionOf): void {
  const { pairs } = row;
  if (!pairs) return;
  const pairOf = (field: string) => pairs.get(field)?.pair;
  const [trades, since, obtained] = [pairOf("trade"), pairOf("tradeSince"), pairOf("levelObtainedOn")];
  const says = (name: string, yes: (value: unknown) => boolean) =>
    columns.has(name) && yes(row.values[positionOf(columnOf[name] ?? name)] ?? null);
  const found = readTransfer({
    ...(isTrades(trades) ? { trades } : {}),
    ...(isDates(since) ? { tradeSince: since.dates } : {}),
    ...(isDates(obtained) ? { levelObtainedOn: obtained.dates } : {}),
    declared: says("transferred", (value) => value === true) || says("transferredOn", (value) => value !== null),
  });
  if (found.trade !== undefined) row.values[positionOf("trade")] = found.trade;
  if (found.tradeSince !== undefined) setFact(row, "tradeSince", found.tradeSince, positionOf);
  if (found.levelObtainedOn !== undefined) setFact(row, "levelObtainedOn", found.levelObtainedOn, positionOf);
  for (const { field, ...problem } of found.problems) {
    row.note(columns.get(field), pairs.get(field)?.text ?? null, problem);
  }
}

const columnOf: Readonly<Record<string, string>> = { transferredOn: "transferredOnFrom" };

/** Birth and sex of the identity number: compared, or taken where the row is silent. */
export function settleIdentity(row: RowState, identity: Identity, columns: Columns, positionOf: PositionOf): void {
  const at = (name: string) => row.values[positionOf(name)] ?? null;
  const found = compareIdentity(identity, {
    birthDateFrom: at("birthDateFrom"),
    birthDateTo: at("birthDateTo"),
    sex: at("sex"),
    noBirthColumn: !columns.has("birthDate"),
    noSexColumn: !columns.has("sex"),
  });
  if (found.birthDate !== undefined) setFact(row, "birthDate", found.birthDate, positionOf);
  if (found.sex !== undefined) setFact(row, "sex", found.sex, positionOf);
  for (const { field, ...problem } of found.problems) {
    const column = columns.get(field);
    const text = column ? row.text(column) : "";
    row.note(column ?? columns.get("idNumber"), text === "" ? null : text, problem);
  }
}

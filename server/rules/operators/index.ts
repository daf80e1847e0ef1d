/** The closed vocabulary of conditions: one file each, registered here. */
import type { Operator } from "../term.ts";
import { age } from "./age.ts";
import { cycle } from "./cycle.ts";
import { date } from "./date.ts";
import { elapsed } from "./elapsed.ts";
import { evidence } from "./evidence.ts";
import { all, any, anyUnused } from "./group.ts";
import { items } from "./items.ts";
import { lapsed } from "./lapsed.ts";
import { level } from "./level.ts";
import { number } from "./number.ts";
import { present, unrecorded } from "./present.ts";
import { retirement } from "./retirement.ts";
import { value } from "./value.ts";
import { years } from "./years.ts";

const list = [
  value,
  number,
  level,
  date,
  elapsed,
  age,
  retirement,
  lapsed,
  years,
  items,
  present,
  unrecorded,
  cycle,
  evidence,
  all,
  any,
  anyUnused,
] as readonly Operator[];

export const operators: ReadonlyMap<string, Operator> = new Map(list.map((operator) => [operator.name, operator]));

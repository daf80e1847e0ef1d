/** `bottlenecks`: which conditions stop how many workers. */
import type { Command } from "commander";
import { bottlenecksTable } from "../tables.ts";
import { tableCommand } from "./tables.ts";

export const bottlenecksCommand = (): Command =>
  tableCommand("bottlenecks", "申报障碍 · which conditions stop how many workers", (c, request, library) =>
    bottlenecksTable(c, library, request),
  ).option("--rulebook <id>", "规则库 · only workers decided by this rulebook");

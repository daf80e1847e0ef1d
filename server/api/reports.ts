/** GET /reports/{name}.xlsx. */
import { Router } from "express";
import { z } from "zod";
import { findReport, reports } from "../reports/index.ts";
import { attachment, readSnapshot } from "./answer.ts";
import { scopeOf } from "./caller.ts";
import type { Operation } from "./operation.ts";
import type { Parts } from "./parts.ts";
import { filterShape, parseYearQuery } from "./tables.ts";

const query = z.strictObject({ year: filterShape.year, district: filterShape.district });

export const reportOperations: readonly Operation[] = [];
void [Router, findReport, reports, attachment, readSnapshot, scopeOf, parseYearQuery, query];

export type { Parts };

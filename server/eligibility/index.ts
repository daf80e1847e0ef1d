export { decideRosters, outdatedRosters } from "./decide-rosters.ts";
export { type Jurisdiction, jurisdiction } from "./jurisdiction.ts";
export { comparePopulation, type Population } from "./population.ts";
export { fillQuotas } from "./quotas.ts";
export { countWaiver, type WaiverCount } from "./waiver.ts";

export { decideRosters, outdatedRosters } from "./decide-rosters.ts";
export { type Jurisdiction, jurisdiction } from "./jurisdiction.ts";
export { fillQuotaBands } from "./quota-bands.ts";

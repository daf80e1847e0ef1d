/**
 * What-if scenarios: a list of changes (changes.ts) → assumptions with changed rulebooks (apply.ts), what can be said before it is run
 * (check.ts), what may be changed at all (options.ts), base and scenario side by side (differences.ts, rows.ts), runs (runs.ts), and the
 * scenarios that are kept (saved.ts).
 */
export { type Applied, applyChanges, type Notice } from "./apply.ts";
export { bandSchema, type Change, changeSchema, changesSchema, mostChanges } from "./changes.ts";
export { type Checked, checkChanges } from "./check.ts";
export { describeChange } from "./describe.ts";
export { type Ground, groundOf, settingOf } from "./ground.ts";
export { type ScenarioOptions, scenarioOptions } from "./options.ts";
export { type DifferenceRequest, type DifferenceRow, differenceColumns, differenceRows } from "./rows.ts";
export { type RunRequest, type ScenarioRun, ScenarioRuns } from "./runs.ts";
export {
  createScenario,
  deleteScenario,
  listScenarios,
  replaceScenario,
  restoreScenario,
  type Scenario,
  scenarioOf,
} from "./saved.ts";

-- A rulebook decides many rows: as one of few words its id is stored in a third of the time. Rulebooks that are not among these
-- are added when they first decide (server/eligibility/decide-rosters.ts).
DROP TABLE eligibility;

-- The decision on every roster row for every level its rulebook covers; made anew inside each publish.
-- Bits of unmet, unknown and blocking are conditions in the order of the rulebook level (server/rules/sql.ts).
CREATE TABLE eligibility (
  "rosterRow" BIGINT NOT NULL,
  "examYear" SMALLINT NOT NULL,          -- roster year + 1
  "targetLevel" target_level NOT NULL,
  rulebook ENUM('changzhou-2024', 'fujian-2020', 'jiangdu-2020', 'jiangsu-2020', 'jiaozuo-2023', 'nantong-2023') NOT NULL,
  projected BOOLEAN NOT NULL,
  decision decision NOT NULL,
  "planningDecision" decision NOT NULL,
  module module,                         -- first met module, null unless eligible
  unmet UBIGINT NOT NULL,                -- met = neither unmet nor unknown, where the condition applies
  unknown UBIGINT NOT NULL,
  blocking UBIGINT NOT NULL,             -- unmet conditions of the pathway nearest to being met; 0 unless ineligible
  "pathwaysMet" UINTEGER NOT NULL,
  "pathwaysUnknown" UINTEGER NOT NULL
);

-- The next start decides every roster anew.
DELETE FROM evaluated;

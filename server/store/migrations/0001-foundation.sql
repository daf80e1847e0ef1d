-- Foundation: reference tables, rosters, evaluated rosters, imports, versions.
-- Column names are those of the interface (camelCase, quoted where needed); fact columns as in server/rules/columns.ts.

CREATE TABLE publications (
  version INTEGER NOT NULL,              -- data version, 1, 2, 3 …
  "publishedAt" TIMESTAMP NOT NULL,      -- UTC
  reason VARCHAR NOT NULL                -- what was published: "import 12", "rulebooks", …
);

CREATE TABLE districts (
  code VARCHAR NOT NULL,                 -- GB/T 2260, or a local code where none exists
  name VARCHAR NOT NULL,
  parent VARCHAR,                        -- code of the city or province; null for a province
  tier VARCHAR NOT NULL,                 -- province | city | district
  standard BOOLEAN NOT NULL,             -- the code is a GB/T 2260 code
  "oldCodes" VARCHAR[] NOT NULL,
  aliases VARCHAR[] NOT NULL,
  ancestors VARCHAR[] NOT NULL           -- codes from the province down to the district itself
);

CREATE TABLE trades (
  name VARCHAR NOT NULL,
  category VARCHAR NOT NULL,
  general BOOLEAN NOT NULL,              -- 通用工种
  "generalAssumed" BOOLEAN NOT NULL      -- until an administrator confirms
);

CREATE TABLE trade_aliases (
  alias VARCHAR NOT NULL,
  trade VARCHAR NOT NULL,
  source VARCHAR NOT NULL,
  confidence VARCHAR NOT NULL            -- confirmed | assumed
);

CREATE TABLE imports (
  id INTEGER NOT NULL,
  kind VARCHAR NOT NULL,                 -- workers | applications
  file VARCHAR NOT NULL,
  sha256 VARCHAR NOT NULL,
  "importedAt" TIMESTAMP NOT NULL,       -- UTC
  version INTEGER NOT NULL,              -- data version it was published with
  report JSON NOT NULL
);

CREATE SEQUENCE roster_rows;

-- One row: one worker in one roster year (as on 31 December).
CREATE TABLE workers (
  "rosterRow" BIGINT NOT NULL,
  "rosterYear" SMALLINT NOT NULL,
  "workerId" VARCHAR NOT NULL,
  name VARCHAR,
  "idHash" VARCHAR,                      -- keyed hash of the identity number
  "idLast4" VARCHAR,
  district VARCHAR NOT NULL,
  department VARCHAR,
  unit VARCHAR NOT NULL,                 -- as in the roster; see the view units for the code
  "unitNature" VARCHAR,
  trade VARCHAR,                         -- canonical name, null when unknown
  "tradeRaw" VARCHAR,                    -- as in the file
  "sex" VARCHAR,
  "birthDateFrom" DATE,
  "birthDateTo" DATE,
  "retirementTrack" VARCHAR,
  "retirementDateFrom" DATE,
  "retirementDateTo" DATE,
  "employment" VARCHAR,
  "onPost" BOOLEAN,
  "tradeSinceFrom" DATE,
  "tradeSinceTo" DATE,
  "transferredOnFrom" DATE,
  "transferredOnTo" DATE,
  "transferred" BOOLEAN,
  "level" VARCHAR,
  "levelObtainedOnFrom" DATE,
  "levelObtainedOnTo" DATE,
  "levelSource" VARCHAR,
  "promotedSinceReverification" BOOLEAN,
  "appointedOnFrom" DATE,
  "appointedOnTo" DATE,
  "workStartedOnFrom" DATE,
  "workStartedOnTo" DATE,
  "regularisedOnFrom" DATE,
  "regularisedOnTo" DATE,
  "education" VARCHAR,
  "educationInTrade" BOOLEAN,
  "adultHigherEducationCertificate" BOOLEAN,
  "collegeEquivalent" BOOLEAN,
  "appraisalsExcellent" UBIGINT,
  "appraisalsQualified" UBIGINT,
  "appraisalsBasicallyQualified" UBIGINT,
  "appraisalsUnqualified" UBIGINT,
  "appraisalsUngraded" UBIGINT,
  "commendedYears" UBIGINT,
  "outstandingPartyMemberYears" UBIGINT,
  "continuingEducationPassed" UBIGINT,
  "continuingEducationFailed" UBIGINT,
  "disciplineClean" BOOLEAN,
  "competenceAttested" BOOLEAN,
  "highSkill" BOOLEAN,
  "fraudRecordedOnFrom" DATE,
  "fraudRecordedOnTo" DATE,
  "papersInTrade" INTEGER,
  "thesisSubmitted" BOOLEAN,
  "expertRecommendations" INTEGER,
  "honours" STRUCT("kind" VARCHAR, "rank" VARCHAR, "awardedOnFrom" DATE, "awardedOnTo" DATE, "retained" BOOLEAN, "matter" VARCHAR)[],
  "techAwards" STRUCT("rank" VARCHAR, "grade" INTEGER, "principal" BOOLEAN, "awardedOnFrom" DATE, "awardedOnTo" DATE, "matter" VARCHAR)[],
  "patents" STRUCT("kind" VARCHAR, "inTrade" BOOLEAN, "position" INTEGER, "grantedOnFrom" DATE, "grantedOnTo" DATE, "matter" VARCHAR)[],
  "competitions" STRUCT("tier" VARCHAR, "place" INTEGER, "prize" INTEGER, "title" VARCHAR, "heldOnFrom" DATE, "heldOnTo" DATE)[],
  "professionalTitle" VARCHAR,
  "titleInTrade" BOOLEAN,
  "menteesInTopTen" INTEGER,
  "standardsContributor" BOOLEAN,
  "uniqueSkill" BOOLEAN,
  "drivingLicence" VARCHAR,
  "drivingLicenceValidUntilFrom" DATE,
  "drivingLicenceValidUntilTo" DATE,
  "safeDrivingYears" INTEGER,
  "fleetCaptain" BOOLEAN,
  "financeExperience" BOOLEAN,
  "postLicenceValidUntilFrom" DATE,
  "postLicenceValidUntilTo" DATE,
  "exceptionalConditionsUsed" VARCHAR[],
  "militaryServiceStartedOnFrom" DATE,
  "militaryServiceStartedOnTo" DATE,
  "resettledOnFrom" DATE,
  "resettledOnTo" DATE,
  "militaryHonours" STRUCT("kind" VARCHAR, "year" INTEGER)[],
  "arrivedFromOtherProvince" BOOLEAN,
  "failedReviewYears" UBIGINT,
  "marks" STRUCT("theory" DOUBLE, "skills" DOUBLE, "defence" DOUBLE, "lecture" DOUBLE),
  "importId" INTEGER NOT NULL,
  "sourceRow" INTEGER NOT NULL,          -- row in the file, heading = 1
  "rowHash" VARCHAR NOT NULL             -- of everything the file says of this row
);

-- One row: one worker's application for one level in one exam year.
CREATE TABLE applications (
  "examYear" SMALLINT NOT NULL,
  "workerId" VARCHAR NOT NULL,
  district VARCHAR NOT NULL,
  unit VARCHAR NOT NULL,
  trade VARCHAR,
  "tradeRaw" VARCHAR,
  "targetLevel" VARCHAR NOT NULL,
  module VARCHAR,                        -- normal | early | exceptional | transfer | reverification | direct
  "usesQuota" BOOLEAN,
  "unitReview" VARCHAR,                  -- passed | failed | …
  "officeReview" VARCHAR,
  "selectionScore" DOUBLE,
  "selectionPassed" VARCHAR,
  theory DOUBLE,
  skills DOUBLE,
  defence DOUBLE,
  lecture DOUBLE,
  "comprehensiveReview" VARCHAR,
  result VARCHAR,                        -- passed | failed | absent | misconduct | deferred | returned
  "certificateDate" DATE,
  "importId" INTEGER NOT NULL,
  "sourceRow" INTEGER NOT NULL,
  "rowHash" VARCHAR NOT NULL
);

-- Few words, many rows: ENUM keeps eligibility small and quick to group.
CREATE TYPE target_level AS ENUM ('junior', 'intermediate', 'senior', 'technician', 'seniorTechnician');
CREATE TYPE decision AS ENUM ('ineligible', 'undetermined', 'eligible');
CREATE TYPE module AS ENUM ('normal', 'early', 'exceptional', 'transfer', 'reverification', 'direct');

-- The decision on every roster row for every level its rulebook covers; made anew inside each publish.
-- Bits of unmet, unknown and blocking are conditions in the order of the rulebook level (server/rules/sql.ts).
CREATE TABLE eligibility (
  "rosterRow" BIGINT NOT NULL,
  "examYear" SMALLINT NOT NULL,          -- roster year + 1
  "targetLevel" target_level NOT NULL,
  rulebook VARCHAR NOT NULL,
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

-- Which rulebook texts the stored decisions were made with; a changed text means: decide again.
CREATE TABLE evaluated (
  "examYear" SMALLINT NOT NULL,
  rulebook VARCHAR NOT NULL,
  hash VARCHAR NOT NULL
);

-- A unit is its name; where two districts have a unit of the same name, the code tells them apart.
CREATE VIEW units AS
WITH named AS (
  SELECT DISTINCT unit AS name, district FROM workers
  UNION SELECT DISTINCT unit, district FROM applications
)
SELECT
  CASE WHEN count(*) OVER (PARTITION BY name) = 1 THEN name ELSE name || '@' || district END AS unit,
  name AS "unitName",
  district
FROM named;

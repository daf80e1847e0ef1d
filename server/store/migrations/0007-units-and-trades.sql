-- Units renamed or merged, trades under other names, trades closed or merged, headings matched by hand: tables the office edits.
-- Rows keep the names of their files; the tables read the canonical names through units_of.

CREATE TABLE unit_changes (
  id INTEGER NOT NULL,
  district VARCHAR NOT NULL,
  "fromUnit" VARCHAR NOT NULL,           -- name as in the rosters; one change for each
  "toUnit" VARCHAR NOT NULL,
  since SMALLINT NOT NULL,               -- the year from which the new name holds: rosters and exams of that year
  kind VARCHAR NOT NULL,                 -- renamed | merged
  source VARCHAR NOT NULL,               -- the paper it stands in
  note VARCHAR,
  who VARCHAR NOT NULL,
  "changedAt" TIMESTAMP NOT NULL         -- UTC
);

-- What the changes come to, chains followed: a name of a roster → the name it goes by from one year until before another. Made
-- anew with every edit (server/rosters/units.ts); names without a change are not listed.
CREATE TABLE unit_names (
  district VARCHAR NOT NULL,
  name VARCHAR NOT NULL,
  "fromYear" SMALLINT NOT NULL,
  "toYear" SMALLINT NOT NULL,            -- exclusive; 9999 where it holds on
  "unitName" VARCHAR NOT NULL
);

-- A unit is its name; where two districts have a unit of the same name, the code tells them apart.
CREATE OR REPLACE VIEW units AS
WITH named AS (
  SELECT DISTINCT unit AS name, district FROM workers
  UNION SELECT DISTINCT unit, district FROM applications
  UNION SELECT "toUnit", district FROM unit_changes
)
SELECT
  CASE WHEN count(*) OVER (PARTITION BY name) = 1 THEN name ELSE name || '@' || district END AS unit,
  name AS "unitName",
  district
FROM named;

-- Names of rosters → the units of a year: join on name and district, show unit (the code) and unitName.
CREATE MACRO units_of(year) AS TABLE
SELECT u.unit, u."unitName", n."unitName" AS name, n.district
FROM units n
LEFT JOIN unit_names x
  ON x.district = n.district AND x.name = n."unitName" AND year >= x."fromYear" AND year < x."toYear"
JOIN units u ON u.district = n.district AND u."unitName" = coalesce(x."unitName", n."unitName");

-- since: the year from which the name stands for the trade; null = always. A trade that was closed or merged has its own name as alias.
-- who is null for what comes with the product. A trade of null: the name stands for no trade.
ALTER TABLE trade_aliases ADD COLUMN since SMALLINT;
ALTER TABLE trade_aliases ADD COLUMN who VARCHAR;
ALTER TABLE trade_aliases ADD COLUMN "changedAt" TIMESTAMP;
ALTER TABLE trade_aliases ALTER COLUMN trade DROP NOT NULL;

-- Who confirmed, or changed, whether a trade is general.
CREATE TABLE trade_confirmations (
  trade VARCHAR NOT NULL,
  source VARCHAR NOT NULL,
  who VARCHAR NOT NULL,
  "changedAt" TIMESTAMP NOT NULL
);

-- Headings that a clerk matched to a column, for the next file.
CREATE TABLE heading_mappings (
  kind VARCHAR NOT NULL,                 -- workers | applications
  heading VARCHAR NOT NULL,              -- normalised (server/rosters/match.ts)
  "column" VARCHAR NOT NULL,             -- English name
  who VARCHAR NOT NULL,
  "changedAt" TIMESTAMP NOT NULL
);

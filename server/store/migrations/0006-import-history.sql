-- Imports can be looked up and undone: who brought what, which sheet a row came from, and how replaced rows were before.

ALTER TABLE workers ADD COLUMN sheet VARCHAR;              -- worksheet; null for text tables
ALTER TABLE applications ADD COLUMN sheet VARCHAR;

-- No defaults: DuckDB adds a column with one by changing a setting, and the settings are locked.
ALTER TABLE imports ADD COLUMN action VARCHAR;             -- import | undo
ALTER TABLE imports ADD COLUMN who VARCHAR;                -- name of the caller
ALTER TABLE imports ADD COLUMN "versionBefore" INTEGER;    -- data version before it was published
ALTER TABLE imports ADD COLUMN undoes INTEGER;             -- of an undo: the import that it took back
ALTER TABLE imports ADD COLUMN "undoneBy" INTEGER;         -- of an import: the undo that took it back
ALTER TABLE imports ADD COLUMN "imagesKept" BOOLEAN;       -- the rows it replaced are still known

-- What earlier imports replaced was not kept; one that replaced nothing can be taken back all the same.
UPDATE imports SET
  action = 'import',
  who = '',
  "versionBefore" = version - 1,
  "imagesKept" = coalesce(CAST(json_extract_string(report, '$.rowsUpdated') AS INTEGER), 1) = 0;

-- The rows an import replaced, as they were. Column for column those of the tables (server/rosters/images.ts).
CREATE TABLE workers_replaced AS SELECT 0 AS "replacedBy", * FROM workers LIMIT 0;
CREATE TABLE applications_replaced AS SELECT 0 AS "replacedBy", * FROM applications LIMIT 0;

-- What-if scenarios: named lists of changes. They change no data, so saving one publishes no data version.

CREATE TABLE scenarios (
  id VARCHAR NOT NULL,                   -- short, stands in links
  name VARCHAR NOT NULL,
  note VARCHAR,
  changes JSON NOT NULL,                 -- server/forecast/scenario/changes.ts
  version INTEGER NOT NULL,              -- rises with every save
  "createdAt" TIMESTAMP NOT NULL,        -- UTC
  "createdBy" VARCHAR NOT NULL,
  "updatedAt" TIMESTAMP NOT NULL,
  "updatedBy" VARCHAR NOT NULL,
  "deletedAt" TIMESTAMP,                 -- deleted ones stay and can be restored
  "deletedBy" VARCHAR
);

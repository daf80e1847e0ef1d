-- The places a unit may put forward, as the rulebook that serves the district states them; made anew inside each publish, like
-- eligibility. A district whose rulebook has no quota has no rows here.
CREATE TABLE quota_bands (
  "examYear" SMALLINT NOT NULL,
  district VARCHAR NOT NULL,
  "fromTechnicians" INTEGER NOT NULL,    -- at least this many technicians of the trade on post in the unit
  "belowTechnicians" INTEGER,            -- and fewer than this; null in the highest band
  places INTEGER NOT NULL,
  "alternateYears" BOOLEAN NOT NULL      -- none the year after a place was used
);

-- Nothing is decided for good: the next start decides every roster anew and fills the bands with it.
DELETE FROM evaluated;

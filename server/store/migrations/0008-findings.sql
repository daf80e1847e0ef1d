-- Doubts about rosters and applications, found inside each publish (queries/quality-checks.sql).

-- A date known as its first and last possible day, as short as it can be said: 1985-07-06, 1985-07, 1985.
CREATE MACRO date_text(first_day, final_day) AS
  CASE
    WHEN first_day = final_day THEN first_day::VARCHAR
    WHEN first_day = date_trunc('month', first_day) AND final_day = last_day(first_day) THEN strftime(first_day, '%Y-%m')
    WHEN first_day = make_date(year(first_day), 1, 1) AND final_day = make_date(year(first_day), 12, 31)
      THEN strftime(first_day, '%Y')
    ELSE first_day::VARCHAR || '/' || final_day::VARCHAR
  END;

CREATE TABLE findings (
  "rosterYear" SMALLINT NOT NULL,
  code VARCHAR NOT NULL,                 -- server/rosters/finding-codes.ts
  severity VARCHAR NOT NULL,             -- error | warning
  "rosterRow" BIGINT,                    -- null where it is about a unit or an application
  "workerId" VARCHAR,
  name VARCHAR,
  district VARCHAR NOT NULL,
  unit VARCHAR NOT NULL,
  trade VARCHAR,
  level VARCHAR,
  was VARCHAR,                           -- what the sentence of the code shows
  now VARCHAR,
  other VARCHAR,
  "importId" INTEGER,
  sheet VARCHAR,
  "sourceRow" INTEGER,
  elsewhere VARCHAR[]                    -- other districts whose rows the three values tell of
);

-- With which version of the checks the findings were made; another one means: look again.
CREATE TABLE findings_made (checks INTEGER NOT NULL);

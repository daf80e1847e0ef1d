-- Exam years that are not like others (an epidemic, a change of practice): what they weigh when the forecast learns. The office
-- edits this table; a year without a row weighs 1.
CREATE TABLE forecast_years (
  year SMALLINT NOT NULL,                -- exam year, one row for each
  weight DECIMAL(3, 2) NOT NULL,         -- 0 = not looked at … 1
  note VARCHAR,
  who VARCHAR NOT NULL,
  "changedAt" TIMESTAMP NOT NULL         -- UTC
);

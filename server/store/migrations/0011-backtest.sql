-- How far forecasts of earlier years were off, so that a forecast can be shown with its own past error. Made when it is asked for,
-- kept for as long as nothing changes that it depends on (server/forecast/backtest-store.ts).

CREATE TABLE backtest_runs (
  id INTEGER NOT NULL,
  fingerprint VARCHAR NOT NULL,          -- of everything it was made from
  origins INTEGER[] NOT NULL,            -- roster years forecast from
  horizon INTEGER NOT NULL,              -- exam years ahead
  standard BOOLEAN NOT NULL,             -- every origin and horizon there can be
  "madeAt" TIMESTAMP NOT NULL            -- UTC
);

-- Columns as in server/forecast/backtest-score.ts. origin is null for all origins together, level for all levels together.
CREATE TABLE backtest_rows (
  run INTEGER NOT NULL,
  position INTEGER NOT NULL,
  origin INTEGER,
  horizon INTEGER NOT NULL,
  measure VARCHAR NOT NULL,
  grouping VARCHAR NOT NULL,
  "targetLevel" VARCHAR,
  wape DOUBLE,
  "naiveWape" DOUBLE,
  ratio DOUBLE,
  basis VARCHAR NOT NULL,                -- the error that is compared: wape | rmse
  error DOUBLE,
  best VARCHAR,                          -- best baseline
  "bestError" DOUBLE,
  "bestRatio" DOUBLE,
  worse BOOLEAN NOT NULL,                -- than the best baseline, by more than 5 %
  bias DOUBLE,
  coverage80 DOUBLE,
  coverage95 DOUBLE,
  pinball DOUBLE,
  cells INTEGER NOT NULL,
  actual INTEGER NOT NULL
);

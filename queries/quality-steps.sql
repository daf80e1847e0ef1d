-- Rows of a roster beside the same worker's row on the roster before, however long before, where the two differ in anything that
-- quality-checks compares: most rows say what they said the year before. A narrow window, because a wide one is slow, and a statement of
-- its own, so that it is known how few pairs there are before their rows are looked up.
-- Parameters: $since INTEGER: only rows of rosters from this year on.
-- Grain: rosterRow; previous = the row before.
WITH said AS (
  SELECT
    "rosterRow",
    "rosterYear",
    "workerId",
    hash(
      (
        "idHash",
        sex,
        "birthDateFrom",
        "birthDateTo",
        level,
        "levelObtainedOnFrom",
        "levelObtainedOnTo",
        "workStartedOnFrom",
        "workStartedOnTo",
        education
      )
    ) AS said
  FROM workers
),
steps AS (
  SELECT
    "rosterRow",
    "rosterYear",
    said,
    lag("rosterRow") OVER worker AS previous,
    lag(said) OVER worker AS "saidBefore"
  FROM said
  WINDOW worker AS (PARTITION BY "workerId" ORDER BY "rosterYear")
)
SELECT "rosterRow", previous
FROM steps
WHERE said <> "saidBefore" AND "rosterYear" >= $since::INTEGER

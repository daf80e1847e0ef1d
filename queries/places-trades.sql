-- Balance of places between trades: who has applied, and who could come forward.
-- Parameters: $examYear INTEGER; $level VARCHAR; $served VARCHAR[] = codes of the districts that the rulebook decides; $scope VARCHAR[].
-- Columns: trade (null = no known trade), applications (all rows of the exam year and level), planningEligible.
-- Grain: trade with an applicant or somebody who could come forward.
WITH visible AS (
  SELECT code
  FROM districts
  WHERE list_contains($served::VARCHAR[], code)
    AND (list_contains($scope::VARCHAR[], '*') OR list_has_any(ancestors, $scope::VARCHAR[]))
),
parts AS (
  SELECT a.trade, count(*) AS applications
  FROM applications a
  JOIN visible v ON v.code = a.district
  WHERE a."examYear" = $examYear::INTEGER AND a."targetLevel" = $level::VARCHAR
  GROUP BY ALL
  UNION ALL BY NAME
  SELECT w.trade, count(*) AS "planningEligible"
  FROM eligibility e
  JOIN workers w ON w."rosterRow" = e."rosterRow"
  JOIN visible v ON v.code = w.district
  WHERE e."examYear" = $examYear::INTEGER
    AND w."rosterYear" = $examYear::INTEGER - 1
    AND e."targetLevel" = $level::VARCHAR
    AND e."planningDecision" = 'eligible'
  GROUP BY ALL
)
SELECT
  trade,
  coalesce(sum(applications), 0)::INTEGER AS applications,
  coalesce(sum("planningEligible"), 0)::INTEGER AS "planningEligible"
FROM parts
GROUP BY trade
ORDER BY trade NULLS LAST

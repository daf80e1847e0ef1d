-- What was imported, the newest first.
-- Parameters: $scope VARCHAR[]: an import may hold rows of every district, so only the full scope sees the list.
-- Columns: id, kind, file, importedAt, version, report (JSON text).
-- Grain: import.
SELECT id, kind, file, "importedAt", version, CAST(report AS VARCHAR) AS report
FROM imports
WHERE list_contains($scope::VARCHAR[], '*')
ORDER BY id DESC

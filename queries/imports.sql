-- What was imported and undone, the newest first.
-- Parameters: $scope VARCHAR[]: an import may hold rows of every district, so only the full scope sees the list; $id INTEGER or null (null = all).
-- Columns: id, action (import | undo), kind, file, sha256, who, importedAt, version, versionBefore, undoes, undoneBy, undoable (the newest
--   import of its kind that is not undone, and the rows it replaced are still known), report (JSON text).
-- Grain: import or undo.
SELECT
  id,
  action,
  kind,
  file,
  sha256,
  who,
  "importedAt",
  version,
  "versionBefore",
  undoes,
  "undoneBy",
  "imagesKept"
    AND id = (
      SELECT max(n.id) FROM imports n WHERE n.kind = imports.kind AND n.action = 'import' AND n."undoneBy" IS NULL
    ) IS TRUE AS undoable,
  CAST(report AS VARCHAR) AS report
FROM imports
WHERE list_contains($scope::VARCHAR[], '*') AND ($id::INTEGER IS NULL OR id = $id::INTEGER)
ORDER BY id DESC

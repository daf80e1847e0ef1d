import { describe, expect, it } from "vitest";
import {
  commented,
  earlierComments,
  mergedBoxes,
  mergedComments,
  mostComments,
  newBoxes,
  newComments,
  withoutBoxes,
} from "../../server/rosters/marked-comments.ts";
import { type CellMark, marksOf } from "../../server/rosters/marked-marks.ts";
import { SheetRewriter } from "../../server/rosters/marked-sheet.ts";
import { plainStyles, StyleBook } from "../../server/rosters/marked-styles.ts";
import type { FoundProblem } from "../../server/rosters/report.ts";
import { fromUtf8, toUtf8 } from "../../server/rosters/xml-tags.ts";

const mark = (row: number, column: number, text = "错误：有误", look: CellMark["look"] = "error"): CellMark => ({
  row,
  column,
  look,
  text,
});
const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const part = (authors: readonly string[], comments: string) =>
  fromUtf8(
    `<c:comments xmlns:c="${main}"><c:authors>${authors.map((name) => `<c:author>${name}</c:author>`).join("")}</c:authors><c:commentList>${comments}</c:commentList></c:comments>`,
  );

describe("comments", () => {
  it("go beside those of others, who keep what they wrote; conversations stay as they are", () => {
    const before = part(
      ["张三", "tc={1-2}"],
      '<c:comment ref="A1" authorId="0"><c:text><c:t>旧</c:t></c:text></c:comment><c:comment ref="B1" authorId="1"><c:text><c:t>[Threaded]</c:t></c:text></c:comment>',
    );
    const { text, added } = mergedComments(before, [mark(1, 0), mark(1, 1), mark(2, 2, "a < b & c")]);
    const now = toUtf8(text);
    expect(added.map(({ row }) => row)).toEqual([2]);
    expect(now).toContain("<c:r><c:t>旧</c:t></c:r><c:r><c:rPr><c:b/>");
    expect(now).toContain('<c:comment ref="B1" authorId="1"><c:text><c:t>[Threaded]</c:t></c:text></c:comment>');
    expect(now).toContain('<c:comment ref="C2" authorId="2">');
    expect(now).toContain("a &lt; b &amp; c");
    const earlier = earlierComments(text);
    expect(earlier).toMatchObject({ cells: ["A1", "C2"], removed: ["C2"] });
    expect(toUtf8(earlier?.text ?? "")).toContain("<c:text><c:r><c:t>旧</c:t></c:r></c:text>");
    expect(earlierComments(before)).toBeUndefined();
  });

  it("get boxes with numbers of their own, which go with them", () => {
    const first = newBoxes(Array.from({ length: 1_500 }, (_, row) => mark(row + 1, 0)));
    const second = mergedBoxes(first, [mark(2_000, 3), mark(2_001, 3)]);
    const ids = [...second.matchAll(/<v:shape id="([^"]*)"/g)].map(([, id]) => id);
    expect(ids).toHaveLength(1_502);
    expect(new Set(ids).size).toBe(1_502);
    expect(second.match(/<v:shapetype/g)).toHaveLength(1);
    expect(withoutBoxes(second, ["D2000", "D2001"])).not.toContain("<x:Column>3<");
    expect(withoutBoxes(second, ["D2000"]).match(/<v:shape /g)).toHaveLength(1_501);
  });

  it("are bounded, errors before warnings", () => {
    const warnings = Array.from({ length: mostComments }, (_, row) => mark(row + 1, 0, "警告", "warning"));
    const kept = commented([...warnings, mark(mostComments + 9, 0)]);
    expect(kept).toHaveLength(mostComments);
    expect(kept.at(-1)?.look).toBe("error");
    expect(newComments([mark(1, 0)])).toContain('ref="A1"');
  });
});

describe("marks", () => {
  const problem = (row: number, cell: string | undefined, severity: "error" | "warning" = "warning"): FoundProblem => ({
    row,
    column: null,
    value: null,
    code: "x",
    message: { zh: `第${row}行`, en: "" },
    severity,
    ...(cell === undefined ? {} : { cell }),
  });

  it("stand where merged cells show them", () => {
    const merges = [
      { left: 0, right: 0, top: 2, bottom: 5 },
      { left: 3, right: 4, top: 3, bottom: 3 },
    ];
    const marks = marksOf([problem(4, "A4"), problem(3, "E3"), problem(5, undefined, "error")], merges);
    expect(marks.map(({ row, column, look }) => [row, column, look])).toEqual([
      [2, 0, "warning"],
      [3, 3, "warning"],
      [5, 1, "rejected"],
    ]);
  });
});

describe("a worksheet part", () => {
  const sheet =
    `<worksheet xmlns="${main}"><cols><col min="2" max="3" width="9" style="4"/></cols><sheetData>` +
    '<row r="2" s="7" customFormat="1"><c r="B2" s="1" t="inlineStr"><is><t>中 > 文</t></is></c><c r="D2"/></row>' +
    '<row r="4"/></sheetData><rowBreaks count="0"/><extLst/></worksheet>';
  const marks = [mark(1, 1), mark(2, 0), mark(2, 1), mark(2, 3), mark(3, 5), mark(4, 2), mark(9, 2)];

  it.each([1, 2, 3, 7, 50, 10_000])("comes out the same in pieces of %i bytes", (size) => {
    const rewriter = new SheetRewriter({
      marks,
      styles: new StyleBook(plainStyles),
      drawing: { id: "rId1", namespace: "urn:r" },
    });
    const text = fromUtf8(sheet);
    let out = "";
    for (let at = 0; at < text.length; at += size) out += rewriter.write(text.slice(at, at + size));
    const result = toUtf8(out + rewriter.end());
    expect([...result.matchAll(/<c r="(\w+)"/g)].map(([, cell]) => cell)).toEqual(["B1", "A2", "F3", "C4", "C9"]);
    expect(result).toMatch(/<c s="\d+" r="B2" t="inlineStr"><is><t>中 > 文<\/t><\/is><\/c><c s="\d+" r="D2"\/>/);
    expect(result).toContain('<rowBreaks count="0"/><legacyDrawing xmlns:r="urn:r" r:id="rId1"/><extLst/>');
    expect(result).toMatch(/<row r="1"><c r="B1" s="\d+"\/><\/row><row r="2"/);
    expect(result).toMatch(/<row r="4"><c r="C4" s="\d+"\/><\/row><row r="9">/);
  });
});

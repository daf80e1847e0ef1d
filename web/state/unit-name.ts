/** Pure: code of a unit → its name. Where two districts have a unit of the same name, the code has the district behind it. */
import type { District } from "../api/types.ts";

/** "示例车队@320612" → "示例车队". A name that holds an @ of its own stays whole. */
export function unitNameOf(code: string, districts: readonly District[]): string {
  const at = code.lastIndexOf("@");
  const district = code.slice(at + 1);
  return at > 0 && districts.some((one) => one.code === district) ? code.slice(0, at) : code;
}

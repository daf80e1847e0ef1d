/** What commander says about a wrong call, in both languages. */
import type { Message } from "../errors.ts";

/** English pattern → Chinese sentence; $1 … are its groups. */
const sentences: readonly (readonly [RegExp, string])[] = [
  [/^unknown command '(.+?)'/, "没有命令 $1"],
  [/^unknown option '(.+?)'/, "没有选项 $1"],
  [/^required option '(.+?)' not specified/, "缺少选项 $1"],
  [/^missing required argument '(.+?)'/, "缺少参数 $1"],
  [/^option '(.+?)' argument missing/, "选项 $1 缺少值"],
  [
    /^(?:option|command-argument) '(.+?)'.*? (?:argument|value) '(.*)' is invalid\. Allowed choices are (.+)\.$/,
    "选项 $1 的值 $2 无效（可用：$3）",
  ],
  // the reason comes in both languages from the option itself, the Chinese first
  [/^option '(.+?)' argument '(.*)' is invalid\. (.+?) · .+$/, "选项 $1 的值 $2 无效：$3"],
  [/^too many arguments/, "参数过多"],
];

/** A usage error of commander as one line in both languages. */
export function usageFault(text: string): Message {
  const line = text.trim().replace(/\s*\n\s*/g, " ");
  const said = line.replace(/^error: /, "");
  const found = sentences.find(([pattern]) => pattern.test(said));
  const zh = found ? said.match(found[0])?.[0].replace(found[0], found[1]) : undefined;
  return { zh: `用法有误${zh ? `：${zh}` : ""}`, en: line.replace(/ is invalid\. .+? · /, " is invalid. ") };
}

/**
 * Workers who changed the trade: rosters put both trades, and both dates, into one cell. What they mean is decided with the whole row:
 * the present trade is the later one, its date counts for the years in the trade, and the level is held since the first of the two
 * certificates. Whether the worker is certified in the new trade the cells do not say, so `transferred` is left to its own column.
 */
import type { CellProblem, TradePair } from "./reading.ts";

export interface TransferCells {
  readonly trades?: TradePair;
  readonly tradeSince?: readonly [string, string];
  readonly levelObtainedOn?: readonly [string, string];
  /** The roster says in columns of their own that the worker changed the trade. */
  readonly declared: boolean;
}

export interface TransferReading {
  readonly trade?: string | null;
  /** Dates that were taken, as YYYY, YYYY-MM or YYYY-MM-DD. */
  readonly tradeSince?: string;
  readonly levelObtainedOn?: string;
  /** By the column they are about. */
  readonly problems: readonly (CellProblem & { readonly field: "trade" | "tradeSince" | "levelObtainedOn" })[];
}

const later = ([first, second]: readonly [string, string]) => (first > second ? 0 : 1);

/** Reads the pairs of one row. */
export function readTransfer(cells: TransferCells): TransferReading {
  const { trades, tradeSince, levelObtainedOn, declared } = cells;
  const problems: TransferReading["problems"][number][] = [];
  const warning = (
    field: "trade" | "tradeSince" | "levelObtainedOn",
    code: string,
    zh: string,
    en: string,
    taken?: string,
  ) =>
    problems.push({
      field,
      code,
      message: { zh, en },
      severity: "warning",
      ...(taken === undefined ? {} : { taken }),
    });
  let trade: string | undefined;
  if (trades) {
    const dates = tradeSince ?? levelObtainedOn;
    const present = dates ? later(dates) : 1;
    trade = trades.names[present];
    const raw = trades.raw[present];
    const order = dates ? ["日期较晚的", "the one with the later date"] : ["后写的", "the one written last"];
    if (trade === undefined) {
      warning(
        "trade",
        "trade-two",
        `一格两个工种，现工种应为${order[0]}“${raw}”，但不在目录中：按工种未知录入，保留原名`,
        `two trades in one cell; the present one should be ${order[1]}, "${raw}", which is no known trade: loaded without a trade`,
      );
    } else {
      warning(
        "trade",
        "trade-two",
        `一格两个工种：按${order[0]}“${trade}”为现工种录入；是否转岗后尚未在新工种取证，以“已转岗”列为准`,
        `two trades in one cell: ${order[1]}, "${trade}", is taken as the present one; whether the worker is certified in it only the column 已转岗 says`,
        trade,
      );
    }
  }
  let since: string | undefined;
  if (tradeSince) {
    since = tradeSince[later(tradeSince)] ?? "";
    warning(
      "tradeSince",
      "date-two",
      `一格两个日期：从事现工种时间按较晚的 ${since} 录入`,
      `two dates in one cell: the later one, ${since}, is taken for the present trade`,
      since,
    );
  }
  let obtained: string | undefined;
  if (levelObtainedOn) {
    if (trades || tradeSince || declared) {
      obtained = levelObtainedOn[1 - later(levelObtainedOn)] ?? "";
      warning(
        "levelObtainedOn",
        "date-two",
        `一格两个日期：转岗人员的等级年限从首次取得该等级时起算，按较早的 ${obtained} 录入`,
        `two dates in one cell: for a change of trade the level counts from the first certificate, ${obtained}`,
        obtained,
      );
    } else {
      warning(
        "levelObtainedOn",
        "date-two",
        "一格两个日期，而该行没有转岗迹象，无法判断哪一个是现等级的取得时间：未录入",
        "two dates in one cell and no sign of a change of trade: which one is of the present level cannot be told, so none is kept",
      );
    }
  }
  return {
    ...(trades ? { trade: trade ?? null } : {}),
    ...(since === undefined ? {} : { tradeSince: since }),
    ...(obtained === undefined ? {} : { levelObtainedOn: obtained }),
    problems,
  };
}

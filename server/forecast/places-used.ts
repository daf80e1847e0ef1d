/**
 * The quota of each unit and trade, and how much of it is used. The number of technicians, hence the quota, is itself uncertain in later
 * years; a place every other year hangs on whether one was used the year before. With N candidates who come independently, each with
 * probability x, and Q places:
 *
 *   P0 = Π(1−x), S_k = Σ(x/(1−x))^k, e_k by Newton's identities, P_k = P0·e_k;   E[min(N,Q)] = Q − Σ_{k<Q} (Q−k)·P_k   (exact)
 */
import type { Scratch } from "./scratch.ts";
import { heldIn, wholeMass } from "./state.ts";

/** The three points must not fall together. Logit. */
const leastSpread = 0.01;
/** Places up to this many are reckoned exactly. */
const exactPlaces = 6;
const exact = (sql: string) => `(sum(round((${sql}) * 1e9)::HUGEINT)::DOUBLE / 1e9)`;
/** Standard normal distribution function, absolute error below 2e-4. */
const normal = (z: string) => `(1 / (1 + exp(-(1.5976 * (${z}) + 0.07056 * (${z}) ** 3))))`;
const orders = Array.from({ length: exactPlaces }, (_, index) => index);

/** Probability that at least k of the people who hold the level are there; `from` is SQL. */
const atLeast = (from: string) => `CASE WHEN ${from} IS NULL THEN 0 WHEN ${from} <= 0 THEN 1
  WHEN spread < 1e-6 THEN (n >= ${from} - 1e-6)::INTEGER
  ELSE ${normal(`(n - ${from} + 0.5) / sqrt(spread)`)} END`;

/**
 * Makes `run_quota` (unitId, districtId, tradeId (-1: whole unit), target, places, chance: probability that so many are allowed; given: the
 * same where there is a candidate, who holds the level below himself: where one holder is enough, there is one then; alternate).
 */
async function allowed(scratch: Scratch): Promise<void> {
  await scratch.make(
    "run_quota",
    `WITH mass AS (
       SELECT p."unitId", p."districtId", p."tradeId", ${heldIn("s.state")} AS held, l."onPost", ${wholeMass} AS m
       FROM run_state s JOIN run_places p ON p.place = s.place JOIN run_lives l ON l.life = s.life
     ),
     holders AS (
       SELECT s."unitId", s."districtId", s."tradeId", b.target, ${exact("m")} AS n, ${exact("m * (1 - m)")} AS spread
       FROM mass s
       JOIN (SELECT DISTINCT "districtId", target FROM run_bands) b ON b."districtId" = s."districtId" AND b.target = s.held + 1
       JOIN forecast_trades t ON t."tradeId" = s."tradeId" AND t.general
       WHERE s."onPost" GROUP BY ALL
     ),
     banded AS (
       SELECT h."unitId", h."districtId", h."tradeId", h.target, b.places, b.alternate,
         greatest(0, ${atLeast('b."fromTechnicians"')} - ${atLeast('b."belowTechnicians"')}) AS chance,
         greatest(0, CASE WHEN b."fromTechnicians" <= 1 THEN 1 ELSE ${atLeast('b."fromTechnicians"')} END - ${atLeast('b."belowTechnicians"')}) AS given
       FROM holders h JOIN run_bands b ON b."districtId" = h."districtId" AND b.target = h.target
     ),
     -- the year after a place was used there is none
     rested AS (
       SELECT b.*, CASE WHEN b.alternate THEN 1 - coalesce(l.used, 0) ELSE 1 END AS open
       FROM banded b LEFT JOIN run_last_used l ON l."unitId" = b."unitId" AND l."tradeId" = b."tradeId" AND l.target = b.target
     ),
     posts AS (
       SELECT s."unitId", s."districtId", q.target,
         greatest(0, floor(q."atMost" * ${exact("m")} + 1e-9) - ${exact("CASE WHEN s.held = q.target THEN m ELSE 0 END")}) AS places
       FROM mass s JOIN run_shares q ON q."districtId" = s."districtId"
       WHERE s."onPost" GROUP BY s."unitId", s."districtId", q.target, q."atMost"
     )
     SELECT "unitId", "districtId", "tradeId", target, places, chance * open AS chance, given * open AS given, alternate FROM rested WHERE places > 0
     UNION ALL
     SELECT "unitId", "districtId", -1, target, floor(places)::INTEGER, 1 - (places - floor(places)), 1 - (places - floor(places)), false FROM posts WHERE floor(places) > 0
     UNION ALL
     SELECT "unitId", "districtId", -1, target, ceil(places)::INTEGER, places - floor(places), places - floor(places), false FROM posts WHERE places > floor(places)`,
  );
}

/** Newton's identities: e_k from the power sums. */
const elementary = (k: number): string =>
  k === 0
    ? "1"
    : `(${Array.from({ length: k }, (_, index) => `${index % 2 === 0 ? "+" : "-"} e${k - 1 - index} * s${index + 1}`).join(" ")}) / ${k}`;

/**
 * Candidates of a place every other year, given that there is one: then none was taken the year before, so nobody passed, and whoever
 * waits since then waits because there was none. SQL of `run_candidates` (unitId, tradeId, target, x: probability given a place; usual: on
 * average).
 */
const candidates = `WITH alternating AS (
       SELECT "unitId", "tradeId", target FROM run_quota GROUP BY ALL HAVING sum(CASE WHEN alternate THEN given ELSE 0 END) > 0.5 * sum(given)
     ),
     standing AS (
       SELECT a."unitId", a."quotaTrade" AS "tradeId", a.target, a.came0 * a.admit0 + a.came1 * a.admit1 AS x, a.a7 * a.admit1 AS queued,
         greatest(a.mass, 1e-9) AS mass, a.m7, CASE WHEN q.target IS NULL THEN 1 ELSE coalesce(l.there, 1) END AS there,
         CASE WHEN q.target IS NULL THEN 1 ELSE coalesce(l.waiting, 1) END AS waiting
       FROM run_applying a
       LEFT JOIN alternating q ON q."unitId" = a."unitId" AND q."tradeId" = a."quotaTrade" AND q.target = a.target
       LEFT JOIN run_last_used l ON l."unitId" = a."unitId" AND l."tradeId" = a."quotaTrade" AND l.target = a.target
       WHERE a."quotaTrade" IS NOT NULL
     ),
     given_place AS (
       SELECT *, least(mass * there, greatest(mass, 1)) AS mass_then, least(m7 * waiting, mass * there) AS m7_then FROM standing
     )
     SELECT "unitId", "tradeId", target, least(0.98, x) AS usual,
       least(0.98, CASE WHEN m7 > 0 THEN queued * m7_then / m7 ELSE 0 END
         + CASE WHEN mass > m7 THEN (x - queued) * greatest(0, mass_then - m7_then) / (mass - m7) ELSE 0 END) AS x
     FROM given_place`;

/**
 * Makes `run_used` (unitId, districtId, tradeId, target; quota: mean places allowed; came: mean candidates; more: mean number of places used besides, were there one more; open: probability of a place; used, variance, used0 … used3: probabilities; selected:
 * share of the candidates who get a place; answer: how that number answers to one candidate more). `spread`: standard deviation of the
 * shocks that move all candidates of a unit in a year (logit), integrated at three points. `over`: share of the cases in which a unit with
 * more candidates than places puts one too many forward.
 */
export async function takePlaces(scratch: Scratch, spread: number, over = 0): Promise<void> {
  await allowed(scratch);
  await scratch.make(
    "run_room",
    `WITH closed AS (SELECT "unitId", "tradeId", target, greatest(0, 1 - ${exact("given")}) AS chance FROM run_quota GROUP BY ALL)
     SELECT "unitId", "tradeId", target, places, given * ${1 - over} AS chance FROM run_quota
     UNION ALL SELECT "unitId", "tradeId", target, places + 1, given * ${over} FROM run_quota WHERE ${over} > 0
     UNION ALL SELECT "unitId", "tradeId", target, 1, chance * ${over} FROM closed WHERE ${over} > 0`,
  );
  const step = Math.sqrt(3) * Math.max(spread, leastSpread);
  await scratch.make("run_candidates", candidates);
  await scratch.make(
    "run_demand",
    `WITH shifted AS (
       SELECT c."unitId", c."tradeId", c.target, n.node, n.weight, c.x * exp(n.shift) / (1 - c.x + c.x * exp(n.shift)) AS x,
         c.usual * exp(n.shift) / (1 - c.usual + c.usual * exp(n.shift)) AS usual
       FROM run_candidates c, (VALUES (-1, 1 / 6.0, -${step}), (0, 4 / 6.0, 0), (1, 1 / 6.0, ${step})) n(node, weight, shift)
       WHERE c.usual > 0
     ),
     powers AS (
       SELECT "unitId", "tradeId", target, node, weight::DOUBLE AS weight, ${exact("x")} AS n, ${exact("usual")} AS usual, exp(${exact("ln(1 - x)")}) AS p0,
         ${orders
           .slice(1)
           .map((k) => `${exact(`(x / (1 - x)) ** ${k}`)} AS s${k}`)
           .join(", ")}
       FROM shifted GROUP BY ALL
     )
     SELECT "unitId", "tradeId", target, node, weight, n, usual, ${orders.map((k) => `greatest(0, p0 * e${k}) AS p${k}`).join(", ")}
     FROM ${orders.slice(1).reduce((from, k) => `(SELECT *, ${elementary(k)} AS e${k} FROM ${from})`, "(SELECT *, 1 AS e0 FROM powers)")}`,
  );
  const below = (weight: (k: number) => string) =>
    orders.map((k) => `CASE WHEN places > ${k} THEN ${weight(k)} ELSE 0 END`).join(" + ");
  await scratch.make(
    "run_used",
    `WITH groups AS (
       SELECT "unitId", "districtId", "tradeId", target, ${exact("places * chance")} AS quota FROM run_quota GROUP BY ALL
     ),
     rooms AS (SELECT "unitId", "tradeId", target, ${exact("chance")} AS open FROM run_room GROUP BY ALL),
     filled AS (
       SELECT q."unitId", q."tradeId", q.target, d.node, q.chance * d.weight AS weight, q.places, d.n,
         -- beyond what is reckoned exactly nobody is turned away
         CASE WHEN places > ${exactPlaces} THEN least(n, places) ELSE places - (${below((k) => `(places - ${k}) * p${k}`)}) END AS mean,
         CASE WHEN places > ${exactPlaces} THEN least(n, places) ** 2 + least(n, places) ELSE places ** 2 - (${below((k) => `(places ** 2 - ${k} ** 2) * p${k}`)}) END AS square,
         CASE WHEN places >= ${exactPlaces} THEN 1 - ${normal("(places + 0.5 - n) / sqrt(greatest(n, 1e-9))")} ELSE greatest(0, 1 - (${orders.map((k) => `CASE WHEN places >= ${k} THEN p${k} ELSE 0 END`).join(" + ")})) END AS beyond,
         p0, CASE WHEN places > 1 THEN p1 ELSE 1 - p0 END AS p1, CASE WHEN places > 2 THEN p2 WHEN places = 2 THEN 1 - p0 - p1 ELSE 0 END AS p2
       FROM run_room q JOIN run_demand d ON d."unitId" = q."unitId" AND d."tradeId" = q."tradeId" AND d.target = q.target
     ),
     summed AS (
       SELECT "unitId", "tradeId", target, ${exact("weight * mean")} AS used, ${exact("weight * square")} AS square, ${exact("weight * p0")} AS p0,
         ${exact("weight * p1")} AS p1, ${exact("weight * p2")} AS p2, ${exact("weight * beyond")} AS beyond,
         ${exact(`CASE WHEN node <> 0 THEN 6 * weight * node * mean ELSE 0 END`)} AS rise
       FROM filled GROUP BY ALL
     ),
     candidates AS (
       SELECT "unitId", "tradeId", target, ${exact("weight * usual")} AS n, ${exact("weight * p0")} AS nobody, ${exact("CASE WHEN node <> 0 THEN 6 * weight * node * usual ELSE 0 END")} AS rise
       FROM run_demand GROUP BY ALL
     ),
     everyone AS (
       SELECT coalesce(g."unitId", c."unitId") AS "unitId", coalesce(g."tradeId", c."tradeId") AS "tradeId", coalesce(g.target, c.target) AS target,
         coalesce(g.quota, 0) AS quota, coalesce(r.open, 0) AS open, coalesce(s.used, 0) AS used, coalesce(s.square, 0) AS square, coalesce(1 - r.open + s.p0, 1) AS p0,
         coalesce(s.p1, 0) AS p1, coalesce(s.p2, 0) AS p2, coalesce(s.rise, 0) AS rise, coalesce(c.n, 0) AS n, coalesce(c.rise, 0) AS rises,
         coalesce(s.beyond, 0) + (1 - coalesce(r.open, 0)) * (1 - coalesce(c.nobody, 1)) AS more
       FROM groups g
       FULL JOIN candidates c ON c."unitId" = g."unitId" AND c."tradeId" = g."tradeId" AND c.target = g.target
       LEFT JOIN summed s ON s."unitId" = g."unitId" AND s."tradeId" = g."tradeId" AND s.target = g.target
       LEFT JOIN rooms r ON r."unitId" = g."unitId" AND r."tradeId" = g."tradeId" AND r.target = g.target
     )
     SELECT e."unitId", u."districtId", e."tradeId", e.target, quota, n AS came, greatest(0, more) AS more, open, used, greatest(0, square - used ** 2) AS variance,
       p0 AS used0, p1 AS used1, p2 AS used2, greatest(0, 1 - p0 - p1 - p2) AS used3,
       CASE WHEN n > 0 THEN least(1, used / n) ELSE 1 END AS selected,
       CASE WHEN rises > 0 THEN least(1, greatest(0, rise / rises)) ELSE 1 END AS answer, rise / (2 * ${step}) AS slope
     FROM everyone e JOIN (SELECT DISTINCT "unitId", "districtId" FROM forecast_units) u ON u."unitId" = e."unitId"`,
  );
  await scratch.drop("run_demand", "run_candidates", "run_quota", "run_room");
}

/**
 * Makes `run_last_used` (unitId, tradeId, target, used: whether a place was used; and given that none was: waiting, there: how many times
 * likelier those are who wait, and who are still there) from the applications of the origin.
 */
export async function usedAtOrigin(scratch: Scratch, origin: number): Promise<void> {
  await scratch.make(
    "run_last_used",
    `WITH failures AS (
       SELECT "workerId", "targetLevel" FROM applications WHERE "comprehensiveReview" = 'failed' AND "examYear" < $origin
       UNION
       SELECT w."workerId", s."targetLevel" FROM workers w JOIN level_steps s ON s.below = w.level
       WHERE w."rosterYear" <= $origin AND w."failedReviewYears" & ((1::UBIGINT << ($origin - 1970)::UTINYINT) - 1) > 0
     )
     SELECT n."unitId", t."tradeId", list_position(['junior', 'intermediate', 'senior', 'technician', 'seniorTechnician'], a."targetLevel")::TINYINT AS target, 1.0::DOUBLE AS used, 1.0::DOUBLE AS waiting, 1.0::DOUBLE AS there
     FROM applications a
     JOIN forecast_unit_names n ON n.name = a.unit AND n.district = a.district
     JOIN forecast_trades t ON t.trade IS NOT DISTINCT FROM a.trade
     WHERE a."examYear" = $origin
       AND coalesce(a."usesQuota", NOT (coalesce(a.result = 'returned', false)
         OR EXISTS (FROM failures f WHERE f."workerId" = a."workerId" AND f."targetLevel" = a."targetLevel")))
     GROUP BY ALL`,
    { origin },
  );
}

/** The same after a forecast year, now as probabilities; from `run_used` and `run_came` (fill-cells.ts). */
export const rememberUsed = (scratch: Scratch): Promise<void> =>
  scratch.make(
    "run_last_used",
    // Of those who wait, some found no place open (only so many that nobody took one), the others one taken.
    `SELECT u."unitId", u."tradeId", u.target, 1 - u.used0 AS used,
       CASE WHEN u.came > u.used AND u.used0 > 1e-6 THEN least(1, (1 - u.open) * u.came / (u.came - u.used)) / u.used0 ELSE 1 END AS waiting,
       coalesce(c.mass / greatest(c.mass - c.passed, 0.1 * c.mass), 1) AS there
     FROM run_used u
     LEFT JOIN (
       SELECT p."unitId", p."tradeId", c.cell % 8 AS target, sum(c.eligible)::DOUBLE / 1e9 AS mass, sum(c.passes)::DOUBLE / 1e9 AS passed
       FROM run_came c JOIN run_places p ON p.place = c.cell // 8 GROUP BY ALL
     ) c ON c."unitId" = u."unitId" AND c."tradeId" = u."tradeId" AND c.target = u.target AND c.mass > 0`,
  );

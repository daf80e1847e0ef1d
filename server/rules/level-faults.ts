/** Faults of a level as a whole: ids given twice, pathways without conditions, doors that wait for each other, and too much. */
import type { TargetLevel } from "./facts.ts";
import type { MergedBook } from "./merge-book.ts";
import type { ResolvedPathway } from "./resolve-pathway.ts";
import { didYouMean, type SpecFault } from "./spec-fault.ts";
import type { Path } from "./yaml-text.ts";

/** The bulk decision keeps a bit for each; so many are exact in every number that carries them. */
const mostConditions = 53;
const mostPathways = 31;

/** Reports them; gives the pathways that cannot be decided. */
export function levelFaults(
  merged: MergedBook,
  target: TargetLevel,
  pathways: readonly ResolvedPathway[],
): Set<ResolvedPathway> {
  const { report, text } = merged.parsed;
  const level: Path = text.levels?.[target] ? ["levels", target] : ["covers"];
  const isOwn = pathways.some(({ path }) => path !== undefined);
  const faulty = new Set<ResolvedPathway>();
  // a level that is inherited as it is has been reported on where it is written
  const tell = ({ path }: ResolvedPathway, fault: SpecFault) => {
    if (path || isOwn) report.add(path ?? level, fault);
  };

  for (const [index, one] of pathways.entries()) {
    const { pathway, path } = one;
    const twin = pathways.findIndex(({ pathway: { id } }) => id === pathway.id);
    if (twin < index) {
      if (isOwn) report.add(path ? [...path, "id"] : level, duplicatePathway(target, pathway.id));
      faulty.add(one);
    }
    const deciding = pathway.conditions.filter(({ id, advisory }) => !advisory && !pathway.waived.has(id));
    const knowsConditions = merged.levels.get(target)?.knowsConditions;
    if (deciding.length === 0 && !one.isDoubtful && path && knowsConditions) tell(one, openToAll(pathway.id));
    const waits = waitsFor(one, pathways, faulty);
    if (waits === "others") continue;
    tell(one, waits === "nothing" ? noSuchModule(one, pathways) : waitsForItself(pathway.id));
    faulty.add(one);
  }
  const conditions = new Set(
    pathways.flatMap(({ pathway }) =>
      pathway.conditions.map(({ key, id }) => (pathway.relieved.has(id) ? `${key} ${pathway.id}` : key)),
    ),
  );
  if (conditions.size > mostConditions || pathways.length > mostPathways) report.add(level, tooMany(target), "key");
  return faulty;
}

/** Whether the pathways a door waits for (`noneMet`) are there and decided before it. */
function waitsFor(
  { pathway }: ResolvedPathway,
  pathways: readonly ResolvedPathway[],
  faulty: ReadonlySet<ResolvedPathway>,
): "nothing" | "itself" | "others" {
  for (const { noneMet } of pathway.conditions) {
    if (!noneMet) continue;
    const waitedFor = pathways.filter((one) => one.pathway.module === noneMet);
    if (waitedFor.length === 0) return "nothing";
    const waiting = waitedFor.filter((one) => one.pathway.conditions.some((inner) => inner.noneMet));
    if (waiting.some((one) => !faulty.has(one))) return "itself";
  }
  return "others";
}

const duplicatePathway = (target: TargetLevel, id: string): SpecFault => ({
  name: "duplicateId",
  message: { zh: `等级 ${target} 的途径 ${id} 重复`, en: `level ${target} has pathway "${id}" twice` },
  suggestion: { zh: "请为其中一条另写 id", en: "give one of them another id" },
});

const openToAll = (id: string): SpecFault => ({
  name: "emptyList",
  message: {
    zh: `途径 ${id} 没有任何起作用的条件，人人符合`,
    en: `pathway "${id}" asks for nothing: everybody is on it`,
  },
  suggestion: {
    zh: "请为该等级写 conditions，或为该途径写 add",
    en: "write conditions for the level, or add some here",
  },
});

function noSuchModule({ pathway }: ResolvedPathway, pathways: readonly ResolvedPathway[]): SpecFault {
  const module = pathway.conditions.find(({ noneMet }) => noneMet)?.noneMet ?? "";
  const others = [...new Set(pathways.filter((one) => one.pathway !== pathway).map((one) => one.pathway.module))];
  return {
    name: "unknownModule",
    message: {
      zh: `途径 ${pathway.id} 以 ${module} 均不符合为前提，而该等级没有这一类别的途径`,
      en: `pathway "${pathway.id}" waits for module "${module}", of which the level has no pathway`,
    },
    suggestion: didYouMean(module, others),
  };
}

const waitsForItself = (id: string): SpecFault => ({
  name: "unreachablePathway",
  message: {
    zh: `途径 ${id} 的前提（noneMet）又以它自己为前提`,
    en: `pathway "${id}" waits (noneMet) for pathways that wait in turn`,
  },
  suggestion: {
    zh: "noneMet 所指类别的途径不得再用 noneMet",
    en: "pathways of the module named by noneMet cannot use noneMet",
  },
});

const tooMany = (target: TargetLevel): SpecFault => ({
  name: "tooMany",
  message: {
    zh: `等级 ${target} 的条件多于 ${mostConditions} 个或途径多于 ${mostPathways} 条`,
    en: `level ${target} has more than ${mostConditions} conditions or ${mostPathways} pathways`,
  },
  suggestion: { zh: "请用 all、any 合并条件", en: "join conditions with all or any" },
});

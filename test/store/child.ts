/** What another process does to the folder of a test: `open` it and say how that went, or `die` inside a transaction. */
import { AppError } from "../../server/errors.ts";
import { openStore, publish } from "../../server/store/index.ts";

const [role, folder = ""] = process.argv.slice(2);

async function openAndSay(): Promise<string> {
  try {
    const store = await openStore(folder);
    await store.close();
    return "open";
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return JSON.stringify({ code: error.code, status: error.status, ...error.text });
  }
}

async function waitInsideTransaction(): Promise<never> {
  const store = await openStore(folder);
  await store.transaction((c) => publish(c, "kept"));
  return store.transaction(async (c) => {
    await publish(c, "lost");
    await c.append(
      "trades",
      ["name", "category"]
        .map((name) => ({ name, type: "VARCHAR" }))
        .concat(["general", "generalAssumed"].map((name) => ({ name, type: "BOOLEAN" }))),
      Array.from({ length: 10_000 }, (_, n) => [`工种${n}`, "类", true, true]),
    );
    process.stdout.write("inside\n");
    return new Promise<never>(() => setInterval(() => undefined, 1000));
  });
}

if (role === "die") await waitInsideTransaction();
else process.stdout.write(`${await openAndSay()}\n`);

/** GET /openapi.json: made from the schemas that check the requests, so the two cannot drift apart. */
import type { RequestHandler } from "express";
import { z } from "zod";
import type { Operation } from "./operation.ts";

type Json = Record<string, unknown>;

const schemaOf = (schema: z.ZodType, io: "input" | "output"): Json => {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: "any" });
  return rest;
};

/** Moves what schemas hold as definitions of their own to where references of the document are looked up. */
function withDefinitionsShared(paths: Json): { readonly paths: Json; readonly schemas: Json } {
  const schemas: Json = {};
  const moved: unknown = JSON.parse(JSON.stringify(paths), (key, value: unknown) => {
    if (key === "$ref" && typeof value === "string") return value.replace("#/$defs/", "#/components/schemas/");
    if (key !== "$defs") return value;
    Object.assign(schemas, value);
    return undefined;
  });
  return { paths: moved as Json, schemas };
}

function parameters({ query, pathParameters }: Operation): Json[] {
  const inPath = Object.entries(pathParameters ?? {}).map(([name, description]) => ({
    name,
    in: "path",
    required: true,
    description,
    schema: { type: "string" },
  }));
  if (!query) return inPath;
  const inQuery = Object.entries(query.shape).map(([name, field]) => {
    const schema = schemaOf(z.strictObject({ [name]: field }), "input");
    const properties = schema.properties as Json;
    const required = Array.isArray(schema.required) && schema.required.includes(name);
    return { name, in: "query", required, schema: properties[name] };
  });
  return [...inPath, ...inQuery];
}

const content = (type: string, schema: Json) => ({ [type]: { schema } });

function answersOf({ answers, status = 200 }: Operation): Json {
  const problem = {
    description: "Problem details",
    content: content("application/problem+json", { $ref: "#/components/schemas/Problem" }),
  };
  const types = Object.entries(answers);
  if (types.length === 0) return { 204: { description: "Done" }, default: problem };
  const body = Object.assign(
    {},
    ...types.map(([type, schema]) =>
      content(type, schema ? schemaOf(schema, "output") : { type: "string", format: "binary" }),
    ),
  );
  return { [status]: { description: "OK", content: body }, default: problem };
}

const problemSchema = schemaOf(
  z.looseObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    message: z.object({ zh: z.string(), en: z.string() }),
  }),
  "output",
);

/** The OpenAPI 3.1 description of all operations. */
export function openApiDocument(operations: readonly Operation[]): Json {
  const paths: Record<string, Json> = {};
  for (const operation of operations) {
    const { method, path, summary, body } = operation;
    paths[path] ??= {};
    Object.assign(paths[path], {
      [method]: {
        summary,
        parameters: parameters(operation),
        ...(body
          ? { requestBody: { required: true, content: content(body.type, schemaOf(body.schema, "input")) } }
          : {}),
        responses: answersOf(operation),
      },
    });
  }
  const shared = withDefinitionsShared(paths);
  return {
    openapi: "3.1.0",
    info: { title: "Gongkao", version: "1", description: "机关事业单位工勤技能岗位技术等级考评" },
    servers: [{ url: "/api/v1" }],
    security: [{ token: [] }, { session: [] }],
    paths: shared.paths,
    components: {
      schemas: { Problem: problemSchema, ...shared.schemas },
      securitySchemes: {
        token: { type: "http", scheme: "bearer" },
        session: { type: "apiKey", in: "cookie", name: "gongkao_session" },
      },
    },
  };
}

export function openApiRoute(operations: readonly Operation[]): RequestHandler {
  const document = openApiDocument(operations);
  return (_request, response) => {
    response.json(document);
  };
}

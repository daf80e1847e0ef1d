import { Alert, Button, Drawer, Flex, Form, Input, InputNumber, Segmented, Select } from "antd";
import type { JSX } from "react";
import { useTranslation } from "react-i18next";
import { useWords } from "../../parts/words.ts";
import { type Confidence, deleteAlias, type ListedAlias, putAlias, useTrades } from "./api.ts";
import type { Announce } from "./Notice.tsx";
import { useSave } from "./use-save.ts";

export interface AliasDraft {
  readonly alias?: string;
  readonly trade?: string;
  /** Rows with the name. */
  readonly rows?: number;
  /** What stands of the name now. */
  readonly before?: ListedAlias;
}

interface Values {
  readonly alias: string;
  /** Empty: stands for no trade. */
  readonly trade?: string;
  readonly since?: number | null;
  readonly source?: string;
  readonly confidence: Confidence;
}

const fields = ["alias", "trade", "since", "source", "confidence"] as const;

/** Puts back what stood of a name: the office's entry, or what comes with the product. */
export const backTo = (alias: string, before: ListedAlias | undefined): Promise<unknown> =>
  before && before.who !== null ? putAlias(before) : deleteAlias(alias);

function Fields({
  draft: { alias, trade, rows, before },
  known,
  announce,
  onClose,
}: {
  readonly draft: AliasDraft;
  readonly known: readonly ListedAlias[];
  readonly announce: Announce;
  readonly onClose: () => void;
}): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const trades = useTrades();
  const [form] = Form.useForm<Values>();
  const { busy, problem, run } = useSave(form, fields);
  const categories = [...new Set((trades.data ?? []).map(({ category }) => category))];
  const named = before?.alias ?? alias;
  const start: Partial<Values> = before
    ? {
        alias: before.alias,
        trade: before.trade ?? "",
        since: before.since,
        confidence: "confirmed",
        ...(before.who === null ? {} : { source: before.source, confidence: before.confidence }),
      }
    : { ...(alias === undefined ? {} : { alias }), ...(trade === undefined ? {} : { trade }), confidence: "confirmed" };
  const save = (values: Values): Promise<void> =>
    run(async () => {
      const name = values.alias.trim();
      const entered = await putAlias({
        alias: name,
        trade: values.trade || null,
        since: values.since ?? null,
        source: values.source?.trim() ?? "",
        confidence: values.confidence,
      });
      const was = before ?? known.find((one) => one.alias === entered.alias);
      announce({
        text: t("names.done.aliasSaved", { alias: entered.alias, trade: entered.trade ?? t("names.aliases.noTrade") }),
        undo: () => backTo(entered.alias, was),
      });
      onClose();
    });
  return (
    <Form<Values>
      form={form}
      layout="vertical"
      initialValues={start}
      onFinish={(values) => void save(values)}
      data-testid="alias-form"
    >
      <Form.Item
        name="alias"
        label={t("names.aliases.alias")}
        extra={named === undefined ? t("names.aliases.aliasHint") : undefined}
        rules={[{ required: true, whitespace: true, message: t("names.aliases.aliasMissing") }]}
      >
        <Input maxLength={100} disabled={named !== undefined} autoFocus={named === undefined} />
      </Form.Item>
      <Form.Item
        name="trade"
        label={t("names.aliases.trade")}
        rules={[
          {
            validator: (_, value: unknown) =>
              typeof value === "string"
                ? Promise.resolve()
                : Promise.reject(new Error(t("names.aliases.tradeMissing"))),
          },
        ]}
        required
      >
        <Select
          showSearch={{ optionFilterProp: "label" }}
          autoFocus={named !== undefined}
          placeholder={t("names.choose")}
          loading={trades.data === undefined}
          options={[
            {
              value: "",
              label: `${t("names.aliases.noTrade")}${t("common.aside", { text: t("names.aliases.noTradeHint") })}`,
            },
            ...categories.map((category) => ({
              label: category,
              title: category,
              options: (trades.data ?? [])
                .filter((one) => one.category === category)
                .map(({ name }) => ({ value: name, label: name })),
            })),
          ]}
        />
      </Form.Item>
      <Flex gap={24}>
        <Form.Item name="since" label={t("names.aliases.since")} extra={t("names.aliases.sinceHint")}>
          <InputNumber min={1990} max={2100} precision={0} style={{ width: 120 }} />
        </Form.Item>
        <Form.Item name="confidence" label={t("names.aliases.confidence")}>
          <Segmented
            options={(["confirmed", "assumed"] as const).map((value) => ({
              value,
              label: t(`names.aliases.confidences.${value}`),
            }))}
          />
        </Form.Item>
      </Flex>
      <Form.Item
        name="source"
        label={t("names.source")}
        extra={t("names.sourceHint")}
        rules={[{ required: true, whitespace: true, message: t("names.sourceMissing") }]}
      >
        <Input maxLength={300} />
      </Form.Item>
      <Flex vertical gap={16}>
        {rows !== undefined && (
          <Alert
            type="info"
            showIcon
            title={
              rows === 0 ? t("names.aliases.rowsNone") : t("names.aliases.rowsFollow", { rows: words.number(rows) })
            }
          />
        )}
        {problem !== undefined && <Alert type="error" showIcon role="alert" title={problem} />}
        <Flex gap={8} justify="end">
          <Button onClick={onClose}>{t("names.cancel")}</Button>
          <Button type="primary" htmlType="submit" loading={busy} data-testid="alias-save">
            {t("names.save")}
          </Button>
        </Flex>
      </Flex>
    </Form>
  );
}

/** Says which trade a name stands for. */
export function AliasForm({
  draft,
  known,
  announce,
  onClose,
}: {
  readonly draft: AliasDraft | undefined;
  readonly known: readonly ListedAlias[];
  readonly announce: Announce;
  readonly onClose: () => void;
}): JSX.Element {
  const { t } = useTranslation();
  return (
    <Drawer
      open={draft !== undefined}
      onClose={onClose}
      destroyOnHidden
      size={480}
      title={t(draft?.before ? "names.aliases.editTitle" : "names.aliases.addTitle")}
    >
      {draft && <Fields draft={draft} known={known} announce={announce} onClose={onClose} />}
    </Drawer>
  );
}

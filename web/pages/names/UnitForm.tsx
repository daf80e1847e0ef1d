import { Alert, Button, Drawer, Flex, Form, Input, InputNumber, Segmented, Select, type SelectProps } from "antd";
import type { JSX } from "react";
import { useTranslation } from "react-i18next";
import { Loaded } from "../../parts/States.tsx";
import { useWords } from "../../parts/words.ts";
import { useAppMeta } from "../../state/meta.tsx";
import {
  deleteUnitChange,
  type ListedUnitChange,
  putUnitChange,
  type RosterUnit,
  type UnitChange,
  useRosterUnits,
} from "./api.ts";
import type { Announce } from "./Notice.tsx";
import { UnitPreview } from "./UnitPreview.tsx";
import { rowsOf, unitKey, yearsOf } from "./unit-rows.ts";
import { useSave } from "./use-save.ts";

/** What the form is opened with: a change that is there, a suggestion, or nothing. */
export interface UnitDraft {
  readonly start: Partial<UnitChange>;
  /** The change that is edited; undefined for a new one. */
  readonly before?: ListedUnitChange;
}

interface Values {
  /** Keys of units: district and name. */
  readonly fromUnit?: string;
  readonly toUnit?: string;
  readonly since?: number | null;
  readonly kind: UnitChange["kind"];
  readonly source?: string;
  readonly note?: string;
}

const fields = ["fromUnit", "toUnit", "since", "kind", "source", "note"] as const;

function Fields({
  units,
  draft,
  announce,
  onClose,
}: {
  readonly units: readonly RosterUnit[];
  readonly draft: UnitDraft;
  readonly announce: Announce;
  readonly onClose: () => void;
}): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const { newestExamYear } = useAppMeta();
  const [form] = Form.useForm<Values>();
  const { busy, problem, run } = useSave(form, fields);
  const values = Form.useWatch((all: Values) => all, form);
  const { start, before } = draft;
  const byKey = new Map(units.map((unit) => [unitKey(unit), unit]));
  const from = byKey.get(values?.fromUnit ?? "");
  const to = byKey.get(values?.toUnit ?? "");
  const option = (unit: RosterUnit) => ({
    value: unitKey(unit),
    label: unit.unit,
    text: `${unit.unit} ${unit.districtName}`,
    hint: t("names.units.unitOption", {
      district: unit.districtName,
      years: yearsOf(unit),
      rows: words.number(rowsOf(unit)),
    }),
  });
  const { district } = start;
  const keyOf = (unit: string | undefined): string | undefined =>
    district === undefined || unit === undefined ? undefined : unitKey({ district, unit });
  const [fromUnit, toUnit] = [keyOf(start.fromUnit), keyOf(start.toUnit)];
  const save = (entered: Values): Promise<void> =>
    run(async () => {
      if (!from || !to || !entered.since) return;
      const change: UnitChange = {
        district: from.district,
        fromUnit: from.unit,
        toUnit: to.unit,
        since: entered.since,
        kind: entered.kind,
        source: entered.source?.trim() ?? "",
        note: entered.note?.trim() || null,
      };
      const { id } = await putUnitChange(change);
      announce({
        text: t("names.done.unitSaved", { from: change.fromUnit, to: change.toUnit, since: change.since }),
        undo: () => (before ? putUnitChange(before) : deleteUnitChange(id)),
      });
      onClose();
    });
  const unitSelect = (more: SelectProps) => (
    <Select
      showSearch={{ optionFilterProp: "text" }}
      optionRender={({ data }) => (
        <>
          <span className="line">{data.label}</span>
          <span className="muted small">{data.hint}</span>
        </>
      )}
      {...more}
    />
  );
  return (
    <Form<Values>
      form={form}
      layout="vertical"
      requiredMark
      initialValues={{
        ...(fromUnit === undefined ? {} : { fromUnit }),
        ...(toUnit === undefined ? {} : { toUnit }),
        since: start.since ?? newestExamYear,
        kind: start.kind ?? "renamed",
        source: start.source ?? "",
        note: start.note ?? "",
      }}
      onFinish={(entered) => void save(entered)}
      data-testid="unit-form"
    >
      <Form.Item
        name="fromUnit"
        label={t("names.units.from")}
        rules={[{ required: true, message: t("names.units.missing") }]}
        {...(from ? { extra: option(from).hint } : {})}
      >
        {unitSelect({
          autoFocus: before === undefined && start.fromUnit === undefined,
          disabled: before !== undefined,
          options: units.map(option),
          placeholder: t("names.units.chooseUnit"),
          onChange: (key: string) => {
            if (to && to.district !== byKey.get(key)?.district) form.setFieldValue("toUnit", undefined);
          },
        })}
      </Form.Item>
      <Form.Item
        name="toUnit"
        label={t("names.units.to")}
        rules={[{ required: true, message: t("names.units.missing") }]}
        {...(to ? { extra: option(to).hint } : {})}
      >
        {unitSelect({
          disabled: from === undefined,
          options: from
            ? units.filter((unit) => unit.district === from.district && unit.unit !== from.unit).map(option)
            : [],
          placeholder: t(from ? "names.units.chooseUnit" : "names.units.chooseFirst"),
        })}
      </Form.Item>
      <Flex gap={24}>
        <Form.Item
          name="since"
          label={t("names.units.since")}
          tooltip={t("names.units.sinceHint")}
          rules={[{ required: true, message: t("names.units.yearMissing") }]}
        >
          <InputNumber min={1990} max={2100} precision={0} style={{ width: 120 }} />
        </Form.Item>
        <Form.Item
          name="kind"
          label={t("names.units.kind")}
          extra={values?.kind && t(`names.units.kindHint.${values.kind}`)}
        >
          <Segmented
            options={(["renamed", "merged"] as const).map((value) => ({
              value,
              label: t(`names.units.kinds.${value}`),
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
      <Form.Item name="note" label={t("names.note")}>
        <Input.TextArea rows={2} maxLength={1000} />
      </Form.Item>
      <Flex vertical gap={16}>
        <UnitPreview from={from} to={to} since={values?.since} />
        {problem !== undefined && <Alert type="error" showIcon role="alert" title={problem} />}
        <Flex gap={8} justify="end">
          <Button onClick={onClose}>{t("names.cancel")}</Button>
          <Button type="primary" htmlType="submit" loading={busy} data-testid="unit-save">
            {t("names.save")}
          </Button>
        </Flex>
      </Flex>
    </Form>
  );
}

/** Enters or corrects a change of a unit. */
export function UnitForm({
  draft,
  announce,
  onClose,
}: {
  readonly draft: UnitDraft | undefined;
  readonly announce: Announce;
  readonly onClose: () => void;
}): JSX.Element {
  const { t } = useTranslation();
  const units = useRosterUnits(draft !== undefined);
  return (
    <Drawer
      open={draft !== undefined}
      onClose={onClose}
      destroyOnHidden
      size={520}
      title={t(draft?.before ? "names.units.editTitle" : "names.units.addTitle")}
    >
      {draft && (
        <Loaded query={units}>
          {(rows) => <Fields units={rows} draft={draft} announce={announce} onClose={onClose} />}
        </Loaded>
      )}
    </Drawer>
  );
}

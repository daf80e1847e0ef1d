import { Alert, Flex, Form, Input, Modal, Table } from "antd";
import type { JSX } from "react";
import { useTranslation } from "react-i18next";
import { useWords } from "../../parts/words.ts";
import { asItIs, type ListedTrade, putTrades } from "./api.ts";
import type { Announce } from "./Notice.tsx";
import { General, State } from "./TradeMarks.tsx";
import { useSave } from "./use-save.ts";

/** What is to be said of the chosen trades: what they are now, that they are general or not, or what the product says. */
export type TradeAction = "confirm" | "general" | "notGeneral" | "reset";

export interface TradeDraft {
  readonly action: TradeAction;
  readonly trades: readonly ListedTrade[];
}

interface Values {
  readonly source: string;
}

const becomes = (action: TradeAction, { general }: ListedTrade): boolean =>
  action === "general" || (action === "confirm" && general);

/** Asks for the paper, shows what the trades become, and saves them in one data version. */
export function TradeDialog({
  draft: { action, trades },
  announce,
  onDone,
  onCancel,
}: {
  readonly draft: TradeDraft;
  readonly announce: Announce;
  readonly onDone: () => void;
  readonly onCancel: () => void;
}): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const [form] = Form.useForm<Values>();
  const { busy, problem, run } = useSave(form, ["source"]);
  const isReset = action === "reset";
  const list = words.list(trades.map(({ name }) => name));
  const save = ({ source = "" }: Partial<Values>): Promise<void> =>
    run(async () => {
      await putTrades(
        trades.map((trade) => ({
          name: trade.name,
          flag: isReset ? null : { general: becomes(action, trade), confirmed: true, source: source.trim() },
        })),
      );
      announce({
        text: isReset ? t("names.done.tradesReset", { list }) : t("names.done.tradesSaved", { n: trades.length, list }),
        undo: () => putTrades(trades.map(asItIs)),
      });
      onDone();
    });
  return (
    <Modal
      open
      width={560}
      title={t(isReset ? "names.trades.resetTitle" : "names.trades.confirmTitle", { n: trades.length })}
      okText={isReset ? t("names.trades.reset") : t("names.save")}
      cancelText={t("names.cancel")}
      okButtonProps={{ htmlType: "submit", form: "trade-form", loading: busy }}
      onCancel={onCancel}
    >
      <Form<Values>
        id="trade-form"
        data-testid="trade-dialog"
        form={form}
        layout="vertical"
        onFinish={(values) => void save(values)}
      >
        {isReset ? (
          <p>{t("names.trades.resetText")}</p>
        ) : (
          <Form.Item
            name="source"
            label={t("names.source")}
            extra={t("names.sourceHint")}
            rules={[{ required: true, whitespace: true, message: t("names.sourceMissing") }]}
          >
            <Input autoFocus maxLength={300} />
          </Form.Item>
        )}
      </Form>
      {problem !== undefined && <Alert type="error" showIcon role="alert" title={problem} />}
      <Table<ListedTrade>
        size="small"
        rowKey="name"
        aria-label={t("names.tabs.trades")}
        dataSource={[...trades]}
        pagination={false}
        scroll={{ y: 260 }}
        columns={[
          { key: "name", title: t("names.trades.name"), dataIndex: "name" },
          {
            key: "before",
            title: t("names.trades.before"),
            width: 190,
            render: (_, trade) => (
              <Flex gap={12}>
                <General is={trade.general} />
                <State trade={trade} />
              </Flex>
            ),
          },
          ...(isReset
            ? []
            : [
                {
                  key: "after",
                  title: t("names.trades.becomes"),
                  width: 110,
                  render: (_: unknown, trade: ListedTrade) => <General is={becomes(action, trade)} />,
                },
              ]),
        ]}
      />
    </Modal>
  );
}

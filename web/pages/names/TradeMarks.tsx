import { CheckCircleOutlined, QuestionCircleFilled } from "@ant-design/icons";
import { Tooltip } from "antd";
import type { JSX } from "react";
import { useTranslation } from "react-i18next";
import type { ListedTrade } from "./api.ts";

export function General({ is }: { readonly is: boolean }): JSX.Element {
  const { t } = useTranslation();
  return (
    <span className={is ? "nowrap" : "nowrap muted"}>
      {t(is ? "names.trades.isGeneral" : "names.trades.notGeneral")}
    </span>
  );
}

/** Confirmed, or assumed by the product. */
export function State({ trade: { generalAssumed } }: { readonly trade: ListedTrade }): JSX.Element {
  const { t } = useTranslation();
  if (!generalAssumed)
    return (
      <span className="mark mark-met">
        <CheckCircleOutlined aria-hidden="true" />
        {t("names.trades.confirmed")}
      </span>
    );
  return (
    <Tooltip title={t("names.trades.assumedHint")}>
      <span className="mark mark-unknown">
        <QuestionCircleFilled aria-hidden="true" />
        {t("names.trades.assumed")}
      </span>
    </Tooltip>
  );
}

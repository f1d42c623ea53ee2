import type { Column } from "../../components/DataTable";
import { Money } from "../../components/Money";
import { RowCard } from "../../components/RowCard";
import { StatusBadge } from "../../components/StatusBadge";
import { t } from "../../i18n";
import type { ExportColumn } from "../../lib/export/rows";
import type { Share } from "./dividends-api";
import { percent } from "./shares";

const paidBadge = ({ payout }: Share) =>
  payout ? (
    <StatusBadge tone="good" text={t(`div.payout.${payout}`)} />
  ) : (
    <StatusBadge tone="waiting" text={t("div.notPaid")} />
  );

export const columns = (currency: string): Column<Share>[] => [
  {
    key: "member",
    header: t("picker.member"),
    width: "minmax(120px, 2fr)",
    render: ({ member }) => member.memberName,
  },
  {
    key: "savings",
    header: t("div.ownIn", { currency }),
    width: "116px",
    align: "end",
    hide: "medium",
    render: ({ memberSavings }) => <Money value={memberSavings} />,
  },
  {
    key: "part",
    header: t("div.part"),
    width: "80px",
    align: "end",
    hide: "medium",
    render: ({ sharePercentage }) => percent(sharePercentage),
  },
  {
    key: "amount",
    header: t("div.shareIn", { currency }),
    width: "116px",
    align: "end",
    render: ({ amount }) => <Money value={amount} />,
  },
  { key: "paid", header: t("review.status"), width: "128px", hide: "narrow", render: paidBadge },
];

export const card = (share: Share) => (
  <RowCard
    title={share.member.memberName}
    amount={<Money value={share.amount} />}
    detail={percent(share.sharePercentage)}
    state={paidBadge(share)}
  />
);

export const exportColumns = (): ExportColumn<Share>[] => [
  { header: t("picker.member"), value: ({ member }) => member.memberName },
  { header: t("div.own"), kind: "money", value: ({ memberSavings }) => memberSavings },
  { header: t("div.part"), value: ({ sharePercentage }) => percent(sharePercentage) },
  { header: t("div.share"), kind: "money", value: ({ amount }) => amount },
  { header: t("div.how"), value: ({ payout }) => payout && t(`div.payout.${payout}`) },
  { header: t("funds.paidOn"), kind: "date", value: ({ paidOn }) => paidOn },
];

import { formatKes, fromDecimal } from "@tablebanking/common/money";
import { formatPhone } from "@tablebanking/common/phone";
import { Link } from "react-router";
import { nodes } from "../../api/groups";
import { useLoansInfiniteQuery } from "../../api/loans";
import type { MemberDetail } from "../../api/members";
import { DetailColumns, DetailLine, DetailSection } from "../../components/DetailPage";
import { KeyValues } from "../../components/KeyValues";
import { Money } from "../../components/Money";
import { PlainTable } from "../../components/PlainTable";
import { Stat, Stats } from "../../components/Stat";
import { Failed, LoadingRows } from "../../components/States";
import { t } from "../../i18n";
import { plainDate } from "../../lib/dates";
import { useSession } from "../../lib/use-session";
import classes from "./MemberPage.module.css";
import { useMemberFinesQuery } from "./members-api";
import { SavingsByFund } from "./SavingsByFund";
import { Wishes } from "./Wishes";

const kes = (amount: string) => formatKes(fromDecimal(amount));

export function Overview({ member }: { member: MemberDetail }) {
  const { savingsSummary: savings } = member;
  return (
    <DetailColumns
      main={
        <>
          <Stats>
            <Stat label={t("member.savedInAll")} value={kes(savings.total)} testId="member-total" />
            <Stat label={t("member.maxLoan")} value={kes(savings.maxLoan)} />
            <Stat label={t("member.consecutive")} value={savings.consecutiveMonths} />
          </Stats>
          <SavingsByFund memberId={member.id} />
          <Loans member={member} />
          <Fines memberId={member.id} />
        </>
      }
      side={
        <>
          <Details member={member} />
          <Kin member={member} />
          <Wishes member={member} />
        </>
      }
    />
  );
}

function Details({ member }: { member: MemberDetail }) {
  return (
    <DetailSection id="member-details" title={t("member.details")}>
      <KeyValues
        items={[
          { name: t("member.phone"), value: formatPhone(member.phone) },
          { name: t("member.idNumber"), value: member.idNumber },
          {
            name: t("member.birthday"),
            value: member.dateOfBirth && plainDate(member.dateOfBirth),
          },
          { name: t("member.since"), value: plainDate(member.registrationDate) },
        ]}
      />
    </DetailSection>
  );
}

function Kin({ member }: { member: MemberDetail }) {
  return (
    <DetailSection id="member-kin" title={t("member.kin")}>
      {member.nextOfKin.length === 0 && <p className={classes.note}>{t("member.noKin")}</p>}
      <KeyValues
        items={member.nextOfKin.map(({ name, relationship, phone }) => ({
          name: relationship,
          value: [name, phone && formatPhone(phone)].filter(Boolean).join(", "),
        }))}
      />
    </DetailSection>
  );
}

function Loans({ member }: { member: MemberDetail }) {
  const { user } = useSession();
  const query = useLoansInfiniteQuery({
    memberId: member.id,
    stage: null,
    groupId: null,
    county: null,
  });
  const rows = nodes(query.currentData?.pages).toReversed();
  const mayApply = user?.role === "SYSTEM_ADMIN" || user?.role === "FIELD_OFFICER";
  return (
    <DetailSection id="member-loans" title={t("loans.title")}>
      {query.isError && <Failed error={query.error} retry={query.refetch} />}
      {query.isLoading && <LoadingRows />}
      {query.currentData && rows.length === 0 && (
        <p className={classes.note}>{t("member.noLoans")}</p>
      )}
      {rows.length > 0 && (
        <PlainTable
          label={t("loans.title")}
          rows={rows}
          rowKey={({ id }) => id}
          testId="member-loans"
          columns={[
            {
              key: "applied",
              header: t("loans.applied"),
              render: ({ id, applicationDate }) => (
                <Link to={`/loans/${id}`}>{plainDate(applicationDate)}</Link>
              ),
            },
            {
              key: "type",
              header: t("loans.type"),
              hide: true,
              render: ({ loanType }) => t(`loanType.${loanType}`),
            },
            {
              key: "state",
              header: t("loans.state"),
              render: ({ status }) => t(`loanStatus.${status}`),
            },
            {
              key: "amount",
              header: t("loans.amount", { currency: "KES" }),
              align: "end",
              render: ({ loanAmount }) => <Money value={loanAmount} />,
            },
            {
              key: "out",
              header: t("loans.out", { currency: "KES" }),
              align: "end",
              hide: true,
              render: ({ outstandingPrincipal }) => <Money value={outstandingPrincipal} />,
            },
          ]}
        />
      )}
      {mayApply && member.isActive && (
        <DetailLine>
          <Link to={`/loans?new=loan&for=${member.id}`}>{t("loans.new")}</Link>
        </DetailLine>
      )}
    </DetailSection>
  );
}

function Fines({ memberId }: { memberId: string }) {
  const query = useMemberFinesQuery(memberId);
  if (!query.currentData?.length) return null;
  return (
    <DetailSection id="member-fines" title={t("member.finesCharged")}>
      <PlainTable
        label={t("member.finesCharged")}
        rows={query.currentData.toReversed()}
        rowKey={({ id }) => id}
        quiet={({ status }) => status !== "OPEN"}
        testId="member-fines"
        columns={[
          { key: "date", header: t("common.date"), render: (fine) => plainDate(fine.chargedOn) },
          {
            key: "reason",
            header: t("member.fineFor"),
            render: (fine) => fine.note ?? t(`fineReason.${fine.reason}`),
          },
          {
            key: "status",
            header: t("members.state"),
            hide: true,
            render: (fine) => t(`fineStatus.${fine.status}`),
          },
          {
            key: "amount",
            header: t("member.fineAmount", { currency: "KES" }),
            align: "end",
            render: (fine) => <Money value={fine.amount} />,
          },
          {
            key: "open",
            header: t("member.fineOpen", { currency: "KES" }),
            align: "end",
            render: (fine) => <Money value={fine.outstanding} />,
          },
        ]}
      />
    </DetailSection>
  );
}

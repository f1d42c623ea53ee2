/**
 * The tabs a visitor finds at first: each runs as it stands or says at its head what to fill in.
 * examples.test.ts holds them against schema.graphql.
 */
export type Example = { query: string; variables?: string };

const ID = "00000000-0000-0000-0000-000000000000";
const json = (value: unknown) => JSON.stringify(value, null, 2);

export const EXAMPLES: Example[] = [
  {
    query: `# Signing in above does this for you. A program sends it
# itself and puts the accessToken into every request:
#   authorization: Bearer <accessToken>
mutation Login($phone: String!, $password: String!) {
  login(input: { phone: $phone, password: $password }) {
    accessToken
    refreshToken
    expiresIn
    user { id name role }
  }
}`,
    variables: json({ phone: "254700000001", password: "" }),
  },
  {
    query: `# The groups you may see, a page at a time:
# pass endCursor as "after" for the next.
query Groups($search: String, $after: String) {
  groups(search: $search, first: 20, after: $after) {
    totalCount
    edges {
      node {
        id name groupCode county
        memberCount cashBalance
      }
    }
    pageInfo { hasNextPage endCursor }
  }
}`,
    variables: json({ search: null, after: null }),
  },
  {
    query: `# Members of one group (put its id below),
# or of all your groups (null).
query Members($groupId: UUID, $search: String) {
  members(groupId: $groupId, search: $search, first: 20) {
    totalCount
    edges {
      node {
        id memberName phone isActive
        savingsSummary { regular total maxLoan }
      }
    }
    pageInfo { hasNextPage endCursor }
  }
}`,
    variables: json({ groupId: null, search: null }),
  },
  {
    query: `# The cash ledger of a period, the oldest line first,
# with its totals.
query CashLedger(
  $groupId: UUID!, $from: Date, $to: Date, $account: MoneyAccount
) {
  cashLedger(
    groupId: $groupId, from: $from, to: $to, account: $account
  ) {
    openingBalance cashIn cashOut closingBalance totalCount
    edges {
      node {
        transactionDate account category subcategory
        amount description balanceAfter
      }
    }
    pageInfo { hasNextPage endCursor }
  }
}`,
    variables: json({ groupId: ID, from: null, to: null, account: null }),
  },
  {
    query: `# The total revolving fund at the end of a day:
# what the group owns, and whose it is.
query TrfBalance($groupId: UUID!, $asOf: Date) {
  trfBalance(groupId: $groupId, asOf: $asOf) {
    asOf total
    cashInHand bank mpesa
    shortTermLoans longTermLoans projectLoans
    memberSavings welfareFund projectFund
    externalLoans dividendsPayable suspense surplus
  }
}`,
    variables: json({ groupId: ID, asOf: null }),
  },
  {
    query: `# Make a new offlineSyncId (a UUID) for each payment.
# Sent again with the same one, nothing is recorded twice.
mutation RecordContribution($input: RecordContributionInput!) {
  recordContribution(input: $input) {
    id amount contributionDate receiptNumber
  }
}`,
    variables: json({
      input: {
        memberId: ID,
        amount: "500.00",
        contributionType: "REGULAR",
        paymentMethod: "CASH",
        offlineSyncId: null,
      },
    }),
  },
  {
    query: `# What the phone app sends when signal returns.
# Every operation has its own result, and the whole batch
# may be sent again any number of times.
mutation SyncBatch($operations: [SyncOperationInput!]!) {
  syncBatch(operations: $operations) {
    serverTime
    results {
      offlineSyncId outcome entityId receiptNumber
      error { code message field }
    }
  }
}`,
    variables: json({
      operations: [
        {
          recordContribution: {
            memberId: ID,
            amount: "500.00",
            contributionType: "REGULAR",
            paymentMethod: "CASH",
            offlineSyncId: ID,
          },
        },
      ],
    }),
  },
  {
    query: `# Stays open: every new line of the group's cash ledger,
# in order, none twice.
subscription LedgerUpdates($groupId: UUID!) {
  ledgerUpdates(groupId: $groupId) {
    id transactionDate category subcategory
    amount description balanceAfter
  }
}`,
    variables: json({ groupId: ID }),
  },
  {
    query: `# Stays open: everybody's last position first,
# then each new one.
subscription OfficerLocations {
  officerLocations {
    officer { id user { name } }
    latitude longitude activityType batteryLevel recordedAt
  }
}`,
  },
  {
    query: `# Everything you may see, then only what changed:
# keep the cursor and pass it as "since".
query Changes($since: String) {
  changes(since: $since, first: 100) {
    groups { id name version }
    members { id memberName version }
    contributions { id amount contributionDate }
    deletedIds
    cursor
    hasMore
  }
}`,
    variables: json({ since: null }),
  },
];

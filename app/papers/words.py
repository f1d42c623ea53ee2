"""The words of the papers in English and Swahili, side by side."""

from __future__ import annotations

TEXT = """
page | Page | Ukurasa
of | of | kati ya
made | Made on {day} | Imetengenezwa {day}
number | Paper {number} · code {code} | Karatasi {number} · msimbo {code}
head | Books up to entry {sequence}, seal {head} | Vitabu hadi ingizo {sequence}, muhuri {head}
check | Anyone can check this paper: {page} | Yeyote anaweza kukagua karatasi hii: {page}
amounts | All amounts in {currency}. | Kiasi chote ni kwa {currency}.
LOAN_STATEMENT | Loan statement | Taarifa ya mkopo
LOAN_AGREEMENT | Loan agreement | Mkataba wa mkopo
PASSBOOK | Passbook {year} | Kitabu cha mwanachama {year}
DIVIDEND_STATEMENT | Dividend statement {year} | Taarifa ya gawio {year}
GROUP_STATEMENT | Statement of the group | Taarifa ya kikundi
MINUTES | Minutes of the meeting | Kumbukumbu za mkutano
RECONCILIATION | Reconciliation, {month} | Ulinganisho, {month}
RECEIPT | Receipt | Risiti
member | Member | Mwanachama
idNumber | ID number | Namba ya kitambulisho
phone | Phone | Simu
loanType | Kind of loan | Aina ya mkopo
SHORT_TERM | Short-term | Wa muda mfupi
LONG_TERM | Long-term | Wa muda mrefu
PROJECT | Project | Wa mradi
purpose | Purpose | Kusudi
status | Status | Hali
PENDING | Waits for approval | Unasubiri kuidhinishwa
APPROVED | Approved | Umeidhinishwa
DISBURSED | Running | Unaendelea
COMPLETED | Paid back | Umelipwa wote
REJECTED | Rejected | Umekataliwa
WRITTEN_OFF | Written off | Umefutwa
applied | Applied for on | Tarehe ya ombi
approved | Approved on | Tarehe ya kuidhinishwa
paidOut | Paid out on | Tarehe ya kutolewa
completed | Paid back on | Tarehe ya kumalizika
months | Months | Miezi
rate | Interest | Riba
rateWhole | {rate} % of the loan | {rate} % ya mkopo
rateYear | {rate} % a year | {rate} % kwa mwaka
loanAmount | Loan | Mkopo
fee | Appreciation fee, taken when it is paid out | Ada ya shukrani, hukatwa mkopo unapotolewa
totalInterest | Interest in all | Riba yote
totalRepayable | To be paid back in all | Jumla ya kurejesha
apr | Full cost a year (APR, with the fee) | Gharama kamili kwa mwaka (pamoja na ada)
lateFine | Fine for a late instalment | Faini ya kuchelewesha awamu
lateFineWords | {amount}, once, after {days} days | {amount}, mara moja, baada ya siku {days}
witnesses | Witnesses | Mashahidi
approvals | Approvals | Idhini
full | The full cost | Gharama kamili
schedule | Instalments | Awamu
due | Due | Tarehe
no | No. | Na.
principal | Principal | Mkopo
interest | Interest | Riba
total | Total | Jumla
left | Left after it | Kinachobaki
paid | Paid | Imelipwa
agree | The borrower agrees to pay back the loan in these instalments, and has read the full \
cost. | Mkopaji anakubali kurejesha mkopo kwa awamu hizi, na amesoma gharama kamili.
planned | The dates are those of a loan that is paid out on the day of this paper; they move \
with the day. | Tarehe ni za mkopo unaotolewa siku ya karatasi hii; hubadilika na siku ya \
kutolewa.
borrower | Borrower | Mkopaji
witness | Witness | Shahidi
FIELD_OFFICER | Field officer | Afisa wa nyanjani
GROUP_CHAIR | Chair | Mwenyekiti
GROUP_COMMITTEE | Committee | Kamati
SYSTEM_ADMIN | Administrator | Msimamizi
payoff | Settles the loan today | Humaliza mkopo leo
outPrincipal | Principal still owed | Mkopo unaodaiwa
outInterest | Interest still to come | Riba iliyobaki
outFines | Fines | Faini
arrears | In arrears | Malimbikizo
overdue | Days overdue | Siku za kuchelewa
next | Next instalment | Awamu inayofuata
repayments | Repayments | Marejesho
date | Date | Tarehe
amount | Amount | Kiasi
fines | Fines | Faini
toSavings | To savings | Kwa akiba
receipt | Receipt | Risiti
reversed | reversed | imerudishwa
none | None. | Hakuna.
savings | Savings | Akiba
withdrawn | Withdrawn | Iliyotolewa
welfare | Welfare | Ustawi
project | Project | Mradi
month | Month | Mwezi
lent | Lent | Mkopo
repaid | Repaid | Marejesho
balance | Savings at the end | Akiba mwishoni
loanBalance | Owed at the end | Deni mwishoni
opening | Savings at the start of the year | Akiba mwanzoni mwa mwaka
closing | Savings now | Akiba sasa
closingYear | Savings at the end of the year | Akiba mwishoni mwa mwaka
welfarePayouts | Paid out by the welfare fund in the year | Malipo kutoka mfuko wa ustawi mwakani
lines | Every entry | Kila ingizo
more | {count} more are not on this paper; ask for a shorter period, or see them in the office. \
| Mengine {count} hayako kwenye karatasi hii; omba kipindi kifupi, au yaone ofisini.
what | What | Nini
in | In | Ndani
out | Out | Nje
reversal | Reversal: {what} | Kurudishwa: {what}
share | Your share of the dividend | Gawio lako
profit | Profit of the year | Faida ya mwaka
profitShare | Part that is shared | Sehemu inayogawanywa
fees | Appreciation fees, shared whole | Ada za shukrani, hugawanywa zote
distributable | To be shared | Ya kugawanywa
totalSavings | Savings of all on {day} | Akiba za wote tarehe {day}
memberSavings | Savings of the member on that day | Akiba za mwanachama siku hiyo
sharePercent | Share | Sehemu
runStatus | State of the run | Hali ya gawio
DRAFT | Draft | Rasimu
POSTED | Posted | Limewekwa vitabuni
PAID | Paid | Limelipwa
REVERSED | Reversed | Limerudishwa
inputs | How the profit came about | Faida ilivyopatikana
sum | share = to be shared × savings of the member ÷ savings of all, to the cent | sehemu = ya \
kugawanywa × akiba za mwanachama ÷ akiba za wote, hadi senti
paidOn | Paid on | Limelipwa tarehe
cashLedger | Cash ledger | Daftari la fedha
openingMoney | At the start | Mwanzoni
cashIn | Money in | Zilizoingia
cashOut | Money out | Zilizotoka
closingMoney | At the end | Mwishoni
trf | Total revolving fund on {day} | Mfuko wote wa mzunguko tarehe {day}
owns | What the group owns | Mali za kikundi
whose | Whose it is | Ni za nani
cashInHand | Cash on the table | Pesa taslimu mezani
bank | Bank | Benki
mpesa | M-Pesa | M-Pesa
shortTermLoans | Short-term loans | Mikopo ya muda mfupi
longTermLoans | Long-term loans | Mikopo ya muda mrefu
projectLoans | Project loans | Mikopo ya mradi
memberSavingsAll | Savings of the members | Akiba za wanachama
welfareFund | Welfare fund | Mfuko wa ustawi
projectFund | Project fund | Mfuko wa mradi
externalLoans | Loans from outside | Mikopo ya nje
dividendsPayable | Dividends to be paid | Magawio ya kulipwa
suspense | To be placed by the office | Zinasubiri kuwekwa mahali pake
surplus | Surplus | Ziada
period | Period | Kipindi
account | Account | Akaunti
after | Balance | Salio
CASH | Cash | Taslimu
BANK | Bank | Benki
MPESA | M-Pesa | M-Pesa
venue | Venue | Mahali
opened | Opened by | Ulifunguliwa na
closed | Closed by | Ulifungwa na
confirmed | Confirmed by | Ulithibitishwa na
quorum | Quorum | Akidi
quorumYes | {count} needed: reached | {count} wanahitajika: imetimia
quorumNo | {count} needed: not reached | {count} wanahitajika: haikutimia
attendance | Attendance | Mahudhurio
PRESENT | Present | Yupo
LATE | Late | Amechelewa
EXCUSED | Excused | Ana udhuru
ABSENT | Absent | Hayupo
cash | Cash on the table | Pesa taslimu mezani
openingCash | In the books before it | Vitabuni kabla
brought | Brought from the bank | Kutoka benki
elsewhere | Moved outside the meeting | Nje ya mkutano
banked | Taken to the bank | Kwenda benki
expected | Should be there | Zinazotarajiwa
counted | Counted | Zilizohesabiwa
variance | Difference | Tofauti
totals | What moved | Zilizopita
count | Lines | Mistari
resolutions | Resolutions | Maazimio
notes | Notes and coins | Noti na sarafu
seal | Seal of the minutes | Muhuri wa kumbukumbu
OPEN | Open | Wazi
CLOSED | Closed | Umefungwa
CONFIRMED | Confirmed | Umethibitishwa
accounts | Money | Fedha
statementSays | Statement | Taarifa
difference | Difference | Tofauti
trial | Trial balance | Mizania
debits | Debits | Debiti
credits | Credits | Krediti
openingShort | Opening | Kuanzia
closingShort | Closing | Kufunga
REVIEW_OPEN | Waits for a decision | Inasubiri uamuzi
MEETING_OPEN | Meeting not closed | Mkutano haujafungwa
STATEMENT_MISSING | Nobody has said what is there | Hakuna aliyesema kilichopo
DIFFERENCE | Statement and books differ | Taarifa na vitabu vinatofautiana
LINES_UNMATCHED | Lines of the statement without an entry | Mistari ya taarifa isiyo na ingizo
POSTINGS_UNMATCHED | Entries without a line of the statement | Maingizo yasiyo na mstari wa taarifa
differs | What differs | Kinachotofautiana
signed | Signed off by | Imetiwa saini na
note | Note | Maelezo
notSigned | Not signed off yet | Bado haijatiwa saini
SIGNED | Signed off | Imetiwa saini
READY | Ready to be signed off | Iko tayari kutiwa saini
IN | Paid in | Zilizolipwa
OUT | Paid out | Zilizotolewa
WITHIN | Moved within the group | Zilizohamishwa ndani ya kikundi
IN_BOOKS | In the group's books | Iko katika vitabu vya kikundi
AT_OFFICE | In the books; the office still finds its place | Iko vitabuni; ofisi inaipatia \
mahali pake
REVERSED_ON | Was in the books, was taken back on {day} | Ilikuwa vitabuni, ikarudishwa tarehe {day}
code | Code | Msimbo
recordedBy | Recorded by | Imerekodiwa na
savings_ | Savings | Akiba
fine | Fine | Faini
registration | Registration | Usajili
appreciation_fee | Appreciation fee | Ada ya shukrani
short_term_loan | Short-term loan | Mkopo wa muda mfupi
long_term_loan | Long-term loan | Mkopo wa muda mrefu
project_loan | Project loan | Mkopo wa mradi
loan_interest | Loan interest | Riba ya mkopo
savings_withdrawal | Savings withdrawn | Akiba iliyotolewa
welfare_payout | Welfare payout | Malipo ya ustawi
project_spending | Project spending | Matumizi ya mradi
expense | Expense | Gharama
dividend | Dividend | Gawio
other_income | Other income | Mapato mengine
external_loan | Loan from outside | Mkopo wa nje
banking | Banking | Kupeleka benki
opening_ | Opening balance | Salio la kuanzia
unplaced | To be placed by the office | Inasubiri kuwekwa mahali pake
adjustment | Adjustment | Marekebisho
LOANS_SHORT_TERM | Short-term loans | Mikopo ya muda mfupi
LOANS_LONG_TERM | Long-term loans | Mikopo ya muda mrefu
LOANS_PROJECT | Project loans | Mikopo ya mradi
MEMBER_SAVINGS | Savings | Akiba
WELFARE_FUND | Welfare fund | Mfuko wa ustawi
WELFARE_PAYOUT | Welfare payout | Msaada wa ustawi
PROJECT_FUND | Project fund | Mfuko wa mradi
EXTERNAL_LOANS | Loans from outside | Mikopo ya nje
DIVIDENDS_PAYABLE | Dividends | Magawio
SUSPENSE | To be placed | Inasubiri mahali pake
LOAN_INTEREST | Loan interest | Riba ya mikopo
FINES | Fines | Faini
REGISTRATION_FEES | Registration fees | Ada za usajili
APPRECIATION_FEES | Appreciation fees | Ada za shukrani
OTHER_INCOME | Other income | Mapato mengine
OPERATING_EXPENSES | Expenses | Gharama
LOAN_LOSSES | Loan losses | Hasara za mikopo
RETAINED_SURPLUS | Retained surplus | Ziada iliyobaki
"""


class Words:
    """The words of one language, by key; a key that nobody has named is shown as it is."""

    def __init__(self, language: str) -> None:
        at = 1 if language == "en" else 2
        rows = (line.split(" | ") for line in TEXT.strip().splitlines())
        self.language = language
        self._words = {row[0]: row[at] for row in rows}

    def __getitem__(self, key: str) -> str:
        return self._words[key]

    def of(self, key: str | None) -> str:
        """The word of a value of the API, such as a status or a subcategory."""
        if key is None:
            return ""
        return self._words.get(f"{key}_") or self._words.get(key) or key.replace("_", " ")

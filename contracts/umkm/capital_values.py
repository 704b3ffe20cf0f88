"""The words of the capital programme (Tangerang Emas): loans, groups that vouch for each other, bank files."""

from __future__ import annotations

from enum import StrEnum


class LoanState(StrEnum):
    """A member's loan, from what is asked for to the last rupiah.

    `frozen`: its owner has died; nothing is asked of anybody until a person has looked. `in_recourse`: the member has
    disappeared; the others keep their own standing.
    """

    DRAFT = "draft"
    OFFICE_CHECK = "office_check"
    BANK_CHECK = "bank_check"
    APPROVED = "approved"
    REPAYING = "repaying"
    ARREARS = "arrears"
    IN_RECOURSE = "in_recourse"
    FROZEN = "frozen"
    SETTLED = "settled"
    REFUSED = "refused"
    LEFT = "left"


class GroupState(StrEnum):
    """A group is as far as the member who is least far."""

    FORMING = "forming"
    OFFICE_CHECK = "office_check"
    BANK_CHECK = "bank_check"
    APPROVED = "approved"
    ACTIVE = "active"
    SETTLED = "settled"
    DISSOLVED = "dissolved"


class RefusalReason(StrEnum):
    """Why the office or the bank has refused a member. Of the bank's own check only the outcome is told."""

    PAPERS_INCOMPLETE = "papers_incomplete"
    NOT_RESIDENT = "not_resident"
    BUSINESS_NOT_FOUND = "business_not_found"
    OTHER_LOAN = "other_loan"
    CREDIT_CHECK = "credit_check"
    OTHER = "other"


class AdministrationTaken(StrEnum):
    """How the administration fee is taken: from what is paid out, or spread over the instalments."""

    UPFRONT = "upfront"
    INSTALMENTS = "instalments"


class CapitalEntryKind(StrEnum):
    """A row of the ledger. What is owed is added, what was paid is taken away; `covered`: another member has paid."""

    DISBURSED = "disbursed"
    FEE = "fee"
    PAID = "paid"
    COVERED = "covered"
    REVERSED = "reversed"


class BankFileState(StrEnum):
    """`refused`: nothing of it was booked."""

    RECEIVED = "received"
    READING = "reading"
    BOOKED = "booked"
    REFUSED = "refused"


class BankLineKind(StrEnum):
    """A payment, a payment by one member for another, a payment that came back; `unreadable`: none of these."""

    PAYMENT = "payment"
    COVER = "cover"
    REVERSAL = "reversal"
    UNREADABLE = "unreadable"


class BankLineState(StrEnum):
    """`waiting`: all of it or a part waits for a person; `closed`: a person has settled what waited."""

    BOOKED = "booked"
    WAITING = "waiting"
    CLOSED = "closed"
    REVERSED = "reversed"


class BankLineProblem(StrEnum):
    """Why a line waits."""

    UNREADABLE = "unreadable"
    UNKNOWN_REFERENCE = "unknown_reference"
    FUTURE_VALUE_DATE = "future_value_date"
    BEFORE_DISBURSEMENT = "before_disbursement"
    OTHER_SUM = "other_sum"
    OVERPAID = "overpaid"
    UNKNOWN_TRANSACTION = "unknown_transaction"
    REVERSED_BEFORE = "reversed_before"
    OTHER_GROUP = "other_group"
    OWN_LOAN = "own_loan"
    FROZEN = "frozen"


class LineSettlement(StrEnum):
    """What a person does with what waits of a line: booked as a payment, booked as a cover, sent back by the bank, or
    nothing, because the bank has said that the line was a mistake."""

    BOOK = "book"
    COVER = "cover"
    RETURN = "return"
    DISMISS = "dismiss"


class KurTier(StrEnum):
    """Up to Rp10, 100 and 500 million."""

    SUPER_MICRO = "super_micro"
    MICRO = "micro"
    SMALL = "small"


class KurUse(StrEnum):
    """What a credit is for."""

    WORKING_CAPITAL = "working_capital"
    INVESTMENT = "investment"


class KurMissing(StrEnum):
    """What bars a business from KUR by what the office knows. `too_young`: it runs for less than six months, or three
    with a training passed."""

    ABOVE_MOST = "above_most"
    NOT_VERIFIED = "not_verified"
    NIB = "nib"
    RESIDENT = "resident"
    TOO_YOUNG = "too_young"


__all__ = [
    "AdministrationTaken",
    "BankFileState",
    "BankLineKind",
    "BankLineProblem",
    "BankLineState",
    "CapitalEntryKind",
    "GroupState",
    "KurMissing",
    "KurTier",
    "KurUse",
    "LineSettlement",
    "LoanState",
    "RefusalReason",
]

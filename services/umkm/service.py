"""The umkm service: what it answers and what it listens to."""

from __future__ import annotations

from chassis.service import Service, answers, on_timer, subscribe
from contracts import umkm as asked

from .handlers import (
    attendance,
    batches,
    businesses,
    certificates,
    clocks,
    curation,
    finishing,
    households,
    listings,
    owner_deaths,
    owners,
    permits,
    photos,
    registering,
    reports,
    scoresheets,
    seats,
    shop,
)
from .handlers import timer_kinds as kinds
from .handlers.capital import (
    bank_files,
    checks,
    disbursing,
    groups,
    kur,
    ladder,
    lines,
    loans,
    measures,
    recourse,
    terms,
)
from .handlers.grants import applying, assessing, deciding, earlier, reviewing, rounds
from .store import capital


class Umkm(Service):
    """Support for small enterprises."""

    name = "umkm"
    gauges = (
        (measures.LINES_WAITING, capital.bank_line.WAITING_SECONDS),
        (measures.CHECKS_OVERDUE, capital.group.OVERDUE_CHECKS),
    )

    register_business = answers(asked.RegisterBusiness, registering.register_business)
    describe_business = answers(asked.DescribeBusiness, businesses.describe_business)
    declare_size = answers(asked.DeclareSize, businesses.declare_size)
    verify_business = answers(asked.VerifyBusiness, businesses.verify_business)
    suspend_business = answers(asked.SuspendBusiness, businesses.suspend_business)
    resume_business = answers(asked.ResumeBusiness, businesses.resume_business)
    close_business = answers(asked.CloseBusiness, businesses.close_business)
    get_business = answers(asked.GetBusiness, businesses.get_business)
    list_businesses = answers(asked.ListBusinesses, businesses.list_businesses)
    correct_owner = answers(asked.CorrectOwner, owners.correct_owner)
    disclose_owner = answers(asked.DiscloseOwner, owners.disclose_owner)
    record_permit = answers(asked.RecordPermit, permits.record_permit)

    announce_batch = answers(asked.AnnounceBatch, batches.announce_batch)
    change_quota = answers(asked.ChangeQuota, batches.change_quota)
    postpone_batch = answers(asked.PostponeBatch, batches.postpone_batch)
    reschedule_batch = answers(asked.RescheduleBatch, batches.reschedule_batch)
    cancel_batch = answers(asked.CancelBatch, batches.cancel_batch)
    get_batch = answers(asked.GetBatch, batches.get_batch)
    list_batches = answers(asked.ListBatches, batches.list_batches)

    request_seat = answers(asked.RequestSeat, seats.request_seat)
    accept_seat = answers(asked.AcceptSeat, seats.accept_seat)
    give_up_seat = answers(asked.GiveUpSeat, seats.give_up_seat)
    get_seat = answers(asked.GetSeat, seats.get_seat)
    list_seats = answers(asked.ListSeats, seats.list_seats)

    print_attendance = answers(asked.PrintAttendance, attendance.print_attendance)
    record_attendance = answers(asked.RecordAttendance, attendance.record_attendance)
    finish_batch = answers(asked.FinishBatch, finishing.finish_batch)
    correct_result = answers(asked.CorrectResult, finishing.correct_result)

    check_certificate = answers(asked.CheckCertificate, certificates.check_certificate)
    print_certificate = answers(asked.PrintCertificate, certificates.print_certificate)
    list_certificates = answers(asked.ListCertificates, certificates.list_certificates)
    revoke_certificate = answers(asked.RevokeCertificate, certificates.revoke_certificate)

    draft_listing = answers(asked.DraftListing, listings.draft_listing)
    describe_listing = answers(asked.DescribeListing, listings.describe_listing)
    submit_listing = answers(asked.SubmitListing, listings.submit_listing)
    withdraw_listing = answers(asked.WithdrawListing, listings.withdraw_listing)
    restore_listing = answers(asked.RestoreListing, listings.restore_listing)
    rewrite_listing = answers(asked.RewriteListing, listings.rewrite_listing)
    take_down_listing = answers(asked.TakeDownListing, listings.take_down_listing)
    get_listing = answers(asked.GetListing, listings.get_listing)
    list_listings = answers(asked.ListListings, listings.list_listings)
    add_photo = answers(asked.AddPhoto, photos.add_photo)
    remove_photo = answers(asked.RemovePhoto, photos.remove_photo)
    get_photo = answers(asked.GetPhoto, photos.get_photo)

    set_scoresheet = answers(asked.SetScoresheet, scoresheets.set_scoresheet)
    get_scoresheet = answers(asked.GetScoresheet, scoresheets.get_scoresheet)
    list_curations = answers(asked.ListCurations, curation.list_curations)
    get_curation = answers(asked.GetCuration, curation.get_curation)
    assess_listing = answers(asked.AssessListing, curation.assess_listing)
    decide_listing = answers(asked.DecideListing, curation.decide_listing)

    search_listings = answers(asked.SearchListings, shop.search_listings)
    show_listing = answers(asked.ShowListing, shop.show_listing)

    check_kur = answers(asked.CheckKur, kur.check_kur)
    print_kur_referral = answers(asked.PrintKurReferral, kur.print_kur_referral)
    set_capital_terms = answers(asked.SetCapitalTerms, terms.set_capital_terms)
    get_capital_terms = answers(asked.GetCapitalTerms, terms.get_capital_terms)
    get_ladder = answers(asked.GetLadder, ladder.get_ladder)
    form_group = answers(asked.FormGroup, groups.form_group)
    join_group = answers(asked.JoinGroup, groups.join_group)
    leave_group = answers(asked.LeaveGroup, groups.leave_group)
    submit_group = answers(asked.SubmitGroup, groups.submit_group)
    dissolve_group = answers(asked.DissolveGroup, groups.dissolve_group)
    get_group = answers(asked.GetGroup, loans.get_group)
    list_groups = answers(asked.ListGroups, loans.list_groups)
    check_papers = answers(asked.CheckPapers, checks.check_papers)
    check_credit = answers(asked.CheckCredit, checks.check_credit)
    disclose_borrower = answers(asked.DiscloseBorrower, checks.disclose_borrower)
    disburse_group = answers(asked.DisburseGroup, disbursing.disburse_group)
    mark_recourse = answers(asked.MarkRecourse, recourse.mark_recourse)
    lift_recourse = answers(asked.LiftRecourse, recourse.lift_recourse)
    get_loan = answers(asked.GetLoan, loans.get_loan)
    list_loans = answers(asked.ListLoans, loans.list_loans)
    list_capital_entries = answers(asked.ListCapitalEntries, loans.list_capital_entries)

    send_bank_file = answers(asked.SendBankFile, bank_files.send_bank_file)
    get_bank_file = answers(asked.GetBankFile, bank_files.get_bank_file)
    list_bank_files = answers(asked.ListBankFiles, bank_files.list_bank_files)
    list_waiting_lines = answers(asked.ListWaitingLines, lines.list_waiting_lines)
    settle_bank_line = answers(asked.SettleBankLine, lines.settle_bank_line)

    set_grant_scoresheet = answers(asked.SetGrantScoresheet, scoresheets.set_grant_scoresheet)
    get_grant_scoresheet = answers(asked.GetGrantScoresheet, scoresheets.get_grant_scoresheet)
    announce_grant_round = answers(asked.AnnounceGrantRound, rounds.announce_grant_round)
    cancel_grant_round = answers(asked.CancelGrantRound, rounds.cancel_grant_round)
    get_grant_round = answers(asked.GetGrantRound, rounds.get_grant_round)
    list_grant_rounds = answers(asked.ListGrantRounds, rounds.list_grant_rounds)
    rank_grants = answers(asked.RankGrants, deciding.rank_grants)
    decide_grants = answers(asked.DecideGrants, deciding.decide_grants)
    apply_for_grant = answers(asked.ApplyForGrant, applying.apply_for_grant)
    withdraw_grant = answers(asked.WithdrawGrant, applying.withdraw_grant)
    get_grant = answers(asked.GetGrant, applying.get_grant)
    list_grants = answers(asked.ListGrants, applying.list_grants)
    record_earlier_grant = answers(asked.RecordEarlierGrant, earlier.record_earlier_grant)
    hand_over_grant = answers(asked.HandOverGrant, applying.hand_over_grant)
    review_grant = answers(asked.ReviewGrant, reviewing.review_grant)
    survey_grant = answers(asked.SurveyGrant, reviewing.survey_grant)
    list_grants_to_score = answers(asked.ListGrantsToScore, assessing.list_grants_to_score)
    assess_grant = answers(asked.AssessGrant, assessing.assess_grant)

    get_year_report = answers(asked.GetYearReport, reports.get_year_report)
    get_year_workbook = answers(asked.GetYearWorkbook, reports.get_year_workbook)

    list_priority_households = answers(asked.ListPriorityHouseholds, households.list_priority_households)
    list_owner_deaths = answers(asked.ListOwnerDeaths, owner_deaths.list_owner_deaths)
    list_owner_tasks = answers(asked.ListOwnerTasks, owner_deaths.list_owner_tasks)
    finish_owner_task = answers(asked.FinishOwnerTask, owner_deaths.finish_owner_task)

    open_due = on_timer(kinds.BATCH_OPEN, clocks.open_due)
    head_start_over = on_timer(kinds.HEAD_START, clocks.head_start_over)
    start_due = on_timer(kinds.BATCH_START, clocks.start_due)
    offer_over = on_timer(kinds.OFFER_ENDS, clocks.offer_over)
    waiver_over = on_timer(kinds.WAIVER_ENDS, households.waiver_over)

    check_due = on_timer(kinds.CHECK_DUE, checks.check_due)
    permit_warns = on_timer(kinds.PERMIT_WARNS, permits.warn_due)
    permit_ends = on_timer(kinds.PERMIT_ENDS, permits.end_due)
    sweep_photos = on_timer(kinds.SWEEP_PHOTOS, photos.sweep_due)

    on_waiver_granted = subscribe("education.waiver-granted.v1", households.give_priority)
    on_waiver_ended = subscribe("education.waiver-ended.v1", households.end_priority)
    on_death_recorded = subscribe("hearse.death-recorded.v1", owner_deaths.mark_death)
    on_death_corrected = subscribe("hearse.death-corrected.v1", owner_deaths.mark_death)

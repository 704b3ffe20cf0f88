"""The education service: what it answers and what it listens to. Its long work is in jobs.py."""

from __future__ import annotations

from chassis.service import Service, answers, on_timer, subscribe
from contracts import education as asked

from . import store
from .handlers import (
    accounts,
    agreements,
    appeals,
    applications,
    bank,
    budgets,
    claims,
    complaints,
    correcting,
    cut_offs,
    death_notices,
    deciding,
    disbursement_views,
    disbursements,
    enrolments,
    evaluations,
    evidence,
    families,
    family_waivers,
    joining,
    measures,
    merging,
    months,
    number_tasks,
    pupils,
    reports,
    reviews,
    roster_rows,
    rosters,
    rules,
    schools,
    tasks,
    transfers,
    undoing,
    waivers,
)
from .handlers import timer_kinds as kinds


class Education(Service):
    """Who goes to which school, and who need not pay for it."""

    name = "education"
    gauges = (
        (measures.BANK_WAITING, store.disbursement.BANK_WAITING_SECONDS),
        (measures.CORRECTION_WAITING, store.family_request.CORRECTION_WAITING_SECONDS),
    )

    import_schools = answers(asked.ImportSchools, schools.import_schools)
    list_schools = answers(asked.ListSchools, schools.list_schools)
    get_school = answers(asked.GetSchool, schools.get_school)

    draft_agreement = answers(asked.DraftAgreement, agreements.draft_agreement)
    sign_agreement = answers(asked.SignAgreement, agreements.sign_agreement)
    suspend_agreement = answers(asked.SuspendAgreement, agreements.suspend_agreement)
    resume_agreement = answers(asked.ResumeAgreement, agreements.resume_agreement)
    end_agreement = answers(asked.EndAgreement, agreements.end_agreement)
    list_agreements = answers(asked.ListAgreements, agreements.list_agreements)

    upload_roster = answers(asked.UploadRoster, rosters.upload_roster)
    get_roster = answers(asked.GetRoster, rosters.get_roster)
    list_rosters = answers(asked.ListRosters, rosters.list_rosters)
    list_roster_rows = answers(asked.ListRosterRows, roster_rows.list_roster_rows)
    download_refused_rows = answers(asked.DownloadRefusedRows, roster_rows.download_refused_rows)
    apply_roster = answers(asked.ApplyRoster, rosters.apply_roster)
    abandon_roster = answers(asked.AbandonRoster, rosters.abandon_roster)

    set_cut_off = answers(asked.SetCutOff, cut_offs.set_cut_off)
    list_cut_offs = answers(asked.ListCutOffs, cut_offs.list_cut_offs)

    undo_roster = answers(asked.UndoRoster, undoing.undo_roster)

    list_pupils = answers(asked.ListPupils, pupils.list_pupils)
    get_pupil = answers(asked.GetPupil, pupils.get_pupil)
    disclose_pupil = answers(asked.DisclosePupil, pupils.disclose_pupil)

    withdraw_pupil = answers(asked.WithdrawPupil, enrolments.withdraw_pupil)
    graduate_pupils = answers(asked.GraduatePupils, enrolments.graduate_pupils)
    correct_pupil = answers(asked.CorrectPupil, correcting.correct_pupil)
    join_pupils = answers(asked.JoinPupils, joining.join_pupils)
    merge_schools = answers(asked.MergeSchools, merging.merge_schools)

    list_transfers = answers(asked.ListTransfers, transfers.list_transfers)
    confirm_transfers = answers(asked.ConfirmTransfers, transfers.confirm_transfers)
    decline_transfer = answers(asked.DeclineTransfer, transfers.decline_transfer)
    object_to_transfer = answers(asked.ObjectToTransfer, transfers.object_to_transfer)

    link_child = answers(asked.LinkChild, families.link_child)
    list_my_children = answers(asked.ListMyChildren, families.list_my_children)

    set_rules = answers(asked.SetRules, rules.set_rules)
    list_rules = answers(asked.ListRules, rules.list_rules)

    record_evidence = answers(asked.RecordEvidence, evidence.record_evidence)
    attest_residency = answers(asked.AttestResidency, evidence.attest_residency)
    import_welfare = answers(asked.ImportWelfare, evidence.import_welfare)

    submit_application = answers(asked.SubmitApplication, applications.submit_application)
    get_application = answers(asked.GetApplication, applications.get_application)
    list_applications = answers(asked.ListApplications, applications.list_applications)

    decide_application = answers(asked.DecideApplication, deciding.decide_application)
    list_decisions = answers(asked.ListDecisions, deciding.list_decisions)
    replay_decision = answers(asked.ReplayDecision, deciding.replay_decision)
    replay_decisions = answers(asked.ReplayDecisions, deciding.replay_decisions)

    start_evaluation = answers(asked.StartEvaluation, evaluations.start_evaluation)
    get_evaluation = answers(asked.GetEvaluation, evaluations.get_evaluation)
    list_evaluations = answers(asked.ListEvaluations, evaluations.list_evaluations)
    list_evaluated = answers(asked.ListEvaluated, evaluations.list_evaluated)
    grant_evaluated = answers(asked.GrantEvaluated, evaluations.grant_evaluated)
    forget_evaluation = on_timer(kinds.FORGET_EVALUATION, evaluations.forget_evaluation)
    sweep_bank_answers = on_timer(kinds.SWEEP_ANSWERS, bank.sweep_answers)

    list_waivers = answers(asked.ListWaivers, waivers.list_waivers)
    end_waiver = answers(asked.EndWaiver, waivers.end_waiver)

    confirm_month = answers(asked.ConfirmMonth, months.confirm_month)
    correct_month = answers(asked.CorrectMonth, months.correct_month)
    list_confirmed = answers(asked.ListConfirmed, months.list_confirmed)

    submit_claim = answers(asked.SubmitClaim, claims.submit_claim)
    approve_claim = answers(asked.ApproveClaim, claims.approve_claim)
    return_claim = answers(asked.ReturnClaim, claims.return_claim)
    list_claims = answers(asked.ListClaims, claims.list_claims)

    set_budget = answers(asked.SetBudget, budgets.set_budget)
    list_budgets = answers(asked.ListBudgets, budgets.list_budgets)
    list_ledger = answers(asked.ListLedger, budgets.list_ledger)
    record_repayment = answers(asked.RecordRepayment, budgets.record_repayment)

    set_school_account = answers(asked.SetSchoolAccount, accounts.set_school_account)
    set_pupil_account = answers(asked.SetPupilAccount, accounts.set_pupil_account)

    draft_disbursement = answers(asked.DraftDisbursement, disbursements.draft_disbursement)
    verify_disbursement = answers(asked.VerifyDisbursement, disbursements.verify_disbursement)
    approve_disbursement = answers(asked.ApproveDisbursement, disbursements.approve_disbursement)
    remove_line = answers(asked.RemoveLine, disbursements.remove_line)
    cancel_disbursement = answers(asked.CancelDisbursement, disbursements.cancel_disbursement)
    record_treasury_numbers = answers(asked.RecordTreasuryNumbers, disbursements.record_treasury_numbers)

    export_disbursement = answers(asked.ExportDisbursement, bank.export_disbursement)
    download_bank_file = answers(asked.DownloadBankFile, bank.download_bank_file)
    void_export = answers(asked.VoidExport, bank.void_export)
    import_bank_results = answers(asked.ImportBankResults, bank.import_bank_results)

    list_disbursements = answers(asked.ListDisbursements, disbursement_views.list_disbursements)
    get_disbursement = answers(asked.GetDisbursement, disbursement_views.get_disbursement)
    list_disbursement_lines = answers(asked.ListDisbursementLines, disbursement_views.list_disbursement_lines)

    apply_for_child = answers(asked.ApplyForChild, family_waivers.apply_for_child)
    list_my_applications = answers(asked.ListMyApplications, family_waivers.list_my_applications)
    appeal_for_child = answers(asked.AppealForChild, family_waivers.appeal_for_child)
    ask_correction = answers(asked.AskCorrection, family_waivers.ask_correction)
    complain_of_levy = answers(asked.ComplainOfLevy, family_waivers.complain_of_levy)

    record_appeal = answers(asked.RecordAppeal, appeals.record_appeal)

    list_correction_requests = answers(asked.ListCorrectionRequests, complaints.list_correction_requests)
    answer_correction_request = answers(asked.AnswerCorrectionRequest, complaints.answer_correction_request)
    list_levy_complaints = answers(asked.ListLevyComplaints, complaints.list_levy_complaints)
    decide_complaint = answers(asked.DecideComplaint, complaints.decide_complaint)

    list_reviews = answers(asked.ListReviews, reviews.list_reviews)
    finish_review = answers(asked.FinishReview, reviews.finish_review)

    get_waiver_report = answers(asked.GetWaiverReport, reports.get_waiver_report)
    get_waiver_workbook = answers(asked.GetWaiverWorkbook, reports.get_waiver_workbook)
    list_waiver_figures = answers(asked.ListWaiverFigures, reports.list_waiver_figures)

    list_tasks = answers(asked.ListTasks, tasks.list_tasks)
    finish_task = answers(asked.FinishTask, tasks.finish_task)

    forget_due = on_timer(kinds.FORGET, undoing.forget_due)
    term_over = on_timer(kinds.NUMBERS_DUE, number_tasks.term_over)
    expire_due = on_timer(kinds.EXPIRE, undoing.expire_due)

    list_death_notices = answers(asked.ListDeathNotices, death_notices.list_death_notices)

    on_death_recorded = subscribe("hearse.death-recorded.v1", death_notices.note_death)
    on_death_corrected = subscribe("hearse.death-corrected.v1", death_notices.correct_death)

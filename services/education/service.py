"""The education service: what it answers and what it listens to. Its long work is in jobs.py."""

from __future__ import annotations

from chassis.service import Service, answers, on_timer, subscribe
from contracts import education as asked

from .handlers import (
    agreements,
    correcting,
    cut_offs,
    death_notices,
    enrolments,
    families,
    joining,
    merging,
    number_tasks,
    pupils,
    roster_rows,
    rosters,
    schools,
    tasks,
    transfers,
    undoing,
)
from .handlers import timer_kinds as kinds


class Education(Service):
    """Who goes to which school, and who need not pay for it."""

    name = "education"

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

    list_tasks = answers(asked.ListTasks, tasks.list_tasks)
    finish_task = answers(asked.FinishTask, tasks.finish_task)

    forget_due = on_timer(kinds.FORGET, undoing.forget_due)
    term_over = on_timer(kinds.NUMBERS_DUE, number_tasks.term_over)
    expire_due = on_timer(kinds.EXPIRE, undoing.expire_due)

    list_death_notices = answers(asked.ListDeathNotices, death_notices.list_death_notices)

    on_death_recorded = subscribe("hearse.death-recorded.v1", death_notices.note_death)
    on_death_corrected = subscribe("hearse.death-corrected.v1", death_notices.correct_death)

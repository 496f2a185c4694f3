//! Uploads: what is kept, comes back; the same bytes give the first receipt; a failure leaves nothing.

use nachweis_domain::{
    figures::QuarterlyFigures,
    finding::Severity,
    key::SubprojectNo,
    money::Money,
    record::{Action, RefusedUpload, UploadId, UploadState},
};
use nachweis_store::{Original, RecordedUpload, StoreError, Thing};

use crate::{on_both, sample::*};

on_both! {
    fn an_upload_comes_back_as_it_was_kept(store) {
        set_up(store, 1);
        let mut new = upload(1);
        new.findings = findings(Severity::Warning);
        let kept = keep(store, &new);
        assert_eq!(store.upload(new.id).unwrap(), Some(kept.clone()));
        assert_eq!(store.uploads_of(&no(1), new.quarter).unwrap(), std::slice::from_ref(&kept));
        assert_eq!((kept.revision, kept.state, kept.blocking, kept.warnings), (1, UploadState::Checked, 0, 2));
        assert_eq!(kept.uploaded_at, at(10));
        assert_eq!(store.figures_of(new.id).unwrap(), new.figures);
        assert_eq!(store.findings_of(new.id).unwrap(), new.findings);
        assert_eq!(store.original(&kept.sha256).unwrap().unwrap(), new.original.bytes());
        assert_eq!(kept.size_bytes, 10);
    }

    fn a_workbook_without_any_value_is_kept_too(store) {
        set_up(store, 1);
        let mut new = upload(1);
        new.figures = QuarterlyFigures::default();
        keep(store, &new);
        assert_eq!(store.figures_of(new.id).unwrap(), new.figures);
        assert_eq!(store.findings_of(new.id).unwrap(), []);
    }

    fn twenty_thousand_vouchers_come_back_in_order(store) {
        set_up(store, 1);
        let mut new = upload(1);
        new.figures = figures(5, 20_000);
        keep(store, &new);
        assert_eq!(store.figures_of(new.id).unwrap(), new.figures);
    }

    fn blocking_findings_block(store) {
        set_up(store, 1);
        let mut new = upload(1);
        new.findings = findings(Severity::Blocking);
        let kept = keep(store, &new);
        assert_eq!((kept.state, kept.blocking), (UploadState::Blocked, 2));
        assert!(matches!(
            store.submit(kept.id, LEAD, at(20), &[]),
            Err(StoreError::State { found: UploadState::Blocked, .. })
        ));
    }

    fn the_same_bytes_give_the_first_receipt(store) {
        set_up(store, 2);
        let first = keep(store, &upload(1));
        let mut again = upload(1);
        again.id = UploadId(id(99));
        again.uploaded_at = at(50);
        let head = store.journal_head().unwrap();
        assert_eq!(store.record_upload(&again).unwrap(), RecordedUpload::Same(first.clone()));
        assert_eq!(store.journal_head().unwrap(), head, "nothing happened");
        assert_eq!(store.upload_of_bytes(&no(1), again.quarter, &first.sha256).unwrap(), Some(first.clone()));
        assert_eq!(store.upload_of_bytes(&no(2), again.quarter, &first.sha256).unwrap(), None);
        let mut elsewhere = again.clone();
        elsewhere.subproject = no(2);
        assert_eq!(keep(store, &elsewhere).revision, 1, "another subproject, another receipt");
        let mut later = again;
        later.id = UploadId(id(100));
        later.quarter = later.quarter.next();
        assert_eq!(keep(store, &later).revision, 1, "another quarter, another receipt");
    }

    fn revisions_count_from_one_for_each_quarter(store) {
        set_up(store, 1);
        for number in 1..=3 {
            assert_eq!(keep(store, &upload(number)).revision, u32::try_from(number).unwrap());
        }
        let mut next = upload(4);
        next.quarter = next.quarter.next();
        assert_eq!(keep(store, &next).revision, 1);
        let revisions: Vec<_> = store.uploads_of_subproject(&no(1)).unwrap().iter().map(|upload| upload.revision).collect();
        assert_eq!(revisions, [1, 2, 3, 1]);
    }

    fn many_uploads_are_kept_together_or_not_at_all(store) {
        set_up(store, 1);
        let mut wrong = upload(3);
        wrong.subproject = SubprojectNo::new("IQ23-NW-999");
        let head = store.journal_head().unwrap();
        let error = store.record_uploads(&[upload(1), upload(2), wrong]).unwrap_err();
        assert!(matches!(error, StoreError::Unknown { thing: Thing::Subproject, .. }), "{error:?}");
        assert_eq!(store.upload(upload(1).id).unwrap(), None);
        assert_eq!(store.original(&upload(1).original.sha256()).unwrap(), None);
        assert_eq!(store.journal_head().unwrap(), head);
        let kept = store.record_uploads(&[upload(1), upload(2), upload(1)]).unwrap();
        let revisions: Vec<_> = kept.iter().map(|kept| kept.upload().revision).collect();
        assert_eq!(revisions, [1, 2, 1]);
        assert!(matches!(kept.last(), Some(RecordedUpload::Same(_))));
    }

    fn a_value_beyond_the_limits_leaves_nothing(store) {
        set_up(store, 1);
        let head = store.journal_head().unwrap();
        let mut amount = upload(1);
        amount.figures.expenditure[0].amount.value = Money::from_cents(Money::CELL_LIMIT.cents() + 1);
        let mut count = upload(2);
        count.figures.indicators[0].women.as_mut().unwrap().value = i64::MAX;
        let mut voucher = upload(3);
        voucher.figures.vouchers.rows[2].amount = Some(Money::from_cents(i64::MIN));
        for new in [amount, count, voucher] {
            assert!(matches!(store.record_upload(&new), Err(StoreError::Unfit { .. })));
            assert_eq!(store.upload(new.id).unwrap(), None);
            assert_eq!(store.original(&new.original.sha256()).unwrap(), None);
        }
        assert_eq!(store.journal_head().unwrap(), head);
    }

    fn an_upload_by_nobody_leaves_nothing(store) {
        set_up(store, 1);
        let mut new = upload(1);
        new.uploaded_by = nachweis_domain::record::UserId(id(77));
        assert!(store.record_upload(&new).is_err());
        assert_eq!(store.upload(new.id).unwrap(), None);
        assert_eq!(store.original(&new.original.sha256()).unwrap(), None);
    }

    fn of_a_refused_file_only_its_trace_is_kept(store) {
        set_up(store, 1);
        let refused = RefusedUpload {
            subproject: no(1),
            quarter: quarter("2024-Q1"),
            sha256: Original::new(b"Name;Geburtsdatum".to_vec()).sha256(),
            size_bytes: 17,
            sent_by: LEAD,
            sent_at: at(5),
            reason: "FILE-07".into(),
        };
        store.record_refusal(&refused).unwrap();
        let entry = store.journal(0, 100).unwrap().pop().unwrap();
        assert_eq!((entry.action, entry.object.as_str(), entry.actor), (Action::UploadRefused, "IQ23-NW-001", Some(LEAD)));
        assert!(entry.detail.contains("FILE-07") && entry.detail.contains(&refused.sha256.to_string()));
        assert_eq!(store.original(&refused.sha256).unwrap(), None);
        assert_eq!(last_change(store), Some(at(1)), "figures did not change");
    }

    fn what_is_not_there_is_none_or_unknown(store) {
        set_up(store, 1);
        let missing = UploadId(id(5));
        assert_eq!(store.upload(missing).unwrap(), None);
        assert_eq!(store.progress_of(missing).unwrap(), None);
        assert!(matches!(store.figures_of(missing), Err(StoreError::Unknown { thing: Thing::Upload, .. })));
        assert!(matches!(store.findings_of(missing), Err(StoreError::Unknown { thing: Thing::Upload, .. })));
    }
}

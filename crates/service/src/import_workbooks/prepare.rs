//! Reading and checking one workbook of an import: everything but the writing.

use std::{fs::File, io::Read as _, path::Path};

use nachweis_domain::{
    access::{Act, Caller},
    finding::{Detail, Finding},
    key::SubprojectNo,
    language::{Language, Text},
    limits,
};
use nachweis_ingest::{BatchReader, Reading};
use nachweis_store::{NewUpload, Original};

use crate::{
    arrival::Arrival,
    error::{Doing, ServiceError},
    gate, judge,
    receive_upload::Sender,
    service::Service,
};

/// Reads a file and checks it against the record of the subproject and quarter that its envelope names.
pub(super) fn prepare(
    service: &Service,
    caller: &Caller,
    reader: &mut BatchReader,
    path: &Path,
) -> Result<NewUpload, ServiceError> {
    let original = Original::new(read_file(path)?);
    let reading = reader.read(original.bytes())?;
    let envelope = reading.envelope.as_ref().ok_or_else(|| nobodys(&reading))?;
    let (no, quarter) = (&envelope.context.subproject.no, envelope.context.quarter);
    let subproject = service.known_subproject(no).map_err(|error| unknown(error, no))?;
    gate::subproject(caller, Act::Upload, &subproject).map_err(|error| unknown(error, no))?;
    let sender = Sender {
        subproject: no,
        quarter,
        user: caller.user,
    };
    service.refuse_personal_data(&reading, &original, &sender)?;
    let context = service.context(&subproject, quarter)?;
    let arrival = Arrival {
        round: service.known_round(&subproject.round)?,
        context: &context,
        file_name: &path.file_name().unwrap_or_default().to_string_lossy(),
        original,
        uploaded_by: caller.user,
    };
    Ok(service.judged_upload(arrival, reading))
}

/// The bytes of a file, one more than is allowed at most: the guard refuses it then.
fn read_file(path: &Path) -> Result<Vec<u8>, ServiceError> {
    let failed = |source| ServiceError::File {
        doing: Doing::Read,
        path: path.to_owned(),
        source,
    };
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(failed)?;
    file.take(limits::FILE_SIZE.value + 1)
        .read_to_end(&mut bytes)
        .map_err(failed)?;
    Ok(bytes)
}

/// Why a workbook without envelope is not kept: nobody knows whose it is.
fn nobodys(reading: &Reading) -> ServiceError {
    let findings = judge::personal_data(&reading.findings);
    if !findings.is_empty() {
        return ServiceError::PersonalData { findings };
    }
    let finding = Finding::whole(Detail::NotOurTemplate);
    ServiceError::Invalid {
        code: finding.code().as_str(),
        text: Text::new(finding.text(Language::De), finding.text(Language::En)),
    }
}

/// Names the subproject where the record does not show it to the caller.
fn unknown(error: ServiceError, no: &SubprojectNo) -> ServiceError {
    match error {
        ServiceError::Hidden => ServiceError::Invalid {
            code: "unknown-subproject",
            text: Text::new(
                format!("Das Teilvorhaben {no} ist nicht erfasst. Bitte zuerst die Programmdaten einlesen."),
                format!("The subproject {no} is not recorded. Please import the programme data first."),
            ),
        },
        other => other,
    }
}

//! A protocol's rule for other programs: as a library of CQL (Clinical Quality Language, HL7 1.5), as a FHIR
//! `PlanDefinition` that uses it, and as infants with the answer of this engine, by which another program can be tested;
//! an answer as a FHIR `Observation`, with the codes of public terminologies that could be read.

mod cases;
mod codes;
mod cql;
mod fhir;
mod observation;

pub use cases::{TestCase, test_cases, test_document};
pub use codes::{CODES_CSV, TerminologyCode, code_for, terminology};
pub use cql::{Parameter, library, library_name, parameters};
pub use fhir::bundle;
pub use observation::{ObservationTexts, observation, observations};

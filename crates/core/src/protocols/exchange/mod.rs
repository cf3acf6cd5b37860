//! A protocol's rule for other programs: as a library of CQL (Clinical Quality Language, HL7 1.5), as a FHIR
//! `PlanDefinition` that uses it, and as infants with the answer of this engine, by which another program can be tested.

mod cases;
mod cql;
mod fhir;

pub use cases::{TestCase, test_cases, test_document};
pub use cql::{Parameter, library, library_name, parameters};
pub use fhir::bundle;

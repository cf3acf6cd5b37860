/** A patient by column of the data dictionary; leave out, or give null for, what is not known. */
export interface Patient {
  id?: string | null;
  age_days?: number | string | null;
  age_months?: number | string | null;
  birth_date?: string | null;
  diagnosis_date?: string | null;
  sex?: "female" | "male" | null;
  /** 10⁹/L */
  wbc?: number | string | null;
  wbc_per_ul?: number | string | null;
  kmt2a?: "rearranged" | "germline" | "ptd" | "undetermined" | null;
  kmt2a_partner?: "AFF1" | "MLLT1" | "MLLT3" | "MLLT10" | "other" | null;
  lineage?: "b" | "t" | "mixed" | null;
  cd10?: "positive" | "negative" | null;
  cns?: 1 | 2 | 3 | "1" | "2" | "3" | null;
  csf_wbc?: number | string | null;
  csf_blasts?: boolean | "yes" | "no" | null;
  testis?: boolean | "yes" | "no" | null;
  down_syndrome?: boolean | "yes" | "no" | null;
  day8_blasts?: number | string | null;
  prednisone_response?: "good" | "poor" | "not_assessed" | null;
  remission_eoi?: boolean | "yes" | "no" | null;
  /** fraction of cells, or text with % */
  mrd_eoi?: number | string | null;
  mrd_eoc?: number | string | null;
  mrd_tp4?: number | string | null;
  mrd_blina1?: number | string | null;
  relapse?: boolean | "yes" | "no" | null;
  first_remission_months?: number | string | null;
  salvage_remission?: boolean | "yes" | "no" | null;
}

export type Confidence = "primary-source" | "secondary-source" | "derived" | "not-verified";

export interface Issue { fields: string[]; severity: "notice" | "contradiction" | "invalid"; text: string }

export interface ClauseAnswer {
  id: string; text: string; holds: boolean | null; source: string;
  role: "eligibility" | "group" | "hsct" | "outcome"; confidence: Confidence;
  found: string; why: string | null; note: string | null;
}

export interface Outcome {
  population: string; applies: boolean | null; endpoint: string; years: number | null; n: number | null;
  estimate: number; standard_error: number | null; interval95: [number, number] | null;
  unclear_spread: number | null; source: string; confidence: Confidence; note: string | null;
}

export interface ProtocolAnswer {
  protocol: string; status: "assigned" | "undetermined" | "not_applicable"; group: string | null;
  possible: string[]; may_not_apply: boolean; clauses: ClauseAnswer[]; decided_by: string[]; missing: string[];
  would_decide: { field: string; settles: boolean; text: string }[]; would_change: string[];
  reason: string | null; notices: string[];
  hsct: {
    status: "met" | "depends" | "waiting" | "undetermined" | "not_met" | "not_specified" | "none_by_protocol"
      | "not_applicable";
    state: string; conditions: { id: string; text: string; holds: boolean | null; source: string }[];
    text: string; source: string; confidence: Confidence; missing: string[];
  };
  outcomes: Outcome[];
}

export interface PatientAnswer { id: string | null; row: number | null; notices: Issue[]; results: ProtocolAnswer[] }

export interface FileAnswer {
  patients: PatientAnswer[];
  refused: { row: number; line: number; issues: Issue[] }[];
  ignored_columns: string[];
}

export interface Fact { text: string; source: string; confidence: Confidence }

export interface Protocol {
  id: string; name: string; organisation: string; family: "trial" | "series" | "prognostic";
  rules_version: string; era: Fact; summary: string;
  groups: { id: string; name: string; level: "low" | "intermediate" | "high" | null; when: string }[];
  eligible: string[];
  clauses: {
    id: string; text: string; role: string; field: string | null;
    boundary: { value: string; says: string }[] | null;
    source: string; confidence: Confidence; note: string | null;
  }[];
  ptd: string; undetermined_kmt2a: string;
  hsct: {
    when: string | null; conditions: { id: string; text: string; source: string; confidence: Confidence }[];
    none_by_protocol: boolean; text: string; source: string; confidence: Confidence;
  };
  outcomes: Outcome[]; facts: Fact[]; pitfalls: Fact[]; open_questions: string[];
}

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

/** One value a row; null or NaN where it is not known: such a row is left out and counted in `n_excluded`. */
export type Numbers = ArrayLike<number | null>;
/** 0 or 1, no or yes. */
export type Events = ArrayLike<0 | 1 | boolean | number | null>;
/** One word or number a row. */
export type Words = ArrayLike<string | number | boolean | null>;
/** Scale of intervals, as `conf.type` of R's survfit. */
export type ConfType = "log-log" | "log" | "plain" | "logit" | "arcsin";

export interface KmRequest {
  time: Numbers;
  event: Events;
  /** Delayed entry. */
  entry?: Numbers;
  weights?: Numbers;
  group?: Words;
  /** Times at which survival is given. */
  at?: number[];
  /** Horizon of the restricted mean. */
  rmst?: number;
  /** "log-log" where none is given. */
  conf_type?: ConfType;
  /** 0.95 where none is given. */
  conf_level?: number;
}

export interface KmAnswer {
  n: number; n_excluded: number; conf_type: ConfType; conf_level: number; variance: "greenwood" | "robust";
  groups: {
    group: string; n: number; events: number;
    median: { time: number | null; lower: number | null; upper: number | null };
    steps: {
      time: number[]; at_risk: number[]; events: number[]; censored: number[]; survival: number[];
      std_err: (number | null)[]; lower: (number | null)[]; upper: (number | null)[];
    };
    at: {
      time: number; at_risk: number; survival: number; std_err: number | null; lower: number | null;
      upper: number | null; no_interval: string | null; carried_on: boolean;
    }[];
    rmst: {
      tau: number; estimate: number; std_err: number | null; no_interval: string | null; carried_on: boolean;
    } | null;
  }[];
}

export interface LogRankRequest {
  time: Numbers;
  event: Events;
  group: Words;
  entry?: Numbers;
  strata?: Words;
  /** "logrank" where none is given. */
  weight?: "logrank" | "gehan" | "tarone-ware" | "peto";
  /** ρ and γ of Fleming and Harrington's weights, in the place of `weight`. */
  exponents?: [number, number];
}

export interface LogRankAnswer {
  n: number; n_excluded: number; chi2: number | null; df: number | null; p: number | null; no_test: string | null;
  groups: { group: string; n: number; events: number; observed: number; expected: number }[];
}

export interface CoxRequest {
  time: Numbers;
  event: Events;
  /** Numbers are one coefficient, words one for each level but the reference. */
  covariates: Record<string, Words>;
  /** Reference levels of covariates of words; the first in order where none is named. */
  reference?: Record<string, string>;
  entry?: Numbers;
  weights?: Numbers;
  strata?: Words;
  /** Rows of one subject or family: the variance is robust. */
  cluster?: Words;
  /** "efron" where none is given. */
  ties?: "efron" | "breslow" | "exact";
  /** Firth's penalised likelihood. */
  firth?: boolean;
  /** Also test proportional hazards. */
  zph?: boolean;
  conf_level?: number;
}

export interface ChiSquareTest { chi2: number; df: number; p: number | null }

export interface CoxAnswer {
  n: number; n_events: number; n_excluded: number; ties: string; firth: boolean; conf_level: number;
  loglik_null: number; loglik: number;
  likelihood_ratio: ChiSquareTest; wald: ChiSquareTest | null; score: ChiSquareTest; concordance: number | null;
  coefficients: {
    term: string; coef: number | null; hazard_ratio: number | null; std_err: number | null;
    robust_std_err: number | null; z: number | null; p: number | null; lower: number | null; upper: number | null;
  }[];
  zph: { variable: string; chi2: number; df: number; p: number | null }[] | null;
  /** What to read with the numbers: a covariate without an estimate, and why. */
  warnings: string[];
}

export interface CifRequest {
  time: Numbers;
  /** 0 for censored, 1, 2 … for the causes. */
  event: ArrayLike<number | null>;
  entry?: Numbers;
  weights?: Numbers;
  group?: Words;
  at?: number[];
  /** "jackknife" (R's survfit) where none is given; "aalen" is that of R's cmprsk. */
  variance?: "jackknife" | "aalen";
  conf_type?: ConfType;
  conf_level?: number;
}

export interface IncidencePoints {
  time: number[]; at_risk: number[]; estimate: number[];
  std_err: (number | null)[]; lower: (number | null)[]; upper: (number | null)[];
}

export interface CifAnswer {
  n: number; n_excluded: number; conf_type: ConfType; conf_level: number; variance: string;
  groups: { group: string; n: number; causes: { cause: number; events: number; steps: IncidencePoints; at: IncidencePoints }[] }[];
  gray: { cause: number; chi2: number | null; df: number; p: number | null; no_test: string | null }[] | null;
}

//! Sources that more than one protocol cites.

use super::Source;

/// A commentary on MLL-10 whose table sets five studies side by side.
pub static BLOOD_COMMENTARY_2020: Source = Source {
    short: "Blood commentary 2020",
    reference: "Commentary on Tomizawa et al., Blood 2020;136(16)",
    identifier: "",
};

/// A review whose table 1 lists transplant studies in infants.
pub static ASH_EDUCATION_2013: Source = Source {
    short: "ASH Education 2013",
    reference: "Hematology Am Soc Hematol Educ Program 2013;2013:601–4",
    identifier: "PMC4659404",
};

/// The analysis of transplant in Interfant-99 whose subgroup Interfant-06 took up.
pub static MANN_2010: Source = Source {
    short: "Mann 2010",
    reference: "Mann G et al., Blood 2010;116:2644–50",
    identifier: "doi:10.1182/blood-2010-03-273532",
};

/// The Severance series, whose discussion quotes other studies.
pub static LEE_2011: Source = Source {
    short: "Lee 2011",
    reference: "Lee K et al., Clin Pediatr Hematol Oncol 2011;18:86–91",
    identifier: "",
};

/// The final report of MLL96 and MLL98.
pub static TOMIZAWA_2007: Source = Source {
    short: "Tomizawa 2007",
    reference: "Tomizawa D et al., Leukemia 2007;21:2258–63",
    identifier: "doi:10.1038/sj.leu.2404903",
};

/// Pieters et al.: the Interfant-99 report.
pub static PIETERS_2007: Source = Source {
    short: "Pieters 2007",
    reference: "Pieters R et al., Lancet 2007;370:240–50",
    identifier: "NCT00015873",
};

/// Pieters et al.: the Interfant-06 report.
pub static PIETERS_2019: Source = Source {
    short: "Pieters 2019",
    reference: "Pieters R et al., J Clin Oncol 2019;37:2246–56",
    identifier: "doi:10.1200/JCO.19.00261",
};

/// Isoyama et al.: the MLL96 report.
pub static ISOYAMA_2002: Source = Source {
    short: "Isoyama 2002",
    reference: "Isoyama K et al., Br J Haematol 2002;118:999–1010",
    identifier: "PMID 12199778",
};

/// Dreyer et al.: transplant against chemotherapy in CCG-1953 and POG 9407 together.
pub static DREYER_2011: Source = Source {
    short: "Dreyer 2011",
    reference: "Dreyer ZE et al., J Clin Oncol 2011;29:214–22",
    identifier: "doi:10.1200/JCO.2009.26.8938",
};

/// Dördelmann et al.: the BFM report that defines the prednisone response.
pub static DORDELMANN_1999: Source = Source {
    short: "Dördelmann 1999",
    reference: "Dördelmann M et al., Blood 1999;94:1209–17",
    identifier: "doi:10.1182/blood.v94.4.1209",
};

/// The register entry of Interfant-99; it alone words the age limit in days.
pub static INTERFANT_99_REGISTER: Source = Source {
    short: "ISRCTN register",
    reference: "ISRCTN register, Interfant-99",
    identifier: "ISRCTN24251487",
};

/// The international consensus on remission, treatment failure and relapse in childhood leukaemia.
pub static BUCHMANN_2022: Source = Source {
    short: "Buchmann 2022",
    reference: "Buchmann S et al., Blood 2022;139:1785–93",
    identifier: "doi:10.1182/blood.2021012328",
};

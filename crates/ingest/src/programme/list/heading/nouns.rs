//! The words for money in headings, as data, in the spelling of [`compact`](super::super::spelling::compact).

use super::super::spelling::words;

/// How many letters a heading counts for that only ends in a word for money.
pub(super) const LENGTH: usize = 5;

/// Total eligible expenditure.
pub(super) const ELIGIBLE: &[&str] = &[
    "gesamtbetragderfoerderfaehigenausgaben",
    "gesamtbetragderfoerderfaehigenkosten",
    "gesamtbetragderzuwendungsfaehigenausgaben",
    "gesamtbetragfoerderfaehig",
    "foerderfaehigegesamtausgaben",
    "foerderfaehigengesamtausgaben",
    "foerderfaehigegesamtkosten",
    "foerderfaehigengesamtkosten",
    "foerderfaehigeausgaben",
    "foerderfaehigenausgaben",
    "foerderfaehigekosten",
    "foerderfaehigenkosten",
    "foerderfaehigergesamtbetrag",
    "foerderfaehigegesamtinvestition",
    "zuwendungsfaehigeausgaben",
    "zuwendungsfaehigenausgaben",
    "zuwendungsfaehigegesamtausgaben",
    "zuwendungsfaehigegesamtkosten",
    "zuwendungsfaehigekosten",
    "zuschussfaehigegesamtkosten",
    "zuschussfaehigekosten",
    "zuschussfaehigeausgaben",
    "totaleligibleexpenditure",
    "totaleligiblecost",
    "totaleligible",
    "totalamounteligible",
    "eligibleexpenditure",
    "eligiblecost",
];

/// Words for eligible; with a word of [`MONEY`] they make eligible expenditure.
pub(super) const ELIGIBLE_WORDS: &[&str] = &[
    "foerderfaehig",
    "foerderungsfaehig",
    "zuwendungsfaehig",
    "zuschussfaehig",
    "beihilfefaehig",
    "erstattungsfaehig",
    "anrechenbar",
    "eligible",
];

/// Total cost.
pub(super) const COST: &[&str] = &[
    "gesamtinvestition",
    "gesamtbetrag",
    "gesamtkosten",
    "gesamtausgaben",
    "gesamtfinanzierung",
    "gesamtvolumen",
    "gesamtsumme",
    "gesamtbudget",
    "projektvolumen",
    "projektkosten",
    "projektsumme",
    "projektausgaben",
    "projektbudget",
    "vorhabenkosten",
    "vorhabenskosten",
    "kostendesvorhabens",
    "ausgabendesvorhabens",
    "investitionssumme",
    "investitionsvolumen",
    "investitionskosten",
    "totalcost",
    "totalprojectcost",
    "totalcostofoperation",
    "totalcostoftheoperation",
    "totalexpenditure",
    "totalprojectexpenditure",
    "totalamount",
    "totalbudget",
    "totalinvestment",
    "totalvalue",
    "projectcost",
    "projectbudget",
    "projectvalue",
];

/// Public money.
pub(super) const PUBLIC: &[&str] = &[
    "oeffentlicheausgaben",
    "oeffentlicheausgabeninsgesamt",
    "oeffentlichegesamtausgaben",
    "oeffentlichefoerderung",
    "oeffentlichemittel",
    "oeffentlichefinanzierung",
    "publicexpenditure",
    "totalpubliceligibleexpenditure",
    "publiceligibleexpenditure",
    "eligiblepublicexpenditure",
    "publicfunding",
    "publicsupport",
    "bewilligtesumme",
    "bewilligtemittel",
    "bewilligterbetrag",
    "bewilligtefoerderung",
    "bewilligtezuwendung",
    "bewilligterzuschuss",
    "bewilligungssumme",
    "bewilligungsbetrag",
    "zuwendungsbetrag",
    "zuwendungssumme",
    "zuwendungshoehe",
    "hoehederzuwendung",
    "hoehederfoerderung",
    "zuschussbetrag",
    "zuschusshoehe",
    "gesamtfoerderung",
    "gesamtzuwendung",
    "foerdersumme",
    "foerderbetrag",
    "foerderhoehe",
    "foerdermittel",
    "landesmittel",
    "bundesmittel",
    "kommunalemittel",
    "nationalemittel",
    "nationalfunding",
    "grantamount",
    "grantawarded",
    "amountawarded",
    "awardedamount",
    "fundingawarded",
    "fundingamount",
];

/// The Union's money.
pub(super) const UNION: &[&str] = &[
    "esfmittel",
    "esfplusmittel",
    "esfbetrag",
    "esfbeitrag",
    "esfplusbetrag",
    "esffoerderung",
    "esfplusfoerderung",
    "esfzuschuss",
    "esfbeteiligung",
    "efremittel",
    "efrebetrag",
    "efrebeitrag",
    "efrefoerderung",
    "efrezuschuss",
    "eumittel",
    "eubetrag",
    "eubeitrag",
    "euzuschuss",
    "eufoerderung",
    "eubeteiligung",
    "unionsbeitrag",
    "unionsmittel",
    "unionsbeteiligung",
    "unionsfoerderung",
    "unionsunterstuetzung",
    "mittelderunion",
    "beitragderunion",
    "euanteilineur",
    "esfanteilineur",
    "efreanteilineur",
    "unioncontribution",
    "unionsupport",
    "unionfunding",
    "unionamount",
    "euamount",
    "eubudget",
    "eucontribution",
    "eusupport",
    "eufunding",
    "eufunds",
    "eugrant",
    "euinvestment",
    "eucofinancingamount",
    "unioncofinancingamount",
    "esfamount",
    "esfcontribution",
    "esfgrant",
    "esffunding",
    "esfinvestment",
    "esfsupport",
    "esferdfgrant",
    "erdfamount",
    "erdfcontribution",
    "erdfgrant",
    "erdffunding",
    "erdfesfinvestment",
    "communitycontribution",
];

/// An amount without further words.
pub(super) const PLAIN: &[&str] = &[
    "betrag",
    "summe",
    "amount",
    "ausgaben",
    "kosten",
    "budget",
    "expenditure",
    "cost",
    "costs",
    "funding",
];

/// Words that are money somewhere in a heading.
pub(super) const MONEY: &[&str] = &[
    "betrag",
    "beitrag",
    "kosten",
    "ausgaben",
    "summe",
    "mittel",
    "investition",
    "volumen",
    "zuwendung",
    "zuschuss",
    "budget",
    "finanzierungin",
    "expenditure",
    "cost",
    "amount",
    "grant",
    "funding",
    "value",
    "spend",
];

/// Words for a share in per cent.
pub(super) const RATE: &[&str] = &[
    "kofinanzierungssatz",
    "kofinanzierungsatz",
    "kofinanzierungsrate",
    "kofinanzierungsquote",
    "kofinanzierungsanteil",
    "cofinancingrate",
    "cofinancingpercentage",
    "cofinancingpercent",
    "financingrate",
    "interventionssatz",
    "interventionrate",
    "foerdersatz",
    "foerderquote",
    "foerderanteil",
    "beteiligungssatz",
    "percent",
    "prozent",
];

/// Words for a part of the money.
pub(super) const SHARE: &[&str] = &[
    "landesmittel",
    "bundesmittel",
    "kommunalemittel",
    "nationalemittel",
    "nationalfunding",
    "nationalcofinancing",
    "nationalcontribution",
    "nationalekofinanzierung",
    "eigenmittel",
    "eigenanteil",
    "eigenbeitrag",
    "drittmittel",
    "privatemittel",
    "privatefunding",
    "privatecontribution",
    "owncontribution",
    "ownfunds",
    "anderenoeffentlichen",
    "otherpublic",
    "allocatedtothebeneficiary",
    "allocatedtobeneficiary",
    "perpartner",
    "jepartner",
    "propartner",
    "partnerbudget",
    "desprojektpartners",
    "jebeguenstigten",
];

/// Whole words for a part of the money.
pub(super) const SHARE_WORDS: &[&str] = &[
    "private",
    "privat",
    "national",
    "nationale",
    "nationaler",
    "kommunal",
    "kommunale",
];

/// Amounts that were paid.
pub(super) const PAID_AMOUNTS: &[&str] = &[
    "ausbezahlterbetrag",
    "ausgezahlterbetrag",
    "auszahlungsbetrag",
    "ausgezahltemittel",
    "ausbezahltemittel",
    "amountpaid",
    "paidamount",
];

/// Words for what was paid or certified.
pub(super) const PAID: &[&str] = &[
    "ausbezahlt",
    "ausgezahlt",
    "auszahlung",
    "bescheinigt",
    "zertifiziert",
    "abgerechnet",
    "abgerufen",
    "verausgabt",
    "getaetigteausgaben",
    "amountpaid",
    "paidamount",
    "paymentsmade",
    "paid",
    "certified",
    "declared",
    "expendituretodate",
];

/// Words for an earlier state, or for what was only asked for.
pub(super) const EARLIER: &[&str] = &[
    "beantragt",
    "antragssumme",
    "urspruenglich",
    "erstbewillig",
    "original",
    "initial",
    "requested",
    "appliedfor",
    "amountapplied",
];

/// Words that begin headings of kinds and names, never of amounts.
const KINDS: &[&str] = &[
    "art",
    "form",
    "typ",
    "type",
    "kategorie",
    "category",
    "name",
    "bezeichnung",
    "beschreibung",
    "ziel",
    "zweck",
    "grund",
    "zusammenfassung",
    "datum",
    "date",
    "code",
    "summary",
    "description",
];

/// Whether a short heading that no other word explains ends in a word for money or names the euro: `Sonstige Mittel`.
pub(super) fn ends_in_money(heading: &str) -> bool {
    const ENDS: &[&str] = &[
        "kosten",
        "ausgaben",
        "betrag",
        "summe",
        "mittel",
        "investition",
        "investitionen",
        "volumen",
        "zuwendung",
        "zuschuss",
        "expenditure",
        "cost",
        "costs",
        "amount",
        "funding",
        "grant",
    ];
    let words = words(heading);
    let is_kind = words.first().is_some_and(|word| KINDS.contains(&word.as_str()));
    let currency = heading.contains('€') || words.iter().any(|word| word == "eur" || word == "euro");
    let ends = || {
        let last = words
            .iter()
            .rev()
            .find(|word| !["in", "eur", "euro", "ca"].contains(&word.as_str()));
        last.is_some_and(|word| ENDS.iter().any(|end| word.ends_with(end)))
    };
    !is_kind && words.len() <= 8 && (currency || ends())
}

//! Each contradiction is found and named with its place.

use crate::round::{FundingRound, RoundError, shipped_text};

/// The problems of the shipped round after replacing a text that it holds.
fn problems_after(old: &str, new: &str) -> Vec<String> {
    let text = shipped_text("2023-2025").unwrap();
    assert!(text.contains(old), "the round file does not hold `{old}`");
    match FundingRound::from_toml(&text.replacen(old, new, 1)) {
        Ok(_) => Vec::new(),
        Err(RoundError::Invalid { problems, .. }) => problems.iter().map(ToString::to_string).collect(),
        Err(error) => panic!("{error}"),
    }
}

/// What is replaced, by what, and the problem that follows.
const CONTRADICTIONS: &[(&str, &str, &str)] = &[
    (
        "key = \"freelancer_fees\"\nname",
        "key = \"staff_employees\"\nname",
        "plan_items: `staff_employees` is defined twice",
    ),
    (
        "base = [\"staff_employees\", \"freelancer_fees\"]",
        "base = [\"staff\"]",
        "plan_items.remaining_costs.base: `staff` is not defined",
    ),
    (
        "base = [\"staff_employees\", \"freelancer_fees\"]",
        "base = [\"remaining_costs\"]",
        "plan_items.remaining_costs.base: it is computed from itself",
    ),
    (
        "base = [\"staff_employees\", \"freelancer_fees\"]",
        "base = []",
        "plan_items.remaining_costs.base: at least one entry is needed",
    ),
    (
        "base = [\"staff_employees\", \"freelancer_fees\"]",
        "base = [\"income\"]",
        "plan_items.remaining_costs.base: `income` is income and cannot be part of a base",
    ),
    (
        "base = [\"staff_employees\", \"freelancer_fees\"]",
        "base = [\"staff_employees\", \"staff_employees\"]",
        "plan_items.remaining_costs.base: `staff_employees` is named twice",
    ),
    (
        "rate = \"0.40\"",
        "rate = \"40\"",
        "plan_items.remaining_costs.rate: the rate 40 is not between 0 and 1; 40 % is written \"0.40\"",
    ),
    (
        "transition = \"0.60\"",
        "transition = \"-0.6\"",
        "esf_caps.transition: the rate -0.6 is not between 0 and 1; 40 % is written \"0.40\"",
    ),
    (
        "transition = \"0.60\"",
        "",
        "esf_caps: the category of region `transition` has no cap",
    ),
    (
        "last = \"2025-12-31\"",
        "last = \"2022-12-31\"",
        "period: the period from 2023-01-01 to 2022-12-31 is not possible; it must lie in 2000 to 2099 and last at most 15 years",
    ),
    (
        "last = \"2025-12-31\"",
        "last = \"2095-12-31\"",
        "period: the period from 2023-01-01 to 2095-12-31 is not possible; it must lie in 2000 to 2099 and last at most 15 years",
    ),
    (
        "de = \"Honorare\"",
        "de = \" \"",
        "plan_items.freelancer_fees.name: the text is empty in `de`",
    ),
    (
        "en = \"Freelancer fees\"",
        "en = \"\"",
        "plan_items.freelancer_fees.name: the text is empty in `en`",
    ),
    (
        "en = \"Freelancer fees\"",
        "en = \"Fees\\u0007\"",
        "plan_items.freelancer_fees.name: the text in `en` holds control characters",
    ),
    (
        "parts = [\"EECO06\", \"EECO07\"]",
        "parts = [\"EECO06\", \"EECO77\"]",
        "reserved_sums.EECO06+07.parts: `EECO77` is not defined",
    ),
    (
        "parts = [\"EECO06\", \"EECO07\"]",
        "parts = [\"EECO06+07\", \"EECO07\"]",
        "reserved_sums.EECO06+07.parts: it is computed from itself",
    ),
    (
        "reference = [\"EECO04\"]",
        "reference = [\"EECR02\"]",
        "indicators.EECR01.reference: only results have references, and only outputs are references",
    ),
    (
        "reference = [\"EECO04\"]",
        "reference = [\"EECO44\"]",
        "indicators.EECR01.reference: `EECO44` is not defined",
    ),
    (
        "sum_of = [\"contacts_first\"",
        "sum_of = [\"contacts_total\"",
        "counters.contacts_total.sum_of: it is computed from itself",
    ),
    (
        "leavers = [\"qualification_finished\"",
        "leavers = [\"finished\"",
        "leavers: `finished` is not defined",
    ),
    (
        "light_green_pp = 10",
        "light_green_pp = 30",
        "thresholds.light_green_pp: it is above `light_yellow_pp`",
    ),
    (
        "item_warning = \"0.15\"",
        "item_warning = \"0.25\"",
        "thresholds.item_warning: it is above `item_limit`",
    ),
    (
        "report_due_days = 30",
        "report_due_days = 0",
        "report_due_days: 0 is not between 1 and 366",
    ),
    (
        "number_prefix = \"IQ23\"",
        "number_prefix = \"IQ 23\"",
        "number_prefix: `IQ 23` is no key; 1 to 40 of A-Z, 0-9",
    ),
    (
        "kind = \"union\"",
        "kind = \"grant\"",
        "sources: no source is of kind `union`",
    ),
    (
        "supports_entities = [\"labour_market_actors\"",
        "supports_entities = [\"actors\"",
        "supports_entities: `actors` is not defined",
    ),
];

#[test]
fn each_contradiction_is_named_with_its_place() {
    for (old, new, expected) in CONTRADICTIONS {
        let problems = problems_after(old, new);
        assert!(
            problems.iter().any(|problem| problem == expected),
            "expected `{expected}`, found {problems:?}"
        );
    }
}

#[test]
fn all_contradictions_are_named_at_once() {
    let text = shipped_text("2023-2025")
        .unwrap()
        .replace("rate = \"0.40\"", "rate = \"40\"")
        .replace("report_due_days = 30", "report_due_days = 0");
    let Err(RoundError::Invalid { problems, .. }) = FundingRound::from_toml(&text) else {
        panic!("the round contradicts itself")
    };
    assert_eq!(problems.len(), 2);
}

#[test]
fn a_name_beyond_the_limit_is_refused() {
    let long = format!("en = \"{}\"", "x".repeat(201));
    let problems = problems_after("en = \"Freelancer fees\"", &long);
    assert_eq!(
        problems,
        ["plan_items.freelancer_fees.name: the text in `en` has 201 characters, at most 200 are possible"]
    );
}

#[test]
fn a_list_beyond_the_limit_is_refused() {
    let entry =
        |number: u32| format!("[[narrative]]\nkey = \"n{number}\"\nname = {{ de = \"x\", en = \"x\" }}\n");
    let more: String = (0..200).map(entry).collect();
    let text = format!("{}\n{more}", shipped_text("2023-2025").unwrap());
    let Err(RoundError::Invalid { problems, .. }) = FundingRound::from_toml(&text) else {
        panic!("the list is too long")
    };
    assert_eq!(problems.len(), 1);
    assert_eq!(
        problems[0].to_string(),
        "narrative: 204 entries, at most 200 are possible"
    );
}

#[test]
fn unknown_settings_and_oversized_files_are_refused() {
    let text = shipped_text("2023-2025").unwrap();
    let unknown = text.replacen("report_due_days", "report_due_weeks", 1);
    assert!(matches!(
        FundingRound::from_toml(&unknown),
        Err(RoundError::Syntax(_))
    ));
    let large = format!("{text}{}", "# padding\n".repeat(110_000));
    assert!(matches!(
        FundingRound::from_toml(&large),
        Err(RoundError::TooLarge { .. })
    ));
}
